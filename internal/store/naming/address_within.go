package naming

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// Editions have names within their agreement and principles within their
// edition. Old ones are kept in address_within as slugs are in address.
const (
	editionWithin = `
select w.id, coalesce((select slug from edition where id = w.id), '') as slug,
  coalesce((select max(until_rev) from history.edition where id = w.id), 0) as until_rev
from address_within w
join address d on d.kind = 'agreement' and d.id = w.within_id
where w.kind = 'edition' and d.slug = @agreement and w.slug = @edition`

	// An edition that was withdrawn, too, is found under any name that it had.
	principleWithin = `
select w.id, coalesce((select label from principle where id = w.id), '') as slug,
  coalesce((select max(until_rev) from history.principle where id = w.id), 0) as until_rev
from address_within w
join history.edition e on e.id = w.within_id
join address d on d.kind = 'agreement' and d.id = e.agreement_id
where w.kind = 'principle' and d.slug = @agreement and w.slug = @label
  and (e.slug = @edition or @edition = '' and e.current and e.until_rev = (select max(until_rev) from history.edition where id = e.id))
group by w.id
order by slug desc, until_rev desc, w.id`
)

// EditionBecame says what happened to the edition that had a slug, unless it
// still has it. Errors as of [Store.became].
func (s *Store) EditionBecame(ctx context.Context, agreement, edition string) error {
	if _, err := s.Addressed(ctx, "agreement", agreement); err != nil && norms.KindOf(err) != norms.Gone {
		return err
	}
	name := fmt.Sprintf("edition %q of %s", edition, agreement)
	found, err := postgres.Collect[Address](ctx, s.db, name, editionWithin, pgx.StrictNamedArgs{"agreement": agreement, "edition": edition})
	return s.becameWithin(found, err, "edition", agreement+"/"+edition, name, edition)
}

// PrincipleBecame is the same for a principle. A ref without an edition means
// the current one.
func (s *Store) PrincipleBecame(ctx context.Context, ref norms.Ref) error {
	if _, err := s.Addressed(ctx, "agreement", ref.Agreement); err != nil && norms.KindOf(err) != norms.Gone {
		return err
	}
	if ref.Edition != "" {
		if err := s.EditionBecame(ctx, ref.Agreement, ref.Edition); err != nil && norms.KindOf(err) != norms.Gone {
			return err
		}
	}
	return s.principleNamed(ctx, ref)
}

func (s *Store) principleNamed(ctx context.Context, ref norms.Ref) error {
	name := "principle " + ref.String()
	found, err := postgres.Collect[Address](ctx, s.db, name, principleWithin,
		pgx.StrictNamedArgs{"agreement": ref.Agreement, "edition": ref.Edition, "label": ref.Label})
	return s.becameWithin(found, err, "principle", ref.String(), name, ref.Label)
}

// FormerPrinciple says what became of the principle to which a ref of the
// current edition led once: MovedError or WithdrawnError. It is nil when there
// never was one, and an error as of [browse.Store.Agreement] without the agreement,
// unless that is known to be there.
func (s *Store) FormerPrinciple(ctx context.Context, ref norms.Ref, known bool) error {
	if !known {
		if _, err := s.Addressed(ctx, "agreement", ref.Agreement); err != nil {
			return err
		}
	}
	err := s.principleNamed(ctx, ref)
	if norms.KindOf(err) == norms.NotFound {
		return nil
	}
	return err
}

func (s *Store) becameWithin(found []Address, err error, kind, key, name, slug string) error {
	switch {
	case err != nil:
		return err
	case len(found) == 0:
		return norms.NotFoundf("no %s is recorded", name)
	case found[0].Slug == "":
		return s.Absent(kind, key, "the "+name, found[0])
	case found[0].Slug != slug:
		return &MovedError{kind, found[0].Slug}
	}
	return nil
}

// OrNotFound is for what is not there now: whatever became of it, it is no
// answer that it is there.
func OrNotFound(err error, name string) error {
	if err == nil {
		return norms.NotFoundf("no %s is recorded", name)
	}
	return err
}

// WhatHappened says what became of the thing that a key names; nil when it is
// recorded under it.
func (s *Store) WhatHappened(ctx context.Context, k norms.RecordKind, key string) error {
	switch k.Keyed {
	case norms.ByNumber:
		return s.numbered(ctx, k, k.Number(key))
	case norms.ByEdition:
		agreement, edition, _ := strings.Cut(key, "/")
		return s.EditionBecame(ctx, agreement, edition)
	case norms.ByRef:
		ref, err := norms.ParseRef(key)
		if err != nil {
			return norms.NotFoundf("%s", err)
		}
		return s.PrincipleBecame(ctx, ref)
	}
	_, err := s.Addressed(ctx, k.Name, key)
	return err
}

// KeyNow is the key by which a thing goes that was renamed, or within something
// that was renamed, whole: editions and principles move with their agreement.
func (s *Store) KeyNow(ctx context.Context, k norms.RecordKind, key string) (string, error) {
	for range 3 { // an agreement, its edition and a principle of that
		moved, ok := errors.AsType[*MovedError](s.WhatHappened(ctx, k, key))
		if !ok {
			return key, nil
		}
		now, err := renamedKey(k, key, moved)
		if err != nil {
			return "", err
		}
		key = now
	}
	return key, nil
}

// renamedKey puts a new name of one part into a key.
func renamedKey(k norms.RecordKind, key string, moved *MovedError) (string, error) {
	switch k.Keyed {
	case norms.ByEdition:
		agreement, edition, _ := strings.Cut(key, "/")
		if moved.Kind == "edition" {
			return agreement + "/" + moved.Slug, nil
		}
		return moved.Slug + "/" + edition, nil
	case norms.ByRef:
		ref, err := norms.ParseRef(key)
		switch moved.Kind {
		case "agreement":
			ref.Agreement = moved.Slug
		case "edition":
			ref.Edition = moved.Slug
		default:
			ref.Label = moved.Slug
		}
		return ref.String(), err
	}
	return moved.Slug, nil
}

// lastSeen is, for kinds that go by numbers, until when a row was recorded.
var lastSeen = func() map[string]string {
	out := map[string]string{}
	for _, k := range norms.RecordKinds {
		out[k.Name] = "select max(until_rev) from history." + k.Table + " where id = @id"
	}
	return out
}()

// numbered says what became of the row of a kind that goes by numbers.
func (s *Store) numbered(ctx context.Context, k norms.RecordKind, id int64) error {
	err := s.unseen(ctx, k.Name, id, lastSeen[k.Name])
	if gone, ok := errors.AsType[*WithdrawnError](err); ok && gone.Changeset == postgres.Forever {
		return nil
	}
	return err
}

// Became says what became of the thing that a kind of norms.RecordKinds and a
// key name: nil when it is recorded under that key, else MovedError,
// WithdrawnError or NotFound.
func (s *Store) Became(ctx context.Context, kind, key string) error {
	k, ok := norms.RecordKindOf(kind)
	if !ok {
		return norms.NotFoundf("%q is no kind of thing that is recorded", kind)
	}
	return s.WhatHappened(ctx, k, key)
}

// NameOf names a row that is, or was, recorded.
func (s *Store) NameOf(ctx context.Context, table string, id int64) (norms.Thing, error) {
	n, err := s.NamesOf(ctx, []RowChange{{Kind: table, ID: id}})
	return n.Of(table, id), err
}
