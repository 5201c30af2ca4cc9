package history

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/naming"
	"normmap/internal/store/postgres"
)

// changedRows lists the rows that are not the same at the ends of the span, by
// the place of their kind and their number. A row that was there at both ends
// is compared letter for letter, but for the number of its last changeset.
func changedRows(scoped bool) string {
	const version = "'{since_rev,until_rev,version}'::text[]"
	parts := make([]string, len(TrackedKinds))
	for i, kind := range TrackedKinds {
		within := ""
		if scoped {
			within = " and h.id in (select id from scope where kind = '" + kind + "')"
		}
		parts[i] = fmt.Sprintf(`
  select %[1]d as place, '%[2]s' as kind, coalesce(b.id, a.id) as id, b.id is not null as before, a.id is not null as after
  from (select h.* from span join history.%[2]s h
      on h.until_rev > span.since and h.until_rev <= span.until and h.until_rev < 9223372036854775807 and h.since_rev <= span.since
      where @kind in ('', '%[2]s')%[4]s) b
  full join (select h.* from span join history.%[2]s h
      on h.since_rev > span.since and h.since_rev <= span.until and h.until_rev > span.until
      where @kind in ('', '%[2]s')%[4]s) a on a.id = b.id
  where a.id is null or b.id is null or to_jsonb(a) - %[3]s <> to_jsonb(b) - %[3]s`, i+1, kind, version, within)
	}
	return ",\nchanged as materialized (" + strings.Join(parts, "\n  union all") + "\n)"
}

// someChangedRows ends the statement: how many there are of each kind, and the
// rows of the page with their values at both ends.
const someChangedRows = `,
page as (
  select place, kind, id, before, after from changed
  where (place, id) > (@after_place::int, @after_id::bigint)
  order by place, id
  limit @limit
),
bodies as (
  select k.kind, v.id, v.since_rev, v.until_rev, v.body
  from (select kind, array_agg(id) as ids from page group by kind) k
  cross join lateral history.versions(k.kind, 'id', k.ids) v
)
select span.since, span.until, (select count(*) from changed) as total,
  (select coalesce(json_agg(k order by k.place), '[]') from (
    select place, kind, count(*) filter (where not before) as added, count(*) filter (where before and after) as changed,
      count(*) filter (where not after) as withdrawn
    from changed group by place, kind) k) as kinds,
  (select coalesce(json_agg(r order by r.place, r.id), '[]') from (
    select p.place, p.kind, p.id,
      (select v.body from bodies v where v.kind = p.kind and v.id = p.id and v.since_rev <= span.since and v.until_rev > span.since) as before,
      (select v.body from bodies v where v.kind = p.kind and v.id = p.id and v.since_rev <= span.until and v.until_rev > span.until) as after
    from page p) r) as rows
from span`

var (
	everyDifference   = SpanAsked + changedRows(false) + someChangedRows
	differenceOfThing = EachThing(func(kind string) string {
		return SpanAsked + "," + ThingAsked(kind, "@upto") + "," + Belonging[kind] + changedRows(true) + someChangedRows
	})
)

// differing is a page of a difference as the database tells it.
type differing struct {
	Since, Until *int64
	Total        int
	Kinds        []norms.KindDifference
	Rows         []naming.RowChange
}

// Difference compares the record after the revision f.Since with that at
// f.Until: the rows that f chooses by thing and kind. Who made the changes does
// not matter to it.
func (s *Store) Difference(ctx context.Context, f norms.ChangeFilter, p norms.Page) (norms.Difference, error) {
	var out norms.Difference
	a, err := Ask(f)
	if err != nil {
		return out, err
	}
	if f.Since == "" {
		return out, norms.Field("since", "is missing: say with which revision or day to compare")
	}
	after, err := postgres.ParseCursor(p.Cursor)
	if err != nil {
		return out, err
	}
	sql, args := s.differenceAsked(a, after)
	args["limit"] = p.Size() + 1
	found, err := postgres.Collect[differing](ctx, s.db, "what is different", sql, args)
	if err != nil {
		return out, err
	}
	d := found[0] // the statement has exactly one row
	if err := s.meaningless(ctx, a, d.Since, d.Until); err != nil {
		return out, err
	}
	out.Span, out.Total, out.Kinds = norms.Span{Since: *d.Since, Until: *d.Until}, d.Total, d.Kinds
	if len(d.Rows) > p.Size() {
		d.Rows = d.Rows[:p.Size()]
		last := d.Rows[len(d.Rows)-1]
		out.Next = new(postgres.Cursor{Key: last.Kind, ID: last.ID}.String())
	}
	out.Items, err = s.names.Describe(ctx, d.Rows)
	return out, err
}

// differenceAsked is the statement with the arguments that a gives; after is the
// last row that was seen.
func (s *Store) differenceAsked(a Asked, after *postgres.Cursor) (string, pgx.StrictNamedArgs) {
	args, sql := a.SpanArgs(), everyDifference
	args["kind"], args["after_place"], args["after_id"] = a.Kind, 0, int64(0)
	if after != nil {
		args["after_place"], args["after_id"] = slices.Index(TrackedKinds, after.Key)+1, after.ID
	}
	if a.Thing != "" {
		s.addThing(args, a)
		sql = differenceOfThing.Of(a.Of)
	}
	return sql, args
}
