package store

import (
	"context"
	"maps"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
)

// What a coverage is about: inScope holds for principles, with the aliases e
// and a for edition and agreement; ofActor for organizations, with the alias
// o. columnKey is the key of an organization's column.
const (
	inScope   = `(cardinality(@agreements::text[]) = 0 or a.slug = any (@agreements)) and (@edition = '' and e.current or e.slug = @edition)`
	ofActor   = `(@organization = '' or o.slug = @organization) and (@group = '' or o.stakeholder_group = @group)`
	columnKey = `case @by when 'organization' then o.slug else o.stakeholder_group end`
)

// coverageBegin is where the statements of a coverage begin: every piece of
// evidence, and what people recorded about cells by themselves, gathered once.
// It joins tables by their keys only, since Postgres cannot know how many rows
// the filters keep.
const coverageBegin = `
with evidence as materialized (
  select l.principle_id, ` + columnKey + ` as key, o.stakeholder_group, o.id as organization_id, i.id as initiative_id, 0 as citation_id,
    l.origin as what, l.origin = 'contributor' and ` + disputed + ` as contested
  from link l
  join initiative i on i.id = l.initiative_id
  join organization o on o.id = i.organization_id
  join principle p on p.id = l.principle_id
  join edition e on e.id = p.edition_id
  join agreement a on a.id = e.agreement_id
  where l.relation = 'supports' and ` + inScope + ` and ` + ofActor + `
  union all
  select k.principle_id, ` + columnKey + `, o.stakeholder_group, o.id, i.id, c.id, 'possible', false
  from citation_candidate k
  join citation c on c.id = k.citation_id
  join reference r on r.id = c.reference_id
  join citation_line t on t.id = r.line_id
  join initiative i on i.id = t.initiative_id
  join organization o on o.id = i.organization_id
  join principle p on p.id = k.principle_id
  join edition e on e.id = p.edition_id
  join agreement a on a.id = e.agreement_id
  where c.resolution = 'ambiguous' and ` + inScope + ` and ` + ofActor + `
  union all
  select d.principle_id, ` + columnKey + `, o.stakeholder_group, o.id, 0, 0, d.what, false
  from (select principle_id, organization_id, 'reviewed' as what from cell_review
    union all select principle_id, organization_id, case when outside then 'outside' else 'inside' end from addressee_ruling) d
  join organization o on o.id = d.organization_id
  join principle p on p.id = d.principle_id
  join edition e on e.id = p.edition_id
  join agreement a on a.id = e.agreement_id
  where ` + inScope + ` and ` + ofActor + `
)`

// disputed holds for links l with which somebody disagrees.
const disputed = `exists (select from assessment s where s.link_id = l.id and s.view = 'disagrees')`

// stands holds for organizations o that stand to one of the agreements in any
// way: they have cells, whether or not there is evidence.
const stands = `exists (select from adherence d join agreement a on a.id = d.agreement_id
      where d.organization_id = o.id and (cardinality(@agreements::text[]) = 0 or a.slug = any (@agreements)))`

// coverageSettled goes on with the cells on which anything is recorded, and the
// state that this settles; "" where the state follows from the addressees. A
// group was reviewed when all its organizations that have cells were; rulings
// are about organizations.
const coverageSettled = `,
member as (
  select o.stakeholder_group as key, count(*) as organizations
  from organization o
  where @by = 'stakeholder_group' and ` + ofActor + ` and (o.id in (select organization_id from evidence) or ` + stands + `)
  group by o.stakeholder_group
),
cell as (
  select v.principle_id, v.key, v.stakeholder_group, ` + tally + `,
    case when bool_or(v.contested) then 'contested'
      when bool_or(v.what = 'contributor') then 'cited'
      when @by = 'organization' and bool_or(v.what = 'reviewed') then 'reviewed_none_found'
      when count(distinct v.organization_id) filter (where v.what = 'reviewed') = (select organizations from member m where m.key = v.key)
        then 'reviewed_none_found'
      when @by = 'organization' and bool_or(v.what = 'outside') then 'outside_addressee'
      when @by = 'organization' and bool_or(v.what = 'inside') then 'not_reviewed'
      else '' end as settled
  from evidence v
  group by v.principle_id, v.key, v.stakeholder_group
)`

// tally counts evidence, which has the alias v. A citation that may mean
// several principles is one citation.
const tally = `count(*) filter (where v.what = 'contributor') as links,
  count(*) filter (where v.contested) as contested,
  count(*) filter (where v.what = 'curator') as curator_links,
  count(*) filter (where v.what = 'third_party') as third_party_links,
  count(distinct v.citation_id) filter (where v.what = 'possible') as possibly_cited,
  count(distinct v.initiative_id) filter (where v.what = 'contributor') as initiatives`

