package browse

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/naming"
	"normmap/internal/store/postgres"
)

const crosswalkColumns = `x.id, xs.ref as subject, xs.name as subject_name, xs.title as subject_title,
  xs.agreement as subject_agreement, xs.agreement_title as subject_agreement_title, xs.current as subject_current, x.relation,
  xo.ref as object, xo.name as object_name, xo.title as object_title,
  xo.agreement as object_agreement, xo.agreement_title as object_agreement_title, xo.current as object_current,
  x.rationale_kind, x.rationale, x.origin, coalesce(xb.slug, '') as asserter, coalesce(xb.name, '') as asserter_name,
  coalesce(xd.slug, '') as source, coalesce(xd.title, '') as source_title, x.place, x.confidence, x.version`

const crosswalkJoins = `
join principle_name xs on xs.id = x.subject_id
join principle_name xo on xo.id = x.object_id
left join organization xb on xb.id = x.asserter_id
left join source xd on xd.id = x.source_id`

// alikePart is the list of the rows of the crosswalk that a condition lets
// through, as they are recorded.
func alikePart(condition string) string {
	return partOf(`(select count(*) from crosswalk x where `+condition+`)`, `
      select `+crosswalkColumns+`, false as turned, chosen.key
      from `+afterPart(`
        select x.id, concat_ws('/', `+pairKey+`, x.origin) as key
        from crosswalk x
        join principle_name s on s.id = x.subject_id
        join principle_name o on o.id = x.object_id
        where `+condition, "alike")+`
      join crosswalk x on x.id = chosen.id`+crosswalkJoins)
}

// readFrom turns the rows that are recorded from the other principle.
func readFrom(ref string, rows []norms.CrosswalkRow) []norms.CrosswalkRow {
	for i, r := range rows {
		if r.Subject != ref {
			rows[i] = r.Turn()
		}
	}
	return rows
}

// inSides holds for pairs of principles, named s and o, that a filter lets
// through as they are read; pairKey puts them in the order of the texts, pair
// of agreements by pair.
const (
	inSides = `(@from = '' or s.agreement = @from) and (@to = '' or o.agreement = @to)`

	pairKey = `lower(s.agreement_title), lower(o.agreement_title), s.edition, to_char(s.position, 'FM0000000000'), o.edition, to_char(o.position, 'FM0000000000')`
)

// crosswalkMatching reads every row both ways and keeps of it what the filter
// lets through, as it was recorded where both ways fit. The key of a row has a
// bit more at its end: whether it is turned.
const crosswalkMatching = `
with readings as (
  select x.id, x.subject_id as principle_id, x.relation, x.object_id, x.origin, 0 as turned from crosswalk x
  union all
  select x.id, x.object_id, case x.relation when 'subset_of' then 'superset_of' when 'superset_of' then 'subset_of' else x.relation end,
    x.subject_id, x.origin, 1
  from crosswalk x
),
fitting as (
  select distinct on (r.id) r.id, r.turned, concat_ws('/', ` + pairKey + `) as key
  from readings r
  join principle_name s on s.id = r.principle_id
  join principle_name o on o.id = r.object_id
  where ` + ofRef + ` and ` + inSides + `
    and (@relation = '' or r.relation = @relation)
    and (@origin = '' or r.origin = @origin)
  order by r.id, r.turned
),
matching as (
  select f.id * 2 + f.turned as id, f.key from fitting f
)`

const crosswalkRows = `select ` + crosswalkColumns + `, chosen.id % 2 = 1 as turned` + postgres.FromChosen + `join crosswalk x on x.id = chosen.id / 2` + crosswalkJoins + postgres.ByPlace

// pairArgs are the arguments of what chooses pairs of principles.
func pairArgs(f norms.PairFilter) pgx.StrictNamedArgs {
	from, to := f.Sides()
	args := pgx.StrictNamedArgs{"from": from, "to": to}
	addRef(args, f.Principle)
	return args
}

// Crosswalk lists who says how principles stand to each other, in the order of
// the texts, each row read from the side that f asks for.
func (s *Store) Crosswalk(ctx context.Context, f norms.CrosswalkFilter, p norms.Page) (norms.List[norms.CrosswalkRow], error) {
	args := pairArgs(f.PairFilter)
	args["relation"], args["origin"] = f.Relation, f.Origin
	out, err := naming.List[norms.CrosswalkRow](ctx, s.names, "the crosswalk", postgres.Listing{Matching: crosswalkMatching, Rows: crosswalkRows}, args, p, f.Names()...)
	for i, r := range out.Items {
		if r.Turned {
			r.Turned = false // as it is recorded, which turning changes
			out.Items[i] = r.Turn()
		}
	}
	return out, err
}

const crosswalkRow = `select ` + crosswalkColumns + `, false as turned` + postgres.FromChosen + `join crosswalk x on x.id = chosen.id` + crosswalkJoins + postgres.ByPlace

const crosswalkLastSeen = `select max(until_rev) from history.crosswalk where id = @id`

// CrosswalkRow reads one row as it is recorded. It is Gone when it was
// withdrawn.
func (s *Store) CrosswalkRow(ctx context.Context, id int64) (norms.CrosswalkRow, error) {
	return naming.ByID[norms.CrosswalkRow](ctx, s.names, "row of the crosswalk", id, crosswalkRow, crosswalkLastSeen)
}
