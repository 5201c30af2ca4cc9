package browse

import (
	"strings"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// countedOf are the tallies that a statement about the past names, each counted
// once: they have the names of the views, which would be counted anew wherever
// they are named, and for each row that looks something up in one. Those that
// nothing names are not counted. Of says which tallies of organizations, t, are.
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

// ofAsked are the tallies of organizations that the columns of a coverage ask for.
// What was counted is materialized, so what is asked must be said here, and as a
// value, which the views look up first.
const ofAsked = `t.about = @about
    and t.about_id = case @about when 'agreement' then (select id from agreement where slug = any (@agreements)) else 0 end`

// ofCells are the tallies that the rows or the cells of a coverage ask for: those
// of groups count the members of each, too. Principles are named where they are
// not all.
func ofCells(f norms.CoverageFilter) string {
	of := `t.about = 'principle'`
	if coverageKind(f) == "kept groups" {
		of = `t.about in ('principle', @about::text)`
	}
	if len(f.Agreements) > 0 || f.Edition != "" {
		of += ` and (t.about <> 'principle' or t.about_id = any (array(select id from scope)))`
	}
	if f.Organization != "" {
		of += ` and t.organization_id = (select id from organization where slug = @organization)`
	}
	return of
}

// ofColumns narrows the tallies of a coverage to the organizations whose columns
// are shown.
func ofColumns(f norms.CoverageFilter) string {
	if f.By != norms.ByOrganization {
		return ofCells(f)
	}
	return ofCells(f) + ` and t.organization_id = any (array(select id from organization where slug = any (@keys)))`
}

// ofFolded is the same for the agreements of a coverage.
func ofFolded(f norms.CoverageFilter) string {
	if coverageKind(f) == "one" {
		return ofCells(f)
	}
	return `t.about = 'principle' and t.organization_id = any (array(select id from organization where slug = any (@keys)))`
}

// tallyThen is tallyOfGroups for the past: it counts what an agreement shows, not
// what organizations have on record of each principle.
const tallyThen = `,
cell as materialized (
  select v.principle_id, v.stakeholder_group as key, v.stakeholder_group, count(*) filter (where v.what = 'contributor') as links,
    count(*) filter (where v.contested) as contested, count(*) filter (where v.what = 'curator') as curator_links,
    count(*) filter (where v.what = 'third_party') as third_party_links, 0 as possibly_cited, 0 as initiatives, '' as state
  from evidence v
  where v.principle_id in (select id from scope) and (@group = '' or v.stakeholder_group = @group)
  group by v.principle_id, v.stakeholder_group
)`

// ofGaps are the tallies that each list of gaps asks for.
func ofGaps(show norms.GapSection) string {
	switch show {
	case "":
		return `t.about in ('principle', 'agreement')`
	case norms.GapAddressees, norms.GapReviewed:
		return `t.about = 'principle'`
	}
	return `t.about = 'agreement'`
}

// counted is a statement with its tallies counted once, where s looks at the
// past. What looks things up in what is kept, one by one, joins what was counted.
func (s *Store) counted(sql, of string) string {
	if postgres.AsOf(s.db) == 0 {
		return sql
	}
	sql = strings.ReplaceAll(sql, " offset 0", "")
	if rest, scoped := strings.CutPrefix(sql, coverageScope); scoped {
		return coverageScope + "," + countedOf(of) + rest
	}
	if rest, with := strings.CutPrefix(sql, "\nwith "); with {
		return "\nwith" + countedOf(of) + ",\n" + rest
	}
	return "\nwith" + countedOf(of) + sql
}

// folded is counted for the agreements of a coverage. A group of the past is
// counted from the evidence, an organization as that on which its tallies are.
func (s *Store) folded(sql string, f norms.CoverageFilter) string {
	switch {
	case postgres.AsOf(s.db) == 0:
		return sql
	case strings.Contains(sql, tallyOfGroups):
		return strings.Replace(sql, tallyOfGroups, tallyThen, 1)
	}
	return s.counted(sql, ofFolded(f))
}
