package store

import (
	"context"

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
// evidence, gathered once. It joins tables by their keys only, since Postgres
// cannot know how many rows the filters keep.
const coverageBegin = `
with evidence as materialized (
  select l.principle_id, ` + columnKey + ` as key, i.id as initiative_id, 0 as citation_id, l.origin as what
  from link l
  join initiative i on i.id = l.initiative_id
  join organization o on o.id = i.organization_id
  join principle p on p.id = l.principle_id
  join edition e on e.id = p.edition_id
  join agreement a on a.id = e.agreement_id
  where l.relation = 'supports' and ` + inScope + ` and ` + ofActor + `
  union all
  select k.principle_id, ` + columnKey + `, i.id, c.id, 'possible'
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
)`

// tally counts evidence, which has the alias v. A citation that may mean
// several principles is one citation.
const tally = `count(*) filter (where v.what = 'contributor') as links,
  count(*) filter (where v.what = 'curator') as curator_links,
  count(*) filter (where v.what = 'third_party') as third_party_links,
  count(distinct v.citation_id) filter (where v.what = 'possible') as possibly_cited,
  count(distinct v.initiative_id) filter (where v.what = 'contributor') as initiatives`

const coverageRows = coverageBegin + `,
found as (
  select v.principle_id, ` + tally + `, count(distinct v.key) filter (where v.what = 'contributor') as cited
  from evidence v
  group by v.principle_id
)
select p.id, n.ref, n.agreement, n.agreement_title, n.edition, n.edition_title, n.current, n.noun, n.number, n.title,
  coalesce(f.links, 0) as links, coalesce(f.curator_links, 0) as curator_links, coalesce(f.third_party_links, 0) as third_party_links,
  coalesce(f.possibly_cited, 0) as possibly_cited, coalesce(f.initiatives, 0) as initiatives, coalesce(f.cited, 0) as cited,
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
  select v.key, ` + tally + `, count(distinct v.principle_id) filter (where v.what = 'contributor') as cited
  from evidence v
  group by v.key
),
possible as (
  select o.id, lower(o.name) as place, o.slug as key, o.name, o.stakeholder_group,
    exists (select from adherence d join agreement a on a.id = d.agreement_id
      where d.organization_id = o.id and (cardinality(@agreements::text[]) = 0 or a.slug = any (@agreements))) as stands
  from organization o
  where @by = 'organization' and ` + ofActor + `
  union all
  select g.id, '', g.key, '', g.key, g.key <> ''
  from unnest(@groups::text[]) with ordinality as g (key, id)
  where @by = 'stakeholder_group' and (@group = '' or g.key = @group)
),
col as (
  select c.id, case when f.key is null and @by = 'organization' then '2' else '1' end || c.place as place,
    c.key, c.name, c.stakeholder_group, coalesce(f.links, 0) as links, coalesce(f.curator_links, 0) as curator_links,
    coalesce(f.third_party_links, 0) as third_party_links, coalesce(f.possibly_cited, 0) as possibly_cited,
    coalesce(f.initiatives, 0) as initiatives, coalesce(f.cited, 0) as cited
  from possible c
  left join found f on f.key = c.key
  where c.stands or f.key is not null
)
select (select count(*) from col) as total,
  (select count(*) from col where links > 0) as evidence,
  (select count(*) from possible) - (select count(*) from col) as left_out,
  (select count(distinct initiative_id) from evidence where what = 'contributor') as initiatives,
  (select count(distinct citation_id) from evidence where what = 'possible') as possibly_cited,
  ` + coverageNamed + ` as named,
  (select coalesce(json_agg(x order by x.place, x.id), '[]') from (
    select id, place, key, name, stakeholder_group, links, curator_links, third_party_links, possibly_cited, initiatives, cited
    from col
    where @after_id::bigint is null or (place, id) > (@after_key::text, @after_id::bigint)
    order by place, id
    limit @limit) x) as columns`

// coverageNamed tells whether every name of the filter is one of a thing. What
// is wrong with one is looked at only then.
const coverageNamed = `(select count(*) from agreement a where a.slug = any (@agreements)) = cardinality(@agreements::text[])
    and (@edition = '' or exists (select from edition e join agreement a on a.id = e.agreement_id where e.slug = @edition and a.slug = any (@agreements)))
    and (@organization = '' or exists (select from organization o where o.slug = @organization))`

const coverageCells = coverageBegin + `
select v.principle_id, v.key, ` + tally + `
from evidence v
where v.key = any (@keys)
group by v.principle_id, v.key
order by v.principle_id, v.key`

type coverageRow struct {
	norms.CoverageRow
	Cited int
}

type coverageColumn struct {
	norms.CoverageColumn
	ID    int64
	Place string // sort key
	Cited int
}

type coverageColumnSet struct {
	Total, Evidence, LeftOut, Initiatives, PossiblyCited int
	Named                                                bool // everything that the filter names is recorded
	Columns                                              []coverageColumn
}

type coverageCell struct {
	PrincipleID int64
	Key         string
	norms.Tally
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
		c.Columns[i].Share = norms.ShareOf(col.Cited, len(rows))
	}
	c.Rows, c.All = coverageTotals(rows, c.Total)
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
func coverageTotals(found []coverageRow, columns int) ([]norms.CoverageRow, norms.CoverageTotal) {
	var all norms.CoverageTotal
	cited := 0
	rows := make([]norms.CoverageRow, len(found))
	for i, r := range found {
		rows[i] = r.CoverageRow
		rows[i].Share = norms.ShareOf(r.Cited, columns)
		all.Links += r.Links
		all.CuratorLinks += r.CuratorLinks
		all.ThirdPartyLinks += r.ThirdPartyLinks
		cited += r.Cited
	}
	all.Share = norms.ShareOf(cited, len(rows)*columns)
	return rows, all
}

// coverageCells fills the cells of the columns that are shown. Where nothing
// is on record the database has no row.
func (s *Store) coverageCells(ctx context.Context, c *norms.Coverage, f norms.CoverageFilter) error {
	keys, place := make([]string, len(c.Columns)), map[string]int{}
	for i, col := range c.Columns {
		keys[i], place[col.Key] = col.Key, i
	}
	args := coverageArgs(f)
	args["keys"] = keys
	found, err := collect[coverageCell](ctx, s.db, "the cells of the coverage", coverageCells, args)
	if err != nil {
		return err
	}
	rowOf := map[int64][]norms.CoverageCell{}
	for i := range c.Rows {
		c.Rows[i].Cells = make([]norms.CoverageCell, len(keys))
		for j := range keys {
			c.Rows[i].Cells[j].State = norms.Tally{}.State()
		}
		rowOf[c.Rows[i].ID] = c.Rows[i].Cells
	}
	for _, cell := range found {
		if row := rowOf[cell.PrincipleID]; row != nil {
			row[place[cell.Key]] = norms.CoverageCell{State: cell.State(), Tally: cell.Tally}
		}
	}
	return nil
}
