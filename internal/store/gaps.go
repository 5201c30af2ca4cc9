package store

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
)

const principlesWithout = `
select ` + principleColumns + ` from principle p` + principleJoins + `
where n.current and f.links = 0
order by n.agreement, e.position, e.id, p.position, p.id`

// standings pairs organizations and agreements by adherence and by evidence.
const standings = `
  select o.slug as organization, o.name as organization_name, o.stakeholder_group, a.slug as agreement, a.short_title as agreement_title,
    array(select r.relation from unnest(@relations::text[]) with ordinality as r (relation, place)
      where r.relation in (select d.relation from adherence d where d.organization_id = o.id and d.agreement_id = a.id)
      order by r.place) as relations,
    coalesce(f.links, 0) as links, coalesce(f.initiatives, 0) as initiatives, o.id as organization_id, a.id as agreement_id
  from (select distinct organization_id, agreement_id from adherence where relation = any (@commits)) d
  full join (
    select t.organization_id, t.about_id as agreement_id, t.links, t.initiatives
    from organization_tally t
    where t.about = 'agreement' and t.links > 0
  ) f on f.organization_id = d.organization_id and f.agreement_id = d.agreement_id
  join organization o on o.id = coalesce(d.organization_id, f.organization_id)
  join agreement a on a.id = coalesce(d.agreement_id, f.agreement_id)`

// addresseeGaps looks at links, and at what unresolved citations may mean. What
// a person decided stands before the rule, which comes as pairs of an addressee and
// a group; where a word has no rule, nothing is said.
const addresseeGaps = `
  select i.slug as initiative, i.title as initiative_title, o.slug as organization, o.name as organization_name, o.stakeholder_group,
    n.ref as principle, n.name as principle_name, n.title as principle_title, p.addressees, coalesce(d.rationale, '') as ruling, v.link, v.citation, v.reference, v.reason, v.place
  from (
    select l.initiative_id, l.principle_id, l.id as link, 0 as citation, '' as reference, '' as reason, 0 as place
    from link l
    join principle q on q.id = l.principle_id
    join edition e on e.id = q.edition_id
    where e.current and ` + counts + `
    union all
    select t.initiative_id, k.principle_id, 0, c.id, r.text, k.reason, k.position
    from citation c
    join citation_candidate k on k.citation_id = c.id
    join reference r on r.id = c.reference_id
    join citation_line t on t.id = r.line_id
    join principle q on q.id = k.principle_id
    join edition e on e.id = q.edition_id
    where e.current and ` + unresolved + `
  ) v
  join initiative i on i.id = v.initiative_id
  join organization o on o.id = i.organization_id
  join principle p on p.id = v.principle_id
  join principle_name n on n.id = p.id
  left join addressee_ruling d on d.principle_id = p.id and d.organization_id = o.id
  where coalesce(d.outside, p.addressees <> '{}' and o.stakeholder_group <> '' and p.addressees <@ @addressees::text[]
    and not exists (select from unnest(@addressees::text[], @groups::text[]) as fit (addressee, "group")
      where fit.addressee = any (p.addressees) and fit."group" = o.stakeholder_group))`

const promises = `
  select i.slug as initiative, i.title, o.slug as organization, o.name as organization_name, i.status, i.status_note, i.due_on,
    coalesce(s.slug, '') as source, coalesce(s.title, '') as source_title, i.id
  from initiative i
  join organization o on o.id = i.organization_id
  left join source s on s.id = i.source_id
  where i.status = 'planned' or i.status = 'ongoing' and i.due_on <> ''`

// withoutAddress looks at initiatives with links and at the sources of those.
const withoutAddress = `
  with evident as (
    select i.id, i.slug, i.title, i.url, i.organization_id, i.source_id
    from initiative i
    where exists (select from link l where l.initiative_id = i.id and ` + counts + `)
  )
  select 'initiative' as kind, i.slug, i.title, o.name as "by", coalesce(s.slug, '') as source, coalesce(s.title, '') as source_title,
    coalesce(nullif(s.url, ''), s.archive_url, '') as source_url, i.id
  from evident i
  join organization o on o.id = i.organization_id
  left join source s on s.id = i.source_id
  where i.url = ''
  union all
  select 'source', s.slug, s.title, s.publisher, '', '', '', s.id
  from source s
  where s.url = '' and s.archive_url = '' and s.id in (select source_id from evident)`

