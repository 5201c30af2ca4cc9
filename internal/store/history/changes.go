package history

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/naming"
	"normmap/internal/store/postgres"
)

// Touched counts the rows that each of the changesets in uncounted added,
// changed or withdrew. It names every table of history.tracked; a test compares.
const Touched = `
touched as (
  select k.rev, sum(k.rows)::bigint as rows
  from (
    select x.rev, x.kind, count(distinct x.id) as rows
    from (
      select unnest(array[since_rev, until_rev]) as rev, 'agreement' as kind, id from history.agreement where ` + byUncounted + `
      union all select unnest(array[since_rev, until_rev]), 'agreement_alias', id from history.agreement_alias where ` + byUncounted + `
      union all select unnest(array[since_rev, until_rev]), 'edition', id from history.edition where ` + byUncounted + `
      union all select unnest(array[since_rev, until_rev]), 'principle', id from history.principle where ` + byUncounted + `
      union all select unnest(array[since_rev, until_rev]), 'organization', id from history.organization where ` + byUncounted + `
      union all select unnest(array[since_rev, until_rev]), 'source', id from history.source where ` + byUncounted + `
      union all select unnest(array[since_rev, until_rev]), 'adherence', id from history.adherence where ` + byUncounted + `
      union all select unnest(array[since_rev, until_rev]), 'agreement_event', id from history.agreement_event where ` + byUncounted + `
      union all select unnest(array[since_rev, until_rev]), 'numbering', id from history.numbering where ` + byUncounted + `
      union all select unnest(array[since_rev, until_rev]), 'numbering_label', id from history.numbering_label where ` + byUncounted + `
      union all select unnest(array[since_rev, until_rev]), 'initiative', id from history.initiative where ` + byUncounted + `
      union all select unnest(array[since_rev, until_rev]), 'initiative_partner', id from history.initiative_partner where ` + byUncounted + `
      union all select unnest(array[since_rev, until_rev]), 'link', id from history.link where ` + byUncounted + `
      union all select unnest(array[since_rev, until_rev]), 'citation_line', id from history.citation_line where ` + byUncounted + `
      union all select unnest(array[since_rev, until_rev]), 'reference', id from history.reference where ` + byUncounted + `
      union all select unnest(array[since_rev, until_rev]), 'citation', id from history.citation where ` + byUncounted + `
      union all select unnest(array[since_rev, until_rev]), 'citation_candidate', id from history.citation_candidate where ` + byUncounted + `
      union all select unnest(array[since_rev, until_rev]), 'fact_source', id from history.fact_source where ` + byUncounted + `
      union all select unnest(array[since_rev, until_rev]), 'element', id from history.element where ` + byUncounted + `
      union all select unnest(array[since_rev, until_rev]), 'element_reading', id from history.element_reading where ` + byUncounted + `
      union all select unnest(array[since_rev, until_rev]), 'statement', id from history.statement where ` + byUncounted + `
      union all select unnest(array[since_rev, until_rev]), 'crosswalk', id from history.crosswalk where ` + byUncounted + `
      union all select unnest(array[since_rev, until_rev]), 'assessment', id from history.assessment where ` + byUncounted + `
      union all select unnest(array[since_rev, until_rev]), 'answer', id from history.answer where ` + byUncounted + `
      union all select unnest(array[since_rev, until_rev]), 'cell_review', id from history.cell_review where ` + byUncounted + `
      union all select unnest(array[since_rev, until_rev]), 'addressee_ruling', id from history.addressee_ruling where ` + byUncounted + `
    ) x
    where x.rev in (select id from uncounted)
    group by x.rev, x.kind
  ) k
  group by k.rev
)`

// ByThese finds versions that began or ended with those changesets; the
// index on until_rev leaves out the versions that still count.
const ByThese = `since_rev = any (@ids) or until_rev = any (@ids) and until_rev < 9223372036854775807`

// byUncounted finds those of the changesets in uncounted.
const byUncounted = `since_rev = any (array(select id from uncounted)) or until_rev = any (array(select id from uncounted)) and until_rev < 9223372036854775807`

// touchedRows gives how many rows each of the changesets @ids wrote. Of
// large ones that is kept, so the others are few.
const touchedRows = `
  select t.changeset_id as rev, t.rows from changeset_tally t where t.changeset_id = any (@ids)
  union all
  select t.rev, t.rows from touched t`

// changesetRows reads the changesets @ids, the newest first.
const changesetRows = `
with uncounted as materialized (
  select id from unnest(@ids::bigint[]) id where id not in (select t.changeset_id from changeset_tally t where t.changeset_id = any (@ids))
),` + Touched + `
select c.id, coalesce(a.name, 'seed files') as by, coalesce(c.account_id, 0) as by_id, c.reason, c.at, coalesce(t.rows, 0) as rows, coalesce(c.reverts_id, 0) as reverts,
  coalesce((select max(r.id) from changeset r where r.reverts_id = c.id), 0) as reverted_by,
  coalesce((select max(r.id) from changeset r where r.reverts_id = (select max(b.id) from changeset b where b.reverts_id = c.id)), 0) as restored_by,
  coalesce(v.proposal_id, 0) as proposal, coalesce(q.name, '') as proposed_by, coalesce(v.by_silence, false) as by_silence,
  coalesce(encode(v.hash, 'hex'), '') as approved
from changeset c
left join account a on a.id = c.account_id
left join (` + touchedRows + `) t on t.rev = c.id
left join approval v on v.changeset_id = c.id
left join account q on q.id = v.proposer_id
where c.id = any (@ids)
order by c.id desc`

