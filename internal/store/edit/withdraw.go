package edit

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/history"
	"normmap/internal/store/naming"
	"normmap/internal/store/postgres"
)

// standing is the row that an edit about any kind of thing names.
type standing struct {
	ID, Version int64
}

// keyed is the condition that holds for the row t of a kind which @key names.
func keyed(k norms.RecordKind) string {
	switch k.Keyed {
	case norms.BySlug:
		return "t.slug = @key"
	case norms.ByEdition:
		return "t.slug = split_part(@key, '/', 2) and t.agreement_id = (select id from agreement where slug = split_part(@key, '/', 1))"
	case norms.ByRef:
		return "t.id = (select n.id from principle_name n where @key in (n.ref, n.agreement || '@' || n.edition || '/' || t.label) and n.id = t.id)"
	}
	return "t.id = case when @key::text ~ '^[1-9][0-9]{0,17}$' then @key::text::bigint end"
}

// eachKind makes a statement for each kind of thing.
func eachKind(sql func(norms.RecordKind) string) history.Statements {
	out := history.Statements{}
	for _, k := range norms.RecordKinds {
		out.Add(k.Name, func(string) string { return sql(k) })
	}
	return out
}

var standingSQL = eachKind(func(k norms.RecordKind) string {
	return "select t.id, t.version from " + k.Table + " t where " + keyed(k)
})

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
	found, err := postgres.Collect[standing](ctx, w.db, spoken(k.Name)+" "+key, standingSQL.Of(k.Name)+" for update", pgx.StrictNamedArgs{"key": key})
	if err == nil && len(found) == 0 {
		err = w.missing(ctx, k, key)
	}
	if err != nil {
		return standing{}, err
	}
	return found[0], nil
}

