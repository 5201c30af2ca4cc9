package browse

import (
	"context"
	"maps"
	"math"
	"strings"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// What a coverage is about: inScope holds for principles, with the aliases e
// and a for edition and agreement; ofActor for organizations, with the alias
// o. columnKey is the key of an organization's column.
const (
	inScope   = `(cardinality(@agreements::text[]) = 0 or a.slug = any (@agreements)) and (@edition = '' and e.current or e.slug = @edition)`
	ofActor   = `(@organization = '' or o.slug = @organization) and (@group = '' or o.stakeholder_group = @group)`
	columnKey = `case @by when 'organization' then o.slug else o.stakeholder_group end`
)

// coverageScope is where the statements of a coverage begin: the principles.
const coverageScope = `
with scope as materialized (
  select p.id
  from principle p
  join edition e on e.id = p.edition_id
  join agreement a on a.id = e.agreement_id
  where ` + inScope + `
)`

// disputed holds for links l with which somebody disagrees.
const disputed = `exists (select from assessment s where s.link_id = l.id and s.view = 'disagrees')`

// stands holds for organizations o that stand to one of the agreements in any
// way: they have cells, whether or not there is evidence. With limit it is looked
// up for each that is asked about, and not for all there are.
const stands = `coalesce((select true from adherence d join agreement a on a.id = d.agreement_id
      where d.organization_id = o.id and (cardinality(@agreements::text[]) = 0 or a.slug = any (@agreements)) limit 1), false)`

// coverageCounted goes on with what is counted for each organization: all of
// the record, or an agreement, have been counted; other choices are counted from
// the evidence, since an initiative may be about several of the principles.
const coverageCounted = `,
counted as materialized (
  select t.organization_id, t.links, t.contested, t.curator_links, t.third_party_links, t.possibly_cited, t.initiatives
  from organization_tally t
  where @about <> 'principle' and t.about = @about
    and t.about_id = case @about when 'agreement' then (select id from agreement where slug = any (@agreements)) else 0 end
    and (@organization = '' or t.organization_id = (select id from organization where slug = @organization))
  union all
  select v.organization_id, ` + tally + `
  from evidence v
  where @about = 'principle' and v.principle_id in (select id from scope)
    and (@organization = '' or v.organization_id = (select id from organization where slug = @organization))
  group by v.organization_id
)`

// coverageMembers goes on with the organizations of each group that have cells:
// a group was reviewed when all of them were. Rulings are about organizations.
const coverageMembers = coverageCounted + `,
member as (
  select o.stakeholder_group as key, count(*) as organizations
  from organization o
  where ` + ofActor + ` and (o.id in (select organization_id from counted) or ` + stands + `)
  group by o.stakeholder_group
)`

// Cells of organizations, or of groups, with the state that what is on record
// settles; "" where the state follows from the addressees.
const (
	cellsOfOrganizations = cellOfOrganization + `
  from organization_tally t
  join organization o on o.id = t.organization_id
  where t.about = 'principle' and t.about_id in (select id from scope) and ` + ofActor + `
)`
	// cellsOfOne are those of one organization: they are looked up by it, whatever
	// a database expects of a name.
	cellsOfOne = cellOfOrganization + `
  from organization o
  cross join lateral (
    select t.about_id, t.links, t.contested, t.curator_links, t.third_party_links, t.possibly_cited, t.initiatives, t.settled
    from organization_tally t where t.organization_id = o.id and t.about = 'principle' offset 0
  ) t
  where t.about_id in (select id from scope) and ` + ofActor + `
)`
	cellOfOrganization = `,
cell as (
  select t.about_id as principle_id, ` + columnKey + ` as key, o.stakeholder_group, t.links, t.contested, t.curator_links, t.third_party_links,
    t.possibly_cited, t.initiatives, case when @by = 'organization' or t.links > 0 or t.settled = 'reviewed_none_found' then t.settled else '' end as state, 1 as cells`
	cellsOfGroups = `,
cell as (
  select t.about_id as principle_id, t.stakeholder_group as key, t.stakeholder_group, t.links, t.contested, t.curator_links, t.third_party_links,
    t.possibly_cited, t.initiatives, case when t.contested > 0 then 'contested' when t.links > 0 then 'cited'
      when t.reviewed_cells > 0 and t.reviewed_cells = (select organizations from member m where m.key = t.stakeholder_group) then 'reviewed_none_found'
      else '' end as state, 1 as cells
  from group_tally t
  where t.about = 'principle' and t.about_id in (select id from scope) and (@group = '' or t.stakeholder_group = @group) and t.organizations > 0
)`
	// cellsInGroups are the cells of all organizations, added up by group.
	cellsInGroups = `,
cell as (
  select t.about_id as principle_id, t.stakeholder_group, t.links, t.contested, t.curator_links, t.third_party_links,
    t.possibly_cited, t.initiatives, s.state, s.cells
  from group_tally t
  cross join lateral (values ('', 0), ('contested', t.contested_cells), ('cited', t.cited_cells), ('reviewed_none_found', t.reviewed_cells),
    ('outside_addressee', t.outside_cells), ('not_reviewed', t.inside_cells)) s (state, cells)
  where t.about = 'principle' and t.about_id in (select id from scope) and (@group = '' or t.stakeholder_group = @group) and (s.cells > 0 or s.state = '')
)`
)

// tally counts evidence, which has the alias v. A citation that may mean
// several principles is one citation.
const tally = `count(*) filter (where v.what = 'contributor') as links,
  count(*) filter (where v.contested) as contested,
  count(*) filter (where v.what = 'curator') as curator_links,
  count(*) filter (where v.what = 'third_party') as third_party_links,
  count(distinct v.citation_id) filter (where v.what = 'possible') as possibly_cited,
  count(distinct v.initiative_id) filter (where v.what = 'contributor') as initiatives`

// added adds tallies up.
const added = `coalesce(sum(links), 0) as links, coalesce(sum(contested), 0) as contested,
    coalesce(sum(curator_links), 0) as curator_links, coalesce(sum(third_party_links), 0) as third_party_links,
    coalesce(sum(possibly_cited), 0) as possibly_cited, coalesce(sum(initiatives), 0) as initiatives`

// coverageOnce goes on with what is one row for each principle and group.
const coverageOnce = `,
once as (
  select principle_id, ` + added + `
  from cell where not @apart or state = ''
  group by principle_id
)`

// coverageRows ends a statement that gives the principles; settled counts the
// cells by state.
const coverageRows = coverageOnce + `,
settled as (
  select principle_id, json_agg(json_build_object('stakeholder_group', stakeholder_group, 'settled', state, 'cells', cells)) as list
  from (select principle_id, stakeholder_group, state, sum(cells) as cells from cell where state <> '' group by principle_id, stakeholder_group, state) x
  group by principle_id
)
select p.id, n.ref, n.agreement, n.agreement_title, n.edition, n.edition_title, n.current, n.noun, n.number, n.title, p.addressees,
  coalesce(f.links, 0) as links, coalesce(f.contested, 0) as contested, coalesce(f.curator_links, 0) as curator_links,
  coalesce(f.third_party_links, 0) as third_party_links, coalesce(f.possibly_cited, 0) as possibly_cited,
  coalesce(f.initiatives, 0) as initiatives, coalesce(s.list, '[]') as settled,
  ` + repealedBegin + `a.id` + repealedEnd + `
from principle p
join edition e on e.id = p.edition_id
join agreement a on a.id = e.agreement_id
join principle_name n on n.id = p.id
left join once f on f.principle_id = p.id
left join settled s on s.principle_id = p.id
where ` + inScope + `
order by lower(n.agreement_title), n.agreement, e.position, e.id, p.position, p.id`

const coverageCells = `
select principle_id, key, links, contested, curator_links, third_party_links, possibly_cited, initiatives, state
from cell
where key = any (@keys)
order by principle_id, key`

// coverageSQL are the statements for the rows and for the cells of a coverage,
// by what its cells are.
var coverageSQL = map[string]struct{ rows, cells string }{
	"organizations": {coverageScope + cellsInGroups + coverageRows, coverageScope + cellsOfOrganizations + coverageCells},
	"groups":        {coverageScope + coverageMembers + cellsOfGroups + coverageRows, coverageScope + coverageMembers + cellsOfGroups + coverageCells},
	"kept groups":   {coverageScope + keptMembers + cellsOfGroups + coverageRows, coverageScope + keptMembers + cellsOfGroups + coverageCells},
	"one":           {coverageScope + cellsOfOne + coverageRows, coverageScope + cellsOfOne + coverageCells},
}

// coverageKind says which statements answer a filter.
func coverageKind(f norms.CoverageFilter) string {
	switch {
	case f.Organization != "":
		return "one"
	case f.By == norms.ByStakeholderGroup && keptWhole(f):
		return "kept groups"
	case f.By == norms.ByStakeholderGroup:
		return "groups"
	}
	return "organizations"
}

// keptWhole tells whether what the columns of a filter have on record is kept
// for each stakeholder group, so that nothing need be added up.
func keptWhole(f norms.CoverageFilter) bool {
	return f.Organization == "" && coverageAbout(f) != "principle"
}

type coverageRow struct {
	norms.CoverageRow
	Settled []settledCells
}

// settledCells are cells of a principle, in columns of one stakeholder group,
// on which something is recorded; Settled is "" where that decides nothing.
type settledCells struct {
	StakeholderGroup norms.StakeholderGroup `json:"stakeholder_group"`
	Settled          norms.CellState        `json:"settled"`
	Cells            int                    `json:"cells"`
}

type coverageCell struct {
	PrincipleID int64
	Key         string
	norms.CoverageCell
}

// Coverage reads the matrix of principles and of one page of its columns:
// organizations by name, those with evidence first, or the stakeholder groups.
func (s *Store) Coverage(ctx context.Context, f norms.CoverageFilter, p norms.Page) (norms.Coverage, error) {
	return s.CoverageUpTo(ctx, f, p, math.MaxInt)
}

// CoverageUpTo is Coverage with the agreements in place of their principles
// where those are more than most, unless one agreement is asked for.
func (s *Store) CoverageUpTo(ctx context.Context, f norms.CoverageFilter, p norms.Page, most int) (norms.Coverage, error) {
	c := norms.Coverage{By: f.By}
	columns, err := s.coverageColumns(ctx, f, p)
	if err != nil {
		return c, err
	}
	c.Total, c.Evidence, c.LeftOut = columns.Total, columns.Evidence, columns.LeftOut
	if len(columns.Columns) > p.Size() {
		columns.Columns = columns.Columns[:p.Size()]
		last := columns.Columns[p.Size()-1]
		c.Next = new(postgres.Cursor{Key: last.Place, ID: last.ID}.String())
	}
	c.Columns = make([]norms.CoverageColumn, len(columns.Columns))
	for i, col := range columns.Columns {
		c.Columns[i] = col.CoverageColumn
	}
	if columns.Principles > most && len(f.Agreements) != 1 {
		c.All.Initiatives, c.All.PossiblyCited = columns.Initiatives, columns.PossiblyCited
		return c, s.coverageOfAgreements(ctx, &c, f)
	}
	sql := coverageSQL[coverageKind(f)].rows
	rows, err := postgres.Collect[coverageRow](ctx, s.db, "the principles of the coverage", sql, argsIn(sql, coverageArgs(f)))
	if err != nil {
		return c, err
	}
	c.Rows, c.All = coverageTotals(rows, columns.Groups)
	c.All.Initiatives, c.All.PossiblyCited = columns.Initiatives, columns.PossiblyCited
	return c, s.coverageCells(ctx, &c, f)
}

func coverageArgs(f norms.CoverageFilter) pgx.StrictNamedArgs {
	agreements := f.Agreements
	if agreements == nil {
		agreements = []string{} // not null, which would choose nothing
	}
	return pgx.StrictNamedArgs{"by": f.By, "agreements": agreements, "edition": f.Edition, "organization": f.Organization, "group": f.StakeholderGroup,
		"about": coverageAbout(f), "apart": coverageKind(f) == "organizations"}
}

// argsIn are those of the arguments that a statement has.
func argsIn(sql string, args pgx.StrictNamedArgs) pgx.StrictNamedArgs {
	maps.DeleteFunc(args, func(name string, _ any) bool { return !strings.Contains(sql, "@"+name) })
	return args
}

// coverageAbout says for which of the tallies of organizations a filter asks.
func coverageAbout(f norms.CoverageFilter) string {
	switch {
	case f.Edition != "" || len(f.Agreements) > 1:
		return "principle"
	case len(f.Agreements) == 1:
		return "agreement"
	}
	return "record"
}
