package naming

import (
	"context"
	"fmt"
	"strconv"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// MovedError says that the thing asked for has another slug now.
type MovedError struct {
	Kind string // agreement, organization, initiative, source, element, edition or principle
	Slug string // the present one; of a principle its label
}

func (e *MovedError) Error() string {
	return fmt.Sprintf("the %s is now called %q", e.Kind, e.Slug)
}

// WithdrawnError says that a thing was recorded until a changeset took it. It
// is Gone.
type WithdrawnError struct {
	Kind, Key string // as edits name it: see norms.RecordKinds
	ID        int64
	Changeset int64
	said      *norms.Error
}

func (e *WithdrawnError) Error() string { return e.said.Error() }

// Unwrap gives the error of the domain.
func (e *WithdrawnError) Unwrap() error { return e.said }

// BySlug reads the thing of a kind that has a slug now. Errors: MovedError
// when it has another one now, Gone when it was withdrawn, NotFound when
// nothing ever had this slug.
func BySlug[T any](ctx context.Context, s *Store, kind, slug, sql string) (T, error) {
	return BySlugAnd[T](ctx, s, kind, slug, sql, pgx.StrictNamedArgs{})
}

// BySlugAnd is the same with further arguments.
func BySlugAnd[T any](ctx context.Context, s *Store, kind, slug, sql string, args pgx.StrictNamedArgs) (T, error) {
	var none T
	args["slug"] = slug
	found, err := postgres.Collect[T](ctx, s.db, fmt.Sprintf("%s %q", kind, slug), sql, args)
	if err != nil {
		return none, err
	}
	if len(found) > 0 {
		return found[0], nil
	}
	if _, err := s.Addressed(ctx, kind, slug); err != nil {
		return none, err
	}
	return none, norms.NotFoundf("no %s %q is recorded", kind, slug)
}

// WhatBecame goes on about the address d: the thing's slug now and the revision
// until which it was recorded.
const WhatBecame = `
  coalesce(case d.kind
    when 'agreement' then (select slug from agreement where id = d.id)
    when 'organization' then (select slug from organization where id = d.id)
    when 'initiative' then (select slug from initiative where id = d.id)
    when 'source' then (select slug from source where id = d.id)
    when 'element' then (select slug from element where id = d.id)
  end, '') as slug,
  coalesce(case d.kind
    when 'agreement' then (select max(until_rev) from history.agreement where id = d.id)
    when 'organization' then (select max(until_rev) from history.organization where id = d.id)
    when 'initiative' then (select max(until_rev) from history.initiative where id = d.id)
    when 'source' then (select max(until_rev) from history.source where id = d.id)
    when 'element' then (select max(until_rev) from history.element where id = d.id)
  end, 0) as until_rev`

const addressOf = `
select d.id,` + WhatBecame + `
from address d
where d.kind = @kind and d.slug = @slug`

// Address is what became of a slug that was given out: the number of the
// thing, its slug now ("" when it was withdrawn, in the changeset UntilRev).
type Address struct {
	ID       int64
	Slug     string
	UntilRev int64
}

// Addressed looks a slug up in the register of all that were ever given out.
// The address is good with MovedError and Gone, too.
func (s *Store) Addressed(ctx context.Context, kind, slug string) (Address, error) {
	found, err := postgres.Collect[Address](ctx, s.db, fmt.Sprintf("the address of %s %q", kind, slug), addressOf,
		pgx.StrictNamedArgs{"kind": kind, "slug": slug})
	if err != nil {
		return Address{}, err
	}
	var a Address
	if len(found) > 0 {
		a = found[0]
	}
	return a, s.became(kind, slug, a)
}

// became says what happened to the thing that had a slug, unless it still has
// it. The address is empty for a slug that was never given out.
func (s *Store) became(kind, slug string, a Address) error {
	switch {
	case a.ID == 0:
		return norms.NotFoundf("no %s %q is recorded", kind, slug)
	case a.Slug == "":
		return s.Absent(kind, slug, fmt.Sprintf("the %s %q", kind, slug), a)
	case a.Slug != slug:
		return &MovedError{kind, a.Slug}
	}
	return nil
}

// Absent says what happened to something that was recorded until a revision;
// whoever looks at an earlier one may be too early for it.
func (s *Store) Absent(kind, key, name string, a Address) error {
	if at := postgres.AsOf(s.db); at > 0 && a.UntilRev > at {
		return norms.NotFoundf("%s was not on record at revision %d", name, at)
	}
	said := norms.Errorf(norms.Gone, "%s was withdrawn in changeset %d", name, a.UntilRev)
	return &WithdrawnError{Kind: kind, Key: key, ID: a.ID, Changeset: a.UntilRev, said: said}
}

// ByID reads the row with a number. lastSeen gives the revision until which
// such a row was recorded last, or null: then there never was one.
func ByID[T any](ctx context.Context, s *Store, kind string, id int64, sql, lastSeen string) (T, error) {
	var none T
	found, err := postgres.Collect[T](ctx, s.db, fmt.Sprintf("%s %d", kind, id), sql, pgx.StrictNamedArgs{"ids": []int64{id}})
	if err != nil {
		return none, err
	}
	if len(found) > 0 {
		return found[0], nil
	}
	return none, s.unseen(ctx, kind, id, lastSeen)
}

// unseen says that the row with a number is not recorded: withdrawn, or never
// there.
func (s *Store) unseen(ctx context.Context, kind string, id int64, lastSeen string) error {
	var rev *int64
	name := fmt.Sprintf("%s %d", kind, id)
	if err := s.db.QueryRow(ctx, lastSeen, pgx.StrictNamedArgs{"id": id}).Scan(&rev); err != nil {
		return fmt.Errorf("looking for %s in the history: %w", name, postgres.Failure(err))
	}
	if rev == nil {
		return norms.NotFoundf("no %s is recorded", name)
	}
	return s.Absent(kind, strconv.FormatInt(id, 10), name, Address{ID: id, UntilRev: *rev})
}

const givenOut = `select slug from address where kind = @kind and slug = any (@slugs) order by slug`

// GivenOut tells which of some slugs were ever given to things of a kind: none
// is given again.
func (s *Store) GivenOut(ctx context.Context, kind string, slugs []string) ([]string, error) {
	rows, err := s.db.Query(ctx, givenOut, pgx.StrictNamedArgs{"kind": kind, "slugs": slugs})
	if err != nil {
		return nil, postgres.Failure(err)
	}
	found, err := pgx.CollectRows(rows, pgx.RowTo[string])
	return found, postgres.Failure(err)
}
