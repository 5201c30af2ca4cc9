package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
)

const organizationColumns = `o.slug, o.name, o.kind, o.stakeholder_group,
  (select count(*) from adherence d where d.organization_id = o.id) as adherence_count,
  (select count(*) from initiative i where i.organization_id = o.id) as initiative_count,
  coalesce((select t.links from organization_tally t where t.organization_id = o.id and t.about = 'record' and t.about_id = 0), 0) as links`

const organizationMatching = `
with matching as not materialized (
  select o.id, lower(o.name) as key
  from organization o
  where (@group = '' or o.stakeholder_group = @group)
    and (@agreement = '' or exists (select from adherence d join agreement a on a.id = d.agreement_id
      where d.organization_id = o.id and a.slug = @agreement))
    and (@q = '' or o.name ilike @q)
)`

const organizationRows = `select ` + organizationColumns + fromChosen + `join organization o on o.id = chosen.id` + byPlace

// Organizations lists organizations by name.
func (s *Store) Organizations(ctx context.Context, f norms.OrganizationFilter, p norms.Page) (norms.List[norms.OrganizationRow], error) {
	args := pgx.StrictNamedArgs{"group": f.StakeholderGroup, "agreement": f.Agreement, "q": containing(f.Q)}
	return list[norms.OrganizationRow](ctx, s, "the organizations", listing{matching: organizationMatching, rows: organizationRows}, args, p, f.Names()...)
}

const organizationBySlug = `
select ` + organizationColumns + `, o.id, o.version, coalesce(a.slug, '') as agreement, o.url, o.summary,
  (select coalesce(json_agg(x order by x.published_on desc, x.id), '[]') from (
    select ` + sourceColumns + `, s.id
    from source s` + sourceJoins + `
    where s.organization_id = o.id) x) as source_list,
  (` + factsBegin + `f.kind = 'organization' and f.entity = o.slug` + factsEnd + `) as fact_list,
  (` + statementsBegin + `q.organization_id = o.id` + statementsEnd + `) as statement_list,
  (` + reviewsBegin + `v.organization_id = o.id` + reviewsEnd + `) as reviews,
  (` + rulingsBegin + `d.organization_id = o.id` + rulingsEnd + `) as rulings
from organization o
left join agreement a on a.id = o.agreement_id
where o.slug = @slug`

type organizationRecord struct {
	norms.Organization
	SourceList    []norms.SourceRow
	FactList      []norms.FactRow
	StatementList []norms.StatementRow
	Reviews       []norms.CellReviewRow
	Rulings       []norms.RulingRow
}

// Organization reads an organization with everything its page shows; its
// initiatives are those that it carries out. Errors as of [Store.Agreement].
func (s *Store) Organization(ctx context.Context, slug string) (norms.Organization, error) {
	r, err := bySlug[organizationRecord](ctx, s, "organization", slug, organizationBySlug)
	if err != nil {
		return norms.Organization{}, err
	}
	o := r.Organization
	o.Sources, o.Statements, o.Facts = r.SourceList, r.StatementList, r.FactList
	o.Cells = norms.CellNotes{Reviews: r.Reviews, Rulings: r.Rulings}
	args := pgx.StrictNamedArgs{"organization": o.ID, "relations": norms.AdherenceRelations}
	if o.Adherences, err = collect[norms.AdherenceRow](ctx, s.db, "the adherences of "+slug, adherencesOfOrganization, args); err != nil {
		return o, err
	}
	args = pgx.StrictNamedArgs{"organization": o.ID}
	o.Initiatives, err = collect[norms.InitiativeRow](ctx, s.db, "the initiatives of "+slug, initiativesOfOrganization, args)
	return o, err
}
