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

const reviewJoins = `
      from cell_review v
      join principle_name m on m.id = v.principle_id
      join organization x on x.id = v.organization_id
      join account w on w.id = v.account_id`

const rulingColumns = `d.id, m.ref as principle, m.name as principle_name, m.title as principle_title,
  x.slug as organization, x.name as organization_name, d.outside, d.rationale, d.version`

// Between a beginning and an end stands a condition on cell_review v or
// addressee_ruling d; the whole gives them as one JSON array.
const (
	reviewsBegin = `
    select coalesce(json_agg(y order by y.principle, y.organization, y.id), '[]') from (
      select ` + reviewColumns + reviewJoins + `
      where `
	reviewsEnd   = `) y`
	rulingsBegin = `
    select coalesce(json_agg(y order by y.principle, y.organization, y.id), '[]') from (
      select ` + rulingColumns + `
      from addressee_ruling d
      join principle_name m on m.id = d.principle_id
      join organization x on x.id = d.organization_id
      where `
	rulingsEnd = `) y`
)

const cellPage = `
select
  (` + reviewsBegin + `m.id = @principle and x.slug = @organization` + reviewsEnd + `) as reviews,
  (` + rulingsBegin + `m.id = @principle and x.slug = @organization` + rulingsEnd + `) as rulings,
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
