package naming

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// RenamedError says that things which a filter names are called something else
// now, or were at the revision that is looked at.
type RenamedError struct{ Names []Renaming }

// Renaming is one name of a filter and what it has to be.
type Renaming struct{ Field, From, To string }

func (e *RenamedError) Error() string {
	parts := make([]string, len(e.Names))
	for i, n := range e.Names {
		parts[i] = fmt.Sprintf("the %s %q is called %q", n.Field, n.From, n.To)
	}
	return strings.Join(parts, "; ")
}

// In is a query with the names as they have to be.
func (e *RenamedError) In(q url.Values) url.Values {
	out := url.Values{}
	for field, values := range q {
		for _, v := range values {
			out.Add(field, e.to(field, v))
		}
	}
	return out
}

func (e *RenamedError) to(field, name string) string {
	for _, n := range e.Names {
		if n.Field == field && n.From == name {
			return n.To
		}
	}
	return name
}

// namesRecorded has a row for each name. part tells whether the edition or the
// principle is recorded that the name goes on to.
const namesRecorded = `
select coalesce(d.id, 0) as id, ` + WhatBecame + `,
  exists (select from edition e
    where (e.agreement_id = d.id or c.slug = '') and (e.slug = c.edition or c.edition = '' and e.current)
      and (c.label = '' or exists (select from principle p where p.edition_id = e.id and p.label = c.label))) as part,
  coalesce((select e.slug from address_within w join edition e on e.id = w.id
    where w.kind = 'edition' and w.within_id = d.id and w.slug = c.edition), '') as edition_now,
  coalesce((select min(p.label) from address_within w join principle p on p.id = w.id join edition e on e.id = w.within_id
    where w.kind = 'principle' and w.slug = c.label and e.agreement_id = d.id and (c.edition = '' and e.current or exists (
      select from address_within o where o.kind = 'edition' and o.id = e.id and o.slug = c.edition))), '') as label_now
from unnest(@kinds::text[], @slugs::text[], @editions::text[], @labels::text[]) with ordinality as c (kind, slug, edition, label, place)
left join address d on d.kind = c.kind and d.slug = c.slug
order by c.place`

type recordedName struct {
	Address
	Part                 bool
	EditionNow, LabelNow string // of the edition and the principle that have, or had, these names
}

// CheckNames says which of a filter's names name nothing, field by field, or
// with RenamedError which are no longer the things' own. A filter that has
// such a name chooses nothing, and its empty answer would read as if nothing
// were recorded. So it is asked for empty answers only: all others are right.
func (s *Store) CheckNames(ctx context.Context, names []norms.Named) error {
	if len(names) == 0 {
		return nil
	}
	found, err := postgres.Collect[recordedName](ctx, s.db, "the names of a filter", namesRecorded, namesArgs(names))
	if err != nil {
		return err
	}
	var problems []norms.Problem
	var renamed []Renaming
	for i, n := range names {
		now, err := s.nameNow(n, found[i])
		if err != nil {
			problems = append(problems, norms.Problem{Field: n.Kind, Message: err.Error()})
		} else if now != n.Name {
			renamed = append(renamed, Renaming{n.Kind, n.Name, now})
		}
	}
	switch {
	case len(problems) > 0:
		return &norms.Error{Kind: norms.Invalid, Problems: problems}
	case len(renamed) > 0:
		return &RenamedError{renamed}
	}
	return nil
}

// List reads one page of a list, narrowed by filter. names are what the filter
// names: they are looked at when nothing matches.
func List[T any](ctx context.Context, s *Store, what string, l postgres.Listing, filter pgx.StrictNamedArgs, p norms.Page, names ...norms.Named) (norms.List[T], error) {
	out, err := postgres.ReadPage[T](ctx, s.db, what, l, filter, p)
	if err != nil || out.Total > 0 {
		return out, err
	}
	return out, s.CheckNames(ctx, names)
}

// namesArgs takes names apart: editions and principles are looked for in their
// agreement.
func namesArgs(names []norms.Named) pgx.StrictNamedArgs {
	var kinds, slugs, editions, labels []string
	for _, n := range names {
		kind, of := n.Kind, norms.Ref{Agreement: n.Name}
		switch n.Kind {
		case "edition":
			kind, of = "agreement", norms.Ref{Agreement: n.Of, Edition: n.Name}
		case "principle":
			kind = "agreement"
			of, _ = norms.ParseRef(n.Name) // nameNow says what is wrong with it
		}
		kinds, slugs = append(kinds, kind), append(slugs, of.Agreement)
		editions, labels = append(editions, of.Edition), append(labels, of.Label)
	}
	return pgx.StrictNamedArgs{"kinds": kinds, "slugs": slugs, "editions": editions, "labels": labels}
}

// nameNow is the name by which a filter has to name n. Errors say that it
// names nothing.
func (s *Store) nameNow(n norms.Named, found recordedName) (string, error) {
	switch n.Kind {
	case "edition":
		if !found.Part && (found.ID > 0 || n.Of == "") { // else the agreement is the mistake
			if found.EditionNow == "" {
				return "", norms.NotFoundf("no edition %q is recorded", n.Name)
			}
			return found.EditionNow, nil
		}
		return n.Name, nil
	case "principle":
		r, err := norms.ParseRef(n.Name)
		if err != nil {
			return "", err
		}
		if !found.Part {
			if found.LabelNow == "" {
				return "", norms.NotFoundf("no principle %q is recorded", n.Name)
			}
			r.Label = found.LabelNow
			if r.Edition != "" {
				r.Edition = found.EditionNow
			}
		}
		r.Agreement = found.Slug
		return r.String(), nil
	}
	err := s.became(n.Kind, n.Name, found.Address)
	if moved, ok := errors.AsType[*MovedError](err); ok {
		return moved.Slug, nil
	}
	return n.Name, err
}