const coverageRows = coverageBegin + coverageSettled + `,
found as (
  select v.principle_id, ` + tally + `
  from evidence v
  group by v.principle_id
)
select p.id, n.ref, n.agreement, n.agreement_title, n.edition, n.edition_title, n.current, n.noun, n.number, n.title, p.addressees,
  coalesce(f.links, 0) as links, coalesce(f.contested, 0) as contested, coalesce(f.curator_links, 0) as curator_links,
  coalesce(f.third_party_links, 0) as third_party_links, coalesce(f.possibly_cited, 0) as possibly_cited,
  coalesce(f.initiatives, 0) as initiatives,
  (select coalesce(json_agg(x), '[]') from (
    select c.stakeholder_group, c.settled, count(*) as cells
    from cell c where c.principle_id = p.id
    group by c.stakeholder_group, c.settled) x) as settled,
  ` + repealedBegin + `a.id` + repealedEnd + `
from principle p
join edition e on e.id = p.edition_id
join agreement a on a.id = e.agreement_id
join principle_name n on n.id = p.id
left join found f on f.principle_id = p.id
where ` + inScope + `
order by lower(n.agreement_title), n.agreement, e.position, e.id, p.position, p.id`

// coverageColumns are organizations with evidence, then those with but an
// adherence to one of the agreements, each by name; or all stakeholder groups,
// and organizations without one only where they have evidence.
const coverageColumns = coverageBegin + `,
found as (
  select v.key, ` + tally + `
  from evidence v
  group by v.key
),
possible as (
  select o.id, lower(o.name) as place, o.slug as key, o.name, o.stakeholder_group,
    ` + stands + ` as stands
  from organization o
  where @by = 'organization' and ` + ofActor + `
  union all
  select g.id, '', g.key, '', g.key, g.key <> ''
  from unnest(@groups::text[]) with ordinality as g (key, id)
  where @by = 'stakeholder_group' and (@group = '' or g.key = @group)
),
col as (
  select c.id, case when f.key is null and @by = 'organization' then '2' else '1' end || c.place as place,
    c.key, c.name, c.stakeholder_group, coalesce(f.links, 0) as links, coalesce(f.contested, 0) as contested,
    coalesce(f.curator_links, 0) as curator_links, coalesce(f.third_party_links, 0) as third_party_links,
    coalesce(f.possibly_cited, 0) as possibly_cited, coalesce(f.initiatives, 0) as initiatives
  from possible c
  left join found f on f.key = c.key
  where c.stands or f.key is not null
)
select (select count(*) from col) as total,
  (select count(*) from col where links > 0) as evidence,
  (select count(*) from possible) - (select count(*) from col) as left_out,
  (select count(distinct initiative_id) from evidence where what = 'contributor') as initiatives,
  (select count(distinct citation_id) from evidence where what = 'possible') as possibly_cited,
  (select coalesce(json_object_agg(stakeholder_group, columns), '{}') from (
    select stakeholder_group, count(*) as columns from col group by stakeholder_group) x) as groups,
  ` + coverageNamed + ` as named,
  (select coalesce(json_agg(x order by x.place, x.id), '[]') from (
    select id, place, key, name, stakeholder_group, links, contested, curator_links, third_party_links, possibly_cited, initiatives
    from col
    where @after_id::bigint is null or (place, id) > (@after_key::text, @after_id::bigint)
    order by place, id
    limit @limit) x) as columns`

// coverageNamed tells whether every name of the filter is one of a thing. What
// is wrong with one is looked at only then.
const coverageNamed = `(select count(*) from agreement a where a.slug = any (@agreements)) = cardinality(@agreements::text[])
    and (@edition = '' or exists (select from edition e join agreement a on a.id = e.agreement_id where e.slug = @edition and a.slug = any (@agreements)))
    and (@organization = '' or exists (select from organization o where o.slug = @organization))`

const coverageCells = coverageBegin + coverageSettled + `
select principle_id, key, links, contested, curator_links, third_party_links, possibly_cited, initiatives, settled as state
from cell
where key = any (@keys)
order by principle_id, key`

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

type coverageColumn struct {
	norms.CoverageColumn
	ID    int64
	Place string // sort key
}

type coverageColumnSet struct {
	Total, Evidence, LeftOut, Initiatives, PossiblyCited int
	Groups                                               map[norms.StakeholderGroup]int // columns on all pages
	Named                                                bool                           // everything that the filter names is recorded
	Columns                                              []coverageColumn
}

type coverageCell struct {
	PrincipleID int64
	Key         string
	norms.CoverageCell
}

