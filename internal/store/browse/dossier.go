package browse

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/naming"
	"normmap/internal/store/postgres"
)

// dossierPart is how many of a list that waits for somebody a dossier shows.
const dossierPart = `limit 30`

// claimedBy holds for links l of initiatives i that are the claim of the
// subject: it asserts them or carries the initiative out.
const claimedBy = `(l.asserter_id = (select id from subject) or i.organization_id = (select id from subject))`

// waitingFor are the assessments that the subject may still answer.
const waitingFor = `
    from assessment h
    join link l on l.id = h.link_id
    join initiative i on i.id = l.initiative_id
    where ` + claimedBy + ` and not exists (select from answer r where r.assessment_id = h.id)`

// undecidedOf are the citations in what the subject does or reports that wait
// for a decision.
const undecidedOf = `
    where (i.organization_id = (select id from subject) or i.reported_by_id = (select id from subject)) and ` + unresolved

const dossierBySlug = `
with subject as (
  select id from organization where slug = @slug
)
select ` + organizationColumns + `,
  (select count(*)` + waitingFor + `) as waiting_total,
  (select coalesce(json_agg(x order by x.id), '[]') from (
    select ` + assessmentColumns + `, i.slug as initiative, i.title as initiative_title,
      n.ref as principle, n.name as principle_name, n.title as principle_title` + assessmentJoins + `
    join link l on l.id = h.link_id
    join initiative i on i.id = l.initiative_id
    join principle_name n on n.id = l.principle_id
    where h.id in (select h.id` + waitingFor + ` order by h.id ` + dossierPart + `)) x) as waiting,
  (select count(*) from citation c` + citationJoins + undecidedOf + `) as citation_total,
  (select coalesce(json_agg(x order by x.turn), '[]') from (
    select ` + citationColumns + `, row_number() over (` + asPrinted + `) as turn
    from citation c` + citationJoins + undecidedOf + `
    order by turn ` + dossierPart + `) x) as citations,
  (select coalesce(json_agg(x order by x.agreement, x.edition, x.position, x.principle), '[]') from (
    select n.ref as principle, n.name as principle_name, n.title as principle_title, n.agreement, n.edition, n.position,
      count(*) as links, count(*) filter (where ` + disputed + `) as contested
    from link l
    join initiative i on i.id = l.initiative_id
    join principle_name n on n.id = l.principle_id
    where i.organization_id = (select id from subject) and n.current and ` + Counts + `
    group by n.ref, n.name, n.title, n.agreement, n.edition, n.position
    having bool_or(` + disputed + `)) x) as contested,
  (select coalesce(json_agg(x order by lower(x.agreement_title), x.since, x.id), '[]') from (
    select ` + adherenceColumns + ` from adherence d` + adherenceJoins + `
    where d.organization_id = (select id from subject)) x) as adherences,
  (` + statementsBegin + `q.organization_id = (select id from subject)` + statementsEnd + `) as statements
from organization o
where o.slug = @slug`

const dossierMatching = `
with subject as (
  select id from organization where slug = @organization
),
matching as (
  select i.id, ` + initiativeKey + ` as key
  from initiative i` + initiativeJoins + `
  where i.organization_id = (select id from subject) or i.reported_by_id = (select id from subject)
    or i.id in (select initiative_id from link where asserter_id = (select id from subject))
)`

const dossierInitiatives = `select ` + initiativeColumns + `, b.slug as reported_by, b.name as reported_by_name` +
	postgres.FromChosen + `join initiative i on i.id = chosen.id` + initiativeJoins + `
join organization b on b.id = i.reported_by_id` + postgres.ByPlace

const dossierLinks = `
select ` + linkColumns + `, coalesce(y.name, '') as decided_by, coalesce(k.note, '') as note,
  (select coalesce(json_agg(x order by x.id), '[]') from (
    select ` + assessmentColumns + assessmentJoins + `
    where h.link_id = l.id) x) as assessments
from link l` + linkJoins + `
left join citation k on k.id = c.id
left join account y on y.id = k.decided_by_id
where i.slug = any (@initiatives)
order by i.slug, lower(n.agreement_title), e.position, n.position, l.origin, l.id`

// Dossier reads what is recorded in the name of an organization, with a page
// of its initiatives. Errors as of [Store.Agreement].
func (s *Store) Dossier(ctx context.Context, slug string, p norms.Page) (norms.Dossier, error) {
	type record struct {
		norms.OrganizationRow
		Waiting       []norms.WaitingAssessment
		WaitingTotal  int
		Citations     []norms.CitationRow
		CitationTotal int
		Contested     []norms.ContestedCell
		Adherences    []norms.AdherenceRow
		Statements    []norms.StatementRow
	}
	r, err := naming.BySlug[record](ctx, s.names, "organization", slug, dossierBySlug)
	if err != nil {
		return norms.Dossier{}, err
	}
	d := norms.Dossier{OrganizationRow: r.OrganizationRow, Waiting: r.Waiting, WaitingTotal: r.WaitingTotal, Citations: r.Citations,
		CitationTotal: r.CitationTotal, Contested: r.Contested, Adherences: r.Adherences, Statements: r.Statements}
	args := pgx.StrictNamedArgs{"organization": slug}
	if d.Initiatives, err = naming.List[norms.DossierInitiative](ctx, s.names, "the initiatives of "+slug, postgres.Listing{Matching: dossierMatching, Rows: dossierInitiatives}, args, p); err != nil {
		return d, err
	}
	return d, s.claims(ctx, d.Initiatives.Items)
}

// claims reads the links of initiatives.
func (s *Store) claims(ctx context.Context, list []norms.DossierInitiative) error {
	at, slugs := map[string]int{}, make([]string, len(list))
	for i, row := range list {
		at[row.Slug], slugs[i] = i, row.Slug
	}
	found, err := postgres.Collect[norms.DossierLink](ctx, s.db, "links", dossierLinks, pgx.StrictNamedArgs{"initiatives": slugs})
	for _, l := range found {
		i := at[l.Initiative]
		list[i].Claims = append(list[i].Claims, l)
	}
	return err
}
