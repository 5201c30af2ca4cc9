package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
)

// standing is the row that an edit about any kind of thing names.
type standing struct {
	ID, Version int64
}

// standingSQL finds it, by the form of the key of its kind.
var standingSQL = func() map[string]string {
	out := map[string]string{}
	for _, k := range norms.RecordKinds {
		where := "t.id = @id"
		switch k.Keyed {
		case norms.BySlug:
			where = "t.slug = @key"
		case norms.ByEdition:
			where = "t.slug = split_part(@key, '/', 2) and t.agreement_id = (select id from agreement where slug = split_part(@key, '/', 1))"
		}
		out[k.Name] = "select t.id, t.version from " + k.Table + " t where " + where + " for update"
	}
	return out
}()

// standing finds and locks the row that an edit names. Errors: Invalid for a
// key under which nothing was ever recorded, Gone, Conflict when it was renamed,
// Stale when it is not as the writer saw it.
func (w *writing) standing(ctx context.Context, kind, key string, seen int64) (standing, norms.RecordKind, error) {
	k, _ := norms.RecordKindOf(kind)
	found, err := w.find(ctx, k, key)
	if err != nil {
		return standing{}, k, err
	}
	if found.Version != seen {
		return found, k, stale(norms.Thing{Kind: k.Table, ID: found.ID, Name: "the " + spoken(k.Name) + " " + key}, nil)
	}
	return found, k, nil
}

func (w *writing) find(ctx context.Context, k norms.RecordKind, key string) (standing, error) {
	args := pgx.StrictNamedArgs{"key": key}
	if k.Keyed == norms.ByNumber || k.Keyed == norms.ByRef {
		id := k.Number(key)
		if k.Keyed == norms.ByRef {
			var err error
			if id, err = w.principle(ctx, "key", key); err != nil {
				return standing{}, w.missing(ctx, k, key, err)
			}
		}
		args = pgx.StrictNamedArgs{"id": id}
	}
	found, err := collect[standing](ctx, w.db, spoken(k.Name)+" "+key, standingSQL[k.Name], args)
	if err == nil && len(found) == 0 {
		err = w.missing(ctx, k, key, norms.Field("key", "no %s %q is recorded", spoken(k.Name), key))
	}
	if err != nil {
		return standing{}, err
	}
	return found[0], nil
}

// missing says why nothing is recorded under a key; never is the error when
// nothing ever was.
func (w *writing) missing(ctx context.Context, k norms.RecordKind, key string, never error) error {
	err := New(w.db).whatHappened(ctx, k, key)
	if moved, ok := errors.AsType[*MovedError](err); ok {
		return norms.Errorf(norms.Conflict, "the %s %q was renamed and is now called %q", spoken(k.Name), key, moved.Slug)
	}
	if norms.KindOf(err) == norms.NotFound {
		return never
	}
	return err
}

// related is a row that goes along, keeps another from going, or comes back.
type related struct {
	Kind  string
	ID    int64
	Rests bool
}

// byKind sorts rows by the table that they are in.
func byKind(list []related) map[string][]int64 {
	out := map[string][]int64{}
	for _, r := range list {
		out[r.Kind] = append(out[r.Kind], r.ID)
	}
	return out
}

// part divides rows into those that go along and those that rest on them.
func divided(list []related) (goes, stays []related) {
	for _, r := range list {
		if r.Rests {
			stays = append(stays, r)
		} else {
			goes = append(goes, r)
		}
	}
	return goes, stays
}

// withdraw takes a thing and its parts out of the record.
func (w *writing) withdraw(ctx context.Context, e norms.Withdraw) (bool, error) {
	found, k, err := w.standing(ctx, e.Kind, e.Key, e.Version)
	if err != nil {
		return false, err
	}
	if k.Table == "link" {
		if err := w.notContributors(ctx, found.ID); err != nil {
			return false, err
		}
	}
	return w.wrote(found.ID, true, w.remove(ctx, k.Table, found.ID))
}

