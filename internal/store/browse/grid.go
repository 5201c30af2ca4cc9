package browse

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

const gridPrinciples = `
select n.id, n.ref, n.name, n.number, n.title, n.agreement_title, n.edition_title
from principle_name n
join edition e on e.id = n.edition_id
where n.agreement = @agreement and (@edition = '' and n.current or n.edition = @edition)
order by e.position, e.id, n.position, n.id`

// gridMatching sorts by organization and then as asReported does.
const gridMatching = `
with matching as (
  select i.id, concat_ws('/', lower(o.name), to_char(coalesce(i.source_id, 0), 'FM0000000000'),
    to_char(coalesce(u.position, i.position), 'FM0000000000'), to_char(coalesce(u.id, i.id), 'FM0000000000'),
    case when u.id is null then 0 else 1 end, to_char(i.position, 'FM0000000000'), lower(i.title)) as key
  from initiative i` + initiativeJoins + `
  where (cardinality(@initiatives::bigint[]) > 0 and i.id = any (@initiatives)
    or cardinality(@initiatives) = 0
      and (@organization = '' or o.slug = @organization)
      and (@status = '' or i.status = @status)
      and (@heading = '' or i.heading = @heading)
      and (@q = '' or i.title ilike @q or i.summary ilike @q))
)`

const gridRows = `
select i.id, i.slug, i.title, coalesce(u.slug, '') as parent, o.slug as organization, o.name as organization_name` +
	postgres.FromChosen + `join initiative i on i.id = chosen.id` + initiativeJoins + postgres.ByPlace

const gridMarks = `
select l.initiative_id, l.principle_id, l.origin, l.relation, l.id, l.version,
  coalesce((select min(c.id) from citation c where c.link_id = l.id), 0) as citation
from link l
where l.initiative_id = any (@initiatives) and l.principle_id = any (@principles)
union all
select t.initiative_id, k.principle_id, '', '', 0, c.version, c.id
from citation_candidate k
join citation c on c.id = k.citation_id
join reference r on r.id = c.reference_id
join citation_line t on t.id = r.line_id
where c.resolution = 'ambiguous' and t.initiative_id = any (@initiatives) and k.principle_id = any (@principles)
order by 1, 2, 3, 5, 7`

// gridChoices are what the filter of a grid offers.
const gridChoices = `
(select 'edition' as kind, e.slug, e.title from edition e join agreement a on a.id = e.agreement_id
  where a.slug = @agreement order by e.position, e.id limit @limit)
union all
(select 'organization', o.slug, o.name from organization o
  where exists (select from initiative i where i.organization_id = o.id) order by lower(o.name), o.slug limit @limit)
union all
(select distinct 'heading', i.heading, i.heading from initiative i join organization o on o.id = i.organization_id
  where i.heading <> '' and (@organization = '' or o.slug = @organization) order by 2 limit @limit)`

// Grid reads the grid of an agreement with one page of initiatives, or with
// those that the filter names by number. Errors as of [Store.Agreement].
func (s *Store) Grid(ctx context.Context, f norms.GridFilter, cursor string) (norms.Grid, error) {
	var g norms.Grid
	var err error
	args := pgx.StrictNamedArgs{"agreement": f.Agreement, "edition": f.Edition}
	if g.Principles, err = postgres.Collect[norms.GridPrinciple](ctx, s.db, "the principles of a grid", gridPrinciples, args); err != nil {
		return g, err
	}
	if len(g.Principles) == 0 {
		if _, err := s.names.Addressed(ctx, "agreement", f.Agreement); err != nil {
			return g, err
		}
	}
	if err := s.gridInitiatives(ctx, f, cursor, &g); err != nil {
		return g, err
	}
	if len(g.Principles) == 0 || g.Total == 0 {
		if err := s.names.CheckNames(ctx, f.Names()); err != nil {
			return g, err
		}
	}
	if err := s.gridCells(ctx, &g); err != nil {
		return g, err
	}
	args = pgx.StrictNamedArgs{"agreement": f.Agreement, "organization": f.Organization, "limit": norms.MaxLimit}
	g.Choices, err = postgres.Collect[norms.Choice](ctx, s.db, "the choices of a grid", gridChoices, args)
	return g, err
}

func (s *Store) gridInitiatives(ctx context.Context, f norms.GridFilter, at string, g *norms.Grid) error {
	after, err := postgres.ParseCursor(at)
	if err != nil {
		return err
	}
	args := pgx.StrictNamedArgs{"initiatives": append([]int64{}, f.IDs...), "organization": f.Organization, "status": f.Status, "heading": f.Heading,
		"q": postgres.Containing(f.Q), "limit": norms.GridRows + 1, "after_id": (*int64)(nil), "after_key": (*string)(nil)}
	if after != nil && len(f.IDs) == 0 {
		args["after_id"], args["after_key"] = after.ID, after.Key
	}
	found, err := postgres.Collect[postgres.Choice](ctx, s.db, "the initiatives of a grid", postgres.Listing{Matching: gridMatching}.Choose(), args)
	if err != nil {
		return err
	}
	c := found[0] // the statement has exactly one row
	g.Total = c.Total
	if len(c.IDs) > norms.GridRows {
		c.IDs = c.IDs[:norms.GridRows]
		g.Next = new(postgres.Cursor{Key: c.Keys[norms.GridRows-1], ID: c.IDs[norms.GridRows-1]}.String())
	}
	g.Initiatives, err = postgres.Collect[norms.GridInitiative](ctx, s.db, "the initiatives of a grid", gridRows, pgx.StrictNamedArgs{"ids": c.IDs})
	return err
}

// gridCells reads what is recorded in the cells.
func (s *Store) gridCells(ctx context.Context, g *norms.Grid) error {
	initiatives, principles := make([]int64, len(g.Initiatives)), make([]int64, len(g.Principles))
	for i, row := range g.Initiatives {
		initiatives[i] = row.ID
	}
	for i, column := range g.Principles {
		principles[i] = column.ID
	}
	var err error
	g.Marks, err = postgres.Collect[norms.GridMark](ctx, s.db, "the cells of a grid", gridMarks,
		pgx.StrictNamedArgs{"initiatives": initiatives, "principles": principles})
	return err
}
