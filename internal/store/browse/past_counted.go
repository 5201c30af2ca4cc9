package browse

import (
	"strings"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// countedOf are the tallies that a statement about the past names, each counted
// once: they have the names of the views, which would be counted anew wherever
// they are named, and for each row that looks something up in one. Those that
// nothing names are not counted. Of are the tallies that are asked for.
func countedOf(of string) string {
	return `
organization_tally as materialized (
  select t.organization_id, t.about, t.about_id, t.stakeholder_group, t.links, t.contested, t.curator_links, t.third_party_links, t.possibly_cited,
    t.initiatives, t.settled
  from organization_tally t
  where ` + of + `
),
group_tally as materialized (
  select t.about, t.about_id, t.stakeholder_group, sum(t.links)::int as links, sum(t.contested)::int as contested,
    sum(t.curator_links)::int as curator_links, sum(t.third_party_links)::int as third_party_links, sum(t.possibly_cited)::int as possibly_cited,
    sum(t.initiatives)::int as initiatives, count(*)::int as organizations, count(*) filter (where t.links > 0)::int as evident,
    count(*) filter (where t.settled = 'contested')::int as contested_cells, count(*) filter (where t.settled = 'cited')::int as cited_cells,
    count(*) filter (where t.settled = 'reviewed_none_found')::int as reviewed_cells,
    count(*) filter (where t.settled = 'outside_addressee')::int as outside_cells, count(*) filter (where t.settled = 'not_reviewed')::int as inside_cells
  from organization_tally t
  group by t.about, t.about_id, t.stakeholder_group
),
adherence_tally as materialized (
  select d.organization_id, d.agreement_id, o.stakeholder_group, d.adherences, d.signed, coalesce(t.links > 0, false) as evident,
    t.organization_id is null as bare
  from (
    select d.organization_id, x.agreement_id, x.about, count(*)::int as adherences,
      bool_or(d.relation in ('signed', 'endorsed', 'supported', 'participant', 'party')) as signed
    from adherence d
    cross join lateral (values (d.agreement_id, 'agreement'), (0, 'record')) x (agreement_id, about)
    group by d.organization_id, x.agreement_id, x.about) d
  join organization o on o.id = d.organization_id
  left join organization_tally t on t.organization_id = d.organization_id and t.about = d.about and t.about_id = d.agreement_id
),
adherence_group_tally as materialized (
  select t.agreement_id, t.stakeholder_group, count(*)::int as organizations, sum(t.adherences)::int as adherences, count(*) filter (where t.signed)::int as signed,
    count(*) filter (where t.signed and t.evident)::int as met, count(*) filter (where t.bare)::int as bare
  from adherence_tally t
  group by t.agreement_id, t.stakeholder_group
)`
}

// Which tallies statements ask for.
const (
	ofAll        = `true`
	ofAsked      = `t.about = @about`
	ofPrinciples = `t.about = 'principle'`
)

// ofCells are the tallies that the rows and the cells of a coverage ask for: those
// of groups count the members of each, too.
func ofCells(f norms.CoverageFilter) string {
	if coverageKind(f) == "kept groups" {
		return `t.about in ('principle', @about::text)`
	}
	return ofPrinciples
}

// counted is a statement with its tallies counted once, where s looks at the
// past. What looks things up in what is kept, one by one, joins what was counted.
func (s *Store) counted(sql, of string) string {
	if postgres.AsOf(s.db) == 0 {
		return sql
	}
	sql = strings.ReplaceAll(strings.TrimSpace(sql), " offset 0", "")
	if rest, with := strings.CutPrefix(sql, "with "); with {
		return "\nwith" + countedOf(of) + ",\n" + rest
	}
	return "\nwith" + countedOf(of) + "\n" + sql
}
