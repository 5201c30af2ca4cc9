package browse

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/naming"
	"normmap/internal/store/postgres"
)

const reviewColumns = `v.id, m.ref as principle, m.name as principle_name, m.title as principle_title,
  x.slug as organization, x.name as organization_name, v.reviewed_on, w.name as reviewer, v.note,
  (select count(*) from link l join initiative i on i.id = l.initiative_id
   where l.principle_id = v.principle_id and i.organization_id = v.organization_id and ` + Counts + `) as links,
  (select count(*) from link l join initiative i on i.id = l.initiative_id
   where l.principle_id = v.principle_id and i.organization_id = v.organization_id and l.version > v.version and ` + Counts + `) as since, v.version`

const rulingColumns = `d.id, m.ref as principle, m.name as principle_name, m.title as principle_title,
  x.slug as organization, x.name as organization_name, d.outside, d.rationale, d.version`

// reviewsPart and rulingsPart are the lists of those that a condition lets
// through.
func reviewsPart(condition string) string {
	return partOf(`(select count(*) from cell_review v where `+condition+`)`, `
      select `+reviewColumns+`, chosen.key
      from `+afterPart(inCells("cell_review v", "v", condition), "reviews")+`
      join cell_review v on v.id = chosen.id`+cellOf("v")+`
      join account w on w.id = v.account_id`)
}

func rulingsPart(condition string) string {
	return partOf(`(select count(*) from addressee_ruling d where `+condition+`)`, `
      select `+rulingColumns+`, chosen.key
      from `+afterPart(inCells("addressee_ruling d", "d", condition), "rulings")+`
      join addressee_ruling d on d.id = chosen.id`+cellOf("d"))
}

// inCells are rows about cells in the order of the cells' names.
func inCells(table, row, condition string) string {
	return `
        select ` + row + `.id, m.ref || ' ' || x.slug as key
        from ` + table + cellOf(row) + `
        where ` + condition
}

// cellOf looks up the principle m and the organization x of a row about a cell.
func cellOf(row string) string {
	return `
      join principle_name m on m.id = ` + row + `.principle_id
      join organization x on x.id = ` + row + `.organization_id`
}

// cellPage has one review and one ruling at most.
var cellPage = `
select
  (select coalesce(json_agg(y), '[]') from (
    select ` + reviewColumns + `
    from cell_review v` + cellOf("v") + `
      join account w on w.id = v.account_id
    where m.id = @principle and x.slug = @organization) y) as reviews,
  (select coalesce(json_agg(y), '[]') from (
    select ` + rulingColumns + `
    from addressee_ruling d` + cellOf("d") + `
    where m.id = @principle and x.slug = @organization) y) as rulings,
  count(*) filter (where ` + Counts + `) as links,
  count(*) filter (where ` + Counts + ` and ` + disputed + `) as contested
from link l
join initiative i on i.id = l.initiative_id
join organization o on o.id = i.organization_id
where l.principle_id = @principle and o.slug = @organization`

// Cell reads what is on record for a principle and an organization.
func (s *Store) Cell(ctx context.Context, ref norms.Ref, organization string) (norms.Cell, error) {
	p, err := s.Principle(ctx, ref, norms.Page{})
	if err != nil {
		return norms.Cell{}, err
	}
	o, err := s.Organization(ctx, organization)
	if moved, ok := errors.AsType[*naming.MovedError](err); ok {
		o, err = s.Organization(ctx, moved.Slug)
	}
	if err != nil {
		return norms.Cell{}, err
	}
	type record struct {
		Reviews          []norms.CellReviewRow
		Rulings          []norms.RulingRow
		Links, Contested int
	}
	found, err := postgres.Collect[record](ctx, s.db, "a cell", cellPage, pgx.StrictNamedArgs{"principle": p.ID, "organization": o.Slug})
	if err != nil {
		return norms.Cell{}, err
	}
	r := found[0] // the statement has exactly one row
	c := norms.Cell{Principle: p.PrincipleRow, Organization: o.OrganizationRow, Links: r.Links, Contested: r.Contested}
	if len(r.Reviews) > 0 {
		c.Review = &r.Reviews[0]
	}
	if len(r.Rulings) > 0 {
		c.Ruling = &r.Rulings[0]
	}
	return c, nil
}
