package browse

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// What counts, in the words of SQL. Links have the alias l, citations c.
const (
	// Counts holds for the links of which figures speak: a contributor's own
	// claim of support. Others are shown beside, never added in.
	Counts = `l.relation = 'supports' and l.origin = 'contributor'`

	// cited holds for principles p of which such a link is recorded.
	cited = `exists (select from link_tally l where l.principle_id = p.id and l.origin = 'contributor' and l.relation = 'supports' and l.links > 0)`

	unresolved = `c.resolution in ('ambiguous', 'out_of_range', 'unknown_agreement')`
)

// stats counts principles and links on current editions, as their lists do.
const stats = `
select
  (select count(*) from agreement) as agreements,
  (select count(*) from edition) as editions,
  (select count(*) from principle p join edition e on e.id = p.edition_id where e.current) as principles,
  (select coalesce(sum(rows), 0) from record_tally where starts_with(what, 'organization ')) as organizations,
  coalesce((select rows from record_tally where what = 'initiative'), 0) as initiatives,
  coalesce((select rows from record_tally where what = 'reference'), 0) as "references",
  coalesce((select rows from record_tally where what = 'citation'), 0) as citations,
  coalesce((select sum(links) from group_tally where about = 'record' and about_id = 0), 0) as links,
  coalesce((select rows from record_tally where what = 'unresolved'), 0) as unresolved,
  (select coalesce(max(id), 0) from changeset) as revision`

// Stats counts the whole record.
func (s *Store) Stats(ctx context.Context) (norms.Stats, error) {
	found, err := postgres.Collect[norms.Stats](ctx, s.db, "the figures", stats, pgx.StrictNamedArgs{})
	if err != nil {
		return norms.Stats{}, err
	}
	return found[0], nil
}

const noAgreement = "select not exists (select from agreement)"

// Empty tells whether no agreement is recorded, so that there is nothing to
// see.
func (s *Store) Empty(ctx context.Context) (bool, error) {
	var empty bool
	err := s.db.QueryRow(ctx, noAgreement).Scan(&empty)
	return empty, postgres.Failure(err)
}

// recentChanges is how many changesets the first page shows.
const recentChanges = 10

// Start reads what the first page shows: the figures, every agreement and the
// latest changesets.
func (s *Store) Start(ctx context.Context) (norms.Start, error) {
	var out norms.Start
	var err error
	if out.Stats, err = s.Stats(ctx); err != nil {
		return out, err
	}
	if out.Agreements, err = postgres.Collect[norms.AgreementRow](ctx, s.db, "the agreements", everyAgreement, pgx.StrictNamedArgs{}); err != nil {
		return out, err
	}
	recent, err := s.history.Changes(ctx, norms.Page{Limit: recentChanges})
	out.Recent = recent.Items
	return out, err
}
