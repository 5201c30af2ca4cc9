package browse

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/naming"
	"normmap/internal/store/postgres"
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
    and (@agreement = '' or exists (select from adherence_tally d
      where d.organization_id = o.id and d.agreement_id = (select id from agreement where slug = @agreement)))
    and (@q = '' or o.name ilike @q)
)`

// organizationTotal is counted only where a filter asks for words of a name.
const organizationTotal = `case when @q = '' and @agreement = '' then (
    select coalesce(sum(rows), 0) from record_tally where starts_with(what, 'organization ') and (@group = '' or what = 'organization ' || @group))
  when @q = '' then (
    select coalesce(sum(t.organizations), 0) from adherence_group_tally t join agreement a on a.id = t.agreement_id
    where a.slug = @agreement and (@group = '' or t.stakeholder_group = @group))
  else (select count(*) from matching) end`

const organizationRows = `select ` + organizationColumns + postgres.FromChosen + `join organization o on o.id = chosen.id` + postgres.ByPlace

// Organizations lists organizations by name.
func (s *Store) Organizations(ctx context.Context, f norms.OrganizationFilter, p norms.Page) (norms.List[norms.OrganizationRow], error) {
	args := pgx.StrictNamedArgs{"group": f.StakeholderGroup, "agreement": f.Agreement, "q": postgres.Containing(f.Q)}
	return naming.List[norms.OrganizationRow](ctx, s.names, "the organizations", postgres.Listing{Matching: organizationMatching, Total: organizationTotal, Rows: organizationRows}, args, p, f.Names()...)
}

// newestFirst turns the date of a source s into a key that sorts the later one
// first, and one that is not known last.
const newestFirst = `translate(s.published_on, '0123456789-', '9876543210~') || chr(127) collate "C"`

var organizationBySlug = `
select ` + organizationColumns + `, o.id, o.version, coalesce(a.slug, '') as agreement, o.url, o.summary,
  (` + initiativesPart("(select count(*) from initiative i where i.organization_id = o.id)", "i.organization_id = o.id") + `) as initiative_list,
  (` + partOf("(select count(*) from source s where s.organization_id = o.id)", `
      select `+sourceColumns+`, chosen.key, chosen.id
      from `+afterPart(`
        select s.id, `+newestFirst+` as key from source s where s.organization_id = o.id`, "sources")+`
      join source s on s.id = chosen.id`+sourceJoins) + `) as source_list,
  (` + factsBegin + `f.kind = 'organization' and f.entity = o.slug` + factsEnd + `) as fact_list,
  (` + statementsPart("q.organization_id = o.id") + `) as statement_list,
  (` + reviewsPart("v.organization_id = o.id") + `) as review_list,
  (` + rulingsPart("d.organization_id = o.id") + `) as ruling_list
from organization o
left join agreement a on a.id = o.agreement_id
where o.slug = @slug`

type organizationRecord struct {
	norms.Organization
	InitiativeList jsonPage[norms.InitiativeRow]
	SourceList     jsonPage[norms.SourceRow]
	FactList       []norms.FactRow
	StatementList  jsonPage[norms.StatementRow]
	ReviewList     jsonPage[norms.CellReviewRow]
	RulingList     jsonPage[norms.RulingRow]
}

// Organization reads an organization with everything its page shows; its
// initiatives are those that it carries out. Errors as of [Store.Agreement].
func (s *Store) Organization(ctx context.Context, slug string) (norms.Organization, error) {
	return s.OrganizationAt(ctx, slug, norms.PartPage{})
}

// OrganizationAt is Organization with one of its lists further on: initiatives,
// sources, statements, reviews or rulings.
func (s *Store) OrganizationAt(ctx context.Context, slug string, at norms.PartPage) (norms.Organization, error) {
	args, err := partArgs(at, "initiatives", "sources", "statements", "reviews", "rulings")
	if err != nil {
		return norms.Organization{}, err
	}
	r, err := naming.BySlugAnd[organizationRecord](ctx, s.names, "organization", slug, organizationBySlug, args)
	if err != nil {
		return norms.Organization{}, err
	}
	o := r.Organization
	o.More, o.Facts = newParts(at), r.FactList
	o.Initiatives = r.InitiativeList.shown(&o.More, "initiatives", at)
	o.Sources = r.SourceList.shown(&o.More, "sources", at)
	o.Statements = r.StatementList.shown(&o.More, "statements", at)
	o.Cells = norms.CellNotes{Reviews: r.ReviewList.shown(&o.More, "reviews", at), Rulings: r.RulingList.shown(&o.More, "rulings", at)}
	args = pgx.StrictNamedArgs{"organization": o.ID, "relations": norms.AdherenceRelations}
	o.Adherences, err = postgres.Collect[norms.AdherenceRow](ctx, s.db, "the adherences of "+slug, adherencesOfOrganization, args)
	return o, err
}