// contestedLinks are counted links with which somebody disagrees.
const contestedLinks = `
  select ` + linkColumns + ` from link l` + linkJoins + `
  where n.current and ` + counts + ` and ` + disputed

// reviewedGaps are cells that were reviewed, and of which no link is recorded.
const reviewedGaps = `
  select ` + reviewColumns + `, m.agreement, m.position` + reviewJoins + `
  where m.current and not exists (select from link l join initiative i on i.id = l.initiative_id
    where l.principle_id = v.principle_id and i.organization_id = v.organization_id and ` + counts + `)`

// otherGaps are several lists in one statement.
const otherGaps = `
select
  (select coalesce(json_agg(x order by lower(x.organization_name), x.organization_id, lower(x.agreement_title), x.agreement_id), '[]')
   from (` + standings + `) x) as adherences,
  (select coalesce(json_agg(x order by x.citation, x.place, x.link), '[]') from (` + addresseeGaps + `) x) as addressees,
  (select coalesce(json_agg(x order by x.id), '[]') from (` + contestedLinks + `) x) as contested,
  (select coalesce(json_agg(x order by x.agreement, x.position, x.organization, x.id), '[]') from (` + reviewedGaps + `) x) as reviewed,
  (select coalesce(json_agg(x order by x.due_on = '', x.due_on, lower(x.title), x.id), '[]') from (` + promises + `) x) as promises,
  (select coalesce(json_agg(x order by x.kind, lower(x.title), x.id), '[]') from (` + withoutAddress + `) x) as addresses`

type otherGapLists struct {
	Adherences []norms.StandingRow
	Addressees []norms.AddresseeGap
	Contested  []norms.LinkRow
	Reviewed   []norms.CellReviewRow
	Promises   []norms.Promise
	Addresses  []norms.NoAddress
}

// Gaps reads what has no recorded evidence on current editions, and what waits
// for a decision, a date or an address, as seen on a day.
func (s *Store) Gaps(ctx context.Context, day time.Time) (norms.Gaps, error) {
	g := norms.Gaps{Day: norms.Date(day.UTC().Format(time.DateOnly))}
	var err error
	none := pgx.StrictNamedArgs{}
	if g.Principles, err = collect[norms.PrincipleRow](ctx, s.db, "the principles without evidence", principlesWithout, none); err != nil {
		return g, err
	}
	if g.Unresolved, err = collect[norms.CitationRow](ctx, s.db, "the unresolved citations", citationsUnresolved, none); err != nil {
		return g, err
	}
	found, err := collect[otherGapLists](ctx, s.db, "the other gaps", otherGaps, otherGapArgs())
	if err != nil {
		return g, err
	}
	o := found[0] // the statement has exactly one row
	g.Adherences, g.Addressees, g.Promises, g.Addresses = o.Adherences, o.Addressees, o.Promises, o.Addresses
	g.Contested, g.Reviewed = o.Contested, o.Reviewed
	for i := range g.Adherences {
		g.Adherences[i].Place()
	}
	slices.SortStableFunc(g.Adherences, func(a, b norms.StandingRow) int {
		return slices.Index(norms.Standings, a.Standing) - slices.Index(norms.Standings, b.Standing)
	})
	for i := range g.Promises {
		g.Promises[i].LookedAt(day)
	}
	return g, nil
}

func otherGapArgs() pgx.StrictNamedArgs {
	commits := slices.DeleteFunc(slices.Clone(norms.AdherenceRelations), func(r norms.AdherenceRelation) bool { return !r.Commits() })
	var addressees []norms.Addressee
	var groups []norms.StakeholderGroup
	for _, a := range norms.Addressees {
		for _, g := range a.Groups() {
			addressees, groups = append(addressees, a), append(groups, g)
		}
	}
	return pgx.StrictNamedArgs{"relations": norms.AdherenceRelations, "commits": commits, "addressees": addressees, "groups": groups}
}