// missing says why nothing is recorded under a key.
func (w *writing) missing(ctx context.Context, k norms.RecordKind, key string) error {
	err := on(w.db).names.WhatHappened(ctx, k, key)
	if _, ok := errors.AsType[*naming.MovedError](err); ok {
		now, err := on(w.db).names.KeyNow(ctx, k, key)
		if err != nil {
			return err
		}
		return norms.Errorf(norms.Conflict, "the %s %q was renamed and is now called %q", spoken(k.Name), key, now)
	}
	if err == nil || norms.KindOf(err) == norms.NotFound {
		return norms.Field("key", "no %s %q is recorded", spoken(k.Name), key)
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
	goes, err := w.goesAlong(ctx, k.Table, found.ID)
	if err != nil {
		return false, err
	}
	if e.Takes != "" && e.Takes != digest(goes) {
		now, err := on(w.db).Departure(ctx, e.Kind, e.Key)
		return false, errors.Join(err, stale(norms.Thing{Kind: k.Table, ID: found.ID, Name: "what goes with the " + spoken(k.Name) + " " + e.Key}, now))
	}
	return w.wrote(found.ID, true, w.take(ctx, goes))
}

// goesAlong lists a row with its parts; an error names what keeps them.
func (w *writing) goesAlong(ctx context.Context, kind string, id int64) ([]related, error) {
	all, err := postgres.Collect[related](ctx, w.db, "what goes along", history.Departing, pgx.StrictNamedArgs{"kind": kind, "id": id})
	if err != nil {
		return nil, err
	}
	goes, stays := divided(all)
	if len(stays) > 0 {
		return nil, w.inUse(ctx, stays)
	}
	return goes, nil
}

// remove takes a row with its parts.
func (w *writing) remove(ctx context.Context, kind string, id int64) error {
	goes, err := w.goesAlong(ctx, kind, id)
	if err != nil {
		return err
	}
	return w.take(ctx, goes)
}

// digest stands for the very rows that go, in whatever order they are read.
func digest(goes []related) string {
	rows := make([]string, len(goes))
	for i, r := range goes {
		rows[i] = fmt.Sprintf("%s %d\n", r.Kind, r.ID)
	}
	slices.Sort(rows)
	sum := sha256.Sum256([]byte(strings.Join(rows, "")))
	return hex.EncodeToString(sum[:16])
}

// take takes rows, parts before what they are parts of.
func (w *writing) take(ctx context.Context, goes []related) error {
	clear(w.known)
	ids := byKind(goes)
	for _, kind := range slices.Backward(history.TrackedKinds) {
		if len(ids[kind]) == 0 {
			continue
		}
		if _, err := w.db.Exec(ctx, dropAll[kind], pgx.StrictNamedArgs{"ids": ids[kind]}); err != nil {
			return fmt.Errorf("withdrawing from %s: %w", kind, postgres.Failure(err))
		}
	}
	return nil
}

// dropAll takes rows of each kind.
var dropAll = func() map[string]string {
	out := map[string]string{}
	for _, kind := range history.TrackedKinds {
		out[kind] = "delete from " + kind + " where id = any (@ids)"
	}
	return out
}()

// inUse refuses to withdraw what other rows rest on, and names them.
func (w *writing) inUse(ctx context.Context, stays []related) error {
	what, err := w.inWords(ctx, stays)
	if err != nil {
		return err
	}
	verb := "rest"
	if len(stays) == 1 {
		verb = "rests"
	}
	return norms.Errorf(norms.Conflict, "this cannot be withdrawn while %s %s on it; withdraw or change that first", what, verb)
}

// Standing finds what a kind and a key name, with its version. Errors as of
// [naming.Store.Became].
func (s *Store) Standing(ctx context.Context, kind, key string) (norms.Thing, int64, error) {
	k, _ := norms.RecordKindOf(kind)
	found, err := postgres.Collect[standing](ctx, s.db, spoken(kind)+" "+key, standingSQL.Of(kind), pgx.StrictNamedArgs{"key": key})
	if err != nil {
		return norms.Thing{}, 0, err
	}
	if len(found) == 0 {
		return norms.Thing{}, 0, naming.OrNotFound(s.names.Became(ctx, kind, key), spoken(kind)+" "+key)
	}
	t, err := s.names.NameOf(ctx, k.Table, found[0].ID)
	return t, found[0].Version, err
}

// departingFrom is the same for what a key names.
var departingFrom = eachKind(func(k norms.RecordKind) string {
	start := "select '" + k.Table + "', t.id from " + k.Table + " t where " + keyed(k)
	return strings.Replace(history.Departing, "select @kind::text, @id::bigint", start, 1)
})

// Departure tells what withdrawing a thing would take along and what would
// keep it from being withdrawn.
func (s *Store) Departure(ctx context.Context, kind, key string) (norms.Departure, error) {
	var out norms.Departure
	k, _ := norms.RecordKindOf(kind)
	all, err := postgres.Collect[related](ctx, s.db, "what goes along", departingFrom.Of(kind), pgx.StrictNamedArgs{"key": key})
	if err != nil {
		return out, err
	}
	goes, stays := divided(all)
	out.Digest = digest(goes)
	goes = slices.DeleteFunc(goes, func(r related) bool { return r.Kind == k.Table })
	named, err := s.firstNames(ctx, goes, stays)
	out.Parts, out.Rests = counted(goes, named), counted(stays, named)
	return out, err
}

// namedOfCount is how many rows of a kind are named beside their number.
const namedOfCount = 3

// firstNames names the first few rows of each kind that has names.
func (s *Store) firstNames(ctx context.Context, lists ...[]related) (naming.Names, error) {
	var first []naming.RowChange
	for _, list := range lists {
		for kind, ids := range byKind(list) {
			if slices.Contains(naming.NamedKinds, kind) {
				for _, id := range ids[:min(len(ids), namedOfCount)] {
					first = append(first, naming.RowChange{Kind: kind, ID: id})
				}
			}
		}
	}
	if len(first) == 0 {
		return nil, nil
	}
	return s.names.NamesOf(ctx, first)
}

// counted counts rows by kind.
func counted(list []related, named naming.Names) []norms.Counted {
	ids, out := byKind(list), []norms.Counted{}
	for _, kind := range history.TrackedKinds {
		if len(ids[kind]) == 0 {
			continue
		}
		c := norms.Counted{Kind: kind, Count: len(ids[kind]), Names: []string{}}
		for _, id := range ids[kind][:min(len(ids[kind]), namedOfCount)] {
			if t, ok := named[naming.ThingKey{Kind: kind, ID: id}]; ok {
				c.Names = append(c.Names, t.Name)
			}
		}
		out = append(out, c)
	}
	return out
}

// inWords says rows in the words of an error.
func (w *writing) inWords(ctx context.Context, list []related) (string, error) {
	named, err := on(w.db).firstNames(ctx, list)
	counts := counted(list, named)
	parts := make([]string, len(counts))
	for i, c := range counts {
		parts[i] = countInWords(c)
	}
	return strings.Join(parts, " and "), err
}

func countInWords(c norms.Counted) string {
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