// Changes lists changesets, the newest first.
func (s *Store) Changes(ctx context.Context, p norms.Page) (norms.List[norms.ChangesetRow], error) {
	l, err := s.ChangesWhere(ctx, norms.ChangeFilter{}, p)
	return l.List, err
}

// ChangesWhere lists the changesets that f chooses, the newest first.
func (s *Store) ChangesWhere(ctx context.Context, f norms.ChangeFilter, p norms.Page) (norms.ChangeList, error) {
	var out norms.ChangeList
	a, err := Ask(f)
	if err != nil {
		return out, err
	}
	before, err := NumberOf(p.Cursor)
	if err != nil {
		return out, err
	}
	c, err := s.choose(ctx, a, before, p.Size()+1)
	if err != nil {
		return out, err
	}
	out.Total = c.Total
	if f.Since != "" || f.Until != "" {
		out.Span = &norms.Span{Since: *c.Since, Until: *c.Until}
	}
	if f.Thing != "" {
		out.Thing = &norms.Thing{Kind: a.Of, ID: c.Things[0], Name: c.Name, Key: a.key}
	}
	if len(c.IDs) > p.Size() {
		c.IDs = c.IDs[:p.Size()]
		out.Next = new(postgres.Cursor{ID: c.IDs[len(c.IDs)-1]}.String())
	}
	out.Items, err = postgres.Collect[norms.ChangesetRow](ctx, s.db, "the changesets", changesetRows, pgx.StrictNamedArgs{"ids": c.IDs})
	return out, err
}

const seals = `select id, at, hash from changeset where id = any (@ids) or id = (select min(id) from changeset) order by id`

// Seals reads the seals of changesets.
func (s *Store) Seals(ctx context.Context, list []norms.ChangesetRow) (norms.Seals, error) {
	type sealed struct {
		ID   int64
		At   time.Time
		Hash []byte
	}
	ids := make([]int64, len(list))
	for i, c := range list {
		ids[i] = c.ID
	}
	out := norms.Seals{Of: map[int64][]byte{}}
	found, err := postgres.Collect[sealed](ctx, s.db, "the seals of changesets", seals, pgx.StrictNamedArgs{"ids": ids})
	for i, c := range found {
		if i == 0 {
			out.First, out.Began = c.Hash, c.At
		}
		out.Of[c.ID] = c.Hash
	}
	return out, err
}

// NumberOf is the number in a cursor, 0 at the start of the list.
func NumberOf(c string) (int64, error) {
	after, err := postgres.ParseCursor(c)
	if after == nil {
		return 0, err
	}
	return after.ID, err
}

// changesOf reads at most @limit rows of a changeset after the place @after,
// parents before children, each with the number of all. What a changeset did
// never changes, so the places of its rows do not either.
const changesOf = `
with all_changes as (
  select kind, id, before, after, place from history.changes(@id) with ordinality as h (kind, id, before, after, place)
)
select kind, id, before, after, place, (select count(*) from all_changes) as total
from all_changes
where place > @after
order by place
limit @limit`

// Changesets reads the changesets with some numbers, the newest first.
func (s *Store) Changesets(ctx context.Context, ids ...int64) ([]norms.ChangesetRow, error) {
	return postgres.Collect[norms.ChangesetRow](ctx, s.db, "some changesets", changesetRows, pgx.StrictNamedArgs{"ids": ids})
}

// Changeset reads a changeset with a page of its rows before and after.
func (s *Store) Changeset(ctx context.Context, id int64, p norms.Page) (norms.Changeset, error) {
	after, err := NumberOf(p.Cursor)
	if err != nil {
		return norms.Changeset{}, err
	}
	found, err := postgres.Collect[norms.ChangesetRow](ctx, s.db, "a changeset", changesetRows, pgx.StrictNamedArgs{"ids": []int64{id}})
	if err != nil {
		return norms.Changeset{}, err
	}
	if len(found) == 0 {
		return norms.Changeset{}, norms.NotFoundf("no changeset %d is recorded", id)
	}
	out := norms.Changeset{ChangesetRow: found[0], Changes: []norms.Change{}}
	args := pgx.StrictNamedArgs{"id": id, "limit": p.Size(), "after": after}
	type placed struct {
		naming.RowChange
		Place, Total int64
	}
	rows, err := postgres.Collect[placed](ctx, s.db, "the rows of a changeset", changesOf, args)
	if err != nil || len(rows) == 0 {
		return out, err
	}
	changes := make([]naming.RowChange, len(rows))
	for i, r := range rows {
		changes[i] = r.RowChange
	}
	if last := rows[len(rows)-1]; last.Place < last.Total {
		out.More, out.Next = int(last.Total-last.Place), new(postgres.Cursor{ID: last.Place}.String())
	}
	out.Changes, err = s.names.Describe(ctx, changes)
	return out, err
}