// remove takes a row with its parts, parts first.
func (w *writing) remove(ctx context.Context, kind string, id int64) error {
	all, err := collect[related](ctx, w.db, "what goes along", departing, pgx.StrictNamedArgs{"kind": kind, "id": id})
	if err != nil {
		return err
	}
	goes, stays := divided(all)
	if len(stays) > 0 {
		return w.inUse(ctx, stays)
	}
	clear(w.known)
	ids := byKind(goes)
	for _, kind := range slices.Backward(trackedKinds) {
		if len(ids[kind]) == 0 {
			continue
		}
		if _, err := w.db.Exec(ctx, dropAll[kind], pgx.StrictNamedArgs{"ids": ids[kind]}); err != nil {
			return fmt.Errorf("withdrawing from %s: %w", kind, failure(err))
		}
	}
	return nil
}

// dropAll takes rows of each kind.
var dropAll = func() map[string]string {
	out := map[string]string{}
	for _, kind := range trackedKinds {
		out[kind] = "delete from " + kind + " where id = any (@ids)"
	}
	return out
}()

// inUse refuses to withdraw what other rows rest on, and names them.
func (w *writing) inUse(ctx context.Context, stays []related) error {
	counts, err := New(w.db).counted(ctx, stays)
	if err != nil {
		return err
	}
	parts := make([]string, len(counts))
	for i, c := range counts {
		parts[i] = inWords(c)
	}
	verb := "rest"
	if len(stays) == 1 {
		verb = "rests"
	}
	return norms.Errorf(norms.Conflict, "this cannot be withdrawn while %s %s on it; withdraw or change that first", strings.Join(parts, " and "), verb)
}

// Departure tells what withdrawing a thing would take along and what would
// keep it from being withdrawn.
func (s *Store) Departure(ctx context.Context, kind string, id int64) (norms.Departure, error) {
	var out norms.Departure
	k, _ := norms.RecordKindOf(kind)
	all, err := collect[related](ctx, s.db, "what goes along", departing, pgx.StrictNamedArgs{"kind": k.Table, "id": id})
	if err != nil {
		return out, err
	}
	goes, stays := divided(slices.DeleteFunc(all, func(r related) bool { return r.Kind == k.Table && r.ID == id }))
	if out.Parts, err = s.counted(ctx, goes); err != nil {
		return out, err
	}
	out.Rests, err = s.counted(ctx, stays)
	return out, err
}

// namedOfCount is how many rows of a kind are named beside their number.
const namedOfCount = 3

// counted counts rows by kind and names the first few that have names.
func (s *Store) counted(ctx context.Context, list []related) ([]norms.Counted, error) {
	ids := byKind(list)
	var first []rowChange
	for kind, of := range ids {
		if slices.Contains(namedKinds, kind) {
			for _, id := range of[:min(len(of), namedOfCount)] {
				first = append(first, rowChange{Kind: kind, ID: id})
			}
		}
	}
	names := names{}
	if len(first) > 0 {
		var err error
		if names, err = s.names(ctx, first); err != nil {
			return nil, err
		}
	}
	out := []norms.Counted{}
	for _, kind := range trackedKinds {
		if len(ids[kind]) == 0 {
			continue
		}
		c := norms.Counted{Kind: kind, Count: len(ids[kind]), Names: []string{}}
		for _, id := range ids[kind][:min(len(ids[kind]), namedOfCount)] {
			if t, ok := names[thingKey{kind, id}]; ok {
				c.Names = append(c.Names, t.Name)
			}
		}
		out = append(out, c)
	}
	return out, nil
}

// inWords is a count in the words of an error.
func inWords(c norms.Counted) string {
	word := spoken(c.Kind)
	if c.Count > 1 {
		word += "s"
	}
	out := fmt.Sprintf("%d %s", c.Count, strings.Replace(word, "aliass", "aliases", 1))
	if len(c.Names) == 0 {
		return out
	}
	named := strings.Join(c.Names, "; ")
	if more := c.Count - len(c.Names); more > 0 {
		named += fmt.Sprintf(" and %d more", more)
	}
	return out + " (" + named + ")"
}

// spoken is a kind as it is said.
func spoken(kind string) string {
	if kind == "agreement_event" {
		return "event"
	}
	return strings.ReplaceAll(kind, "_", " ")
}