// Coverage reads the matrix of principles and of one page of its columns:
// organizations by name, those with evidence first, or the stakeholder groups.
func (s *Store) Coverage(ctx context.Context, f norms.CoverageFilter, p norms.Page) (norms.Coverage, error) {
	c := norms.Coverage{By: f.By}
	rows, err := collect[coverageRow](ctx, s.db, "the principles of the coverage", coverageRows, coverageArgs(f))
	if err != nil {
		return c, err
	}
	columns, err := s.coverageColumns(ctx, f, p)
	if err != nil {
		return c, err
	}
	c.Total, c.Evidence, c.LeftOut = columns.Total, columns.Evidence, columns.LeftOut
	if len(columns.Columns) > p.Size() {
		columns.Columns = columns.Columns[:p.Size()]
		last := columns.Columns[p.Size()-1]
		c.Next = new(cursor{last.Place, last.ID}.String())
	}
	c.Columns = make([]norms.CoverageColumn, len(columns.Columns))
	for i, col := range columns.Columns {
		c.Columns[i] = col.CoverageColumn
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
	return pgx.StrictNamedArgs{"by": f.By, "agreements": agreements, "edition": f.Edition, "organization": f.Organization, "group": f.StakeholderGroup}
}

func (s *Store) coverageColumns(ctx context.Context, f norms.CoverageFilter, p norms.Page) (coverageColumnSet, error) {
	after, err := parseCursor(p.Cursor)
	if err != nil {
		return coverageColumnSet{}, err
	}
	args := coverageArgs(f)
	args["groups"] = append(norms.StakeholderGroups[:len(norms.StakeholderGroups):len(norms.StakeholderGroups)], "")
	args["limit"], args["after_id"], args["after_key"] = p.Size()+1, (*int64)(nil), (*string)(nil)
	if after != nil {
		args["after_id"], args["after_key"] = after.ID, after.Key
	}
	found, err := collect[coverageColumnSet](ctx, s.db, "the columns of the coverage", coverageColumns, args)
	if err != nil {
		return coverageColumnSet{}, err
	}
	c := found[0] // the statement has exactly one row
	if !c.Named {
		err = s.checkNames(ctx, f.Names())
	}
	return c, err
}

// coverageTotals gives rows their shares of all columns, and adds them up.
// Initiatives and citations cannot be added: one may be about several
// principles.
func coverageTotals(found []coverageRow, columns map[norms.StakeholderGroup]int) ([]norms.CoverageRow, norms.CoverageTotal) {
	var all norms.CoverageTotal
	all.Count(norms.NotReviewed, 0)
	rows := make([]norms.CoverageRow, len(found))
	for i, r := range found {
		rows[i] = r.CoverageRow
		rows[i].Share = r.share(columns)
		all.Links += r.Links
		all.Contested += r.Contested
		all.CuratorLinks += r.CuratorLinks
		all.ThirdPartyLinks += r.ThirdPartyLinks
		for state, n := range rows[i].States {
			all.Count(state, n)
		}
	}
	return rows, all
}

// share is how many of all columns are in each state. Where nothing is recorded
// about a cell the state is the same for a whole stakeholder group.
func (r coverageRow) share(columns map[norms.StakeholderGroup]int) norms.Share {
	var s norms.Share
	rest := maps.Clone(columns)
	for _, c := range r.Settled {
		s.Count(c.Settled.Or(r.Addressees, c.StakeholderGroup), c.Cells)
		rest[c.StakeholderGroup] -= c.Cells
	}
	for group, n := range rest {
		s.Count(norms.CellState("").Or(r.Addressees, group), n)
	}
	s.Count(norms.NotReviewed, 0) // names all states where there are no columns
	return s
}

// coverageCells fills the cells of the columns that are shown, and gives each
// column its share. Where nothing is on record the database has no row.
func (s *Store) coverageCells(ctx context.Context, c *norms.Coverage, f norms.CoverageFilter) error {
	keys := make([]string, len(c.Columns))
	for i, col := range c.Columns {
		keys[i] = col.Key
	}
	args := coverageArgs(f)
	args["keys"] = keys
	found, err := collect[coverageCell](ctx, s.db, "the cells of the coverage", coverageCells, args)
	if err != nil {
		return err
	}
	type place struct {
		principle int64
		key       string
	}
	settled := make(map[place]norms.CoverageCell, len(found))
	for _, cell := range found {
		settled[place{cell.PrincipleID, cell.Key}] = cell.CoverageCell
	}
	for i := range c.Columns {
		c.Columns[i].Count(norms.NotReviewed, 0)
	}
	for i := range c.Rows {
		r := &c.Rows[i]
		r.Cells = make([]norms.CoverageCell, len(keys))
		for j, col := range c.Columns {
			cell := settled[place{r.ID, col.Key}]
			cell.State = cell.State.Or(r.Addressees, col.StakeholderGroup)
			r.Cells[j] = cell
			c.Columns[j].Count(cell.State, 1)
		}
	}
	return nil
}
