package browse

import (
	"context"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// Columns are organizations of which something is on record, then those with but
// an adherence to one of the agreements, each by name; or all stakeholder groups,
// and organizations without one only where they have evidence.
const (
	columnsCounted = coverageScope + coverageCounted + `,
found as (
  select organization_id as of_id, '' as of_group, ` + added + `
  from counted
  where @by = 'organization'
  group by organization_id
  union all
  select 0, o.stakeholder_group, ` + added + `
  from counted join organization o on o.id = organization_id
  where @by = 'stakeholder_group' and ` + ofActor + `
  group by o.stakeholder_group
)` + columnsFound
	columnsOfGroups = coverageScope + keptByGroup + `,
found as (
  select 0 as of_id, stakeholder_group as of_group, links, contested, curator_links, third_party_links, possibly_cited, initiatives
  from kept
  where organizations > 0
)` + columnsFound
)

const columnsFound = `,
possible as (
  select o.id, o.id as of_id, '' as of_group, lower(o.name) as place, o.slug as key, o.name, o.stakeholder_group, false as stands
  from organization o
  where @by = 'organization' and ` + ofActor + `
  union all
  select g.id, 0, g.key, '', g.key, '', g.key, g.key <> ''
  from unnest(@groups::text[]) with ordinality as g (key, id)
  where @by = 'stakeholder_group' and (@group = '' or g.key = @group)
),
col as (
  select o.id, case when f.of_id is null and @by = 'organization' then '2' else '1' end || o.place as place,
    o.key, o.name, o.stakeholder_group, coalesce(f.links, 0) as links, coalesce(f.contested, 0) as contested,
    coalesce(f.curator_links, 0) as curator_links, coalesce(f.third_party_links, 0) as third_party_links,
    coalesce(f.possibly_cited, 0) as possibly_cited, coalesce(f.initiatives, 0) as initiatives
  from possible o
  left join found f on f.of_id = o.of_id and f.of_group = o.of_group
  where f.of_id is not null or o.stands or @by = 'organization' and ` + stands + `
)
select (select count(*) from col) as total,
  (select count(*) from col where links > 0) as evidence,
  (select count(*) from possible) - (select count(*) from col) as left_out,
  (select count(*) from scope) as principles,
  (select coalesce(sum(initiatives), 0) from col) as initiatives,
  (select coalesce(sum(possibly_cited), 0) from col) as possibly_cited,
  (select coalesce(json_object_agg(stakeholder_group, columns), '{}') from (
    select stakeholder_group, count(*) as columns from col group by stakeholder_group) x) as groups,
  ` + coverageNamed + ` as named,
  (select coalesce(json_agg(x order by x.place, x.id), '[]') from (
    select id, place, key, name, stakeholder_group, links, contested, curator_links, third_party_links, possibly_cited, initiatives
    from col
    where (place, id) > (@after_key::text, @after_id::bigint)
    order by place, id
    limit @limit) x) as columns`

// keptByGroup goes on with what is kept of each stakeholder group, for all of
// the record or an agreement.
const keptByGroup = `,
asked as materialized (
  select case @about when 'agreement' then (select id from agreement where slug = any (@agreements)) else 0 end as id
),
kept as materialized (
  select stakeholder_group, sum(organizations) as organizations, sum(evident) as evident, sum(bare) as bare, ` + added + `
  from (
    select stakeholder_group, organizations, evident, 0 as bare, links, contested, curator_links, third_party_links, possibly_cited, initiatives
    from group_tally where about = @about and about_id = (select id from asked)
    union all
    select stakeholder_group, 0, 0, bare, 0, 0, 0, 0, 0, 0 from adherence_group_tally where agreement_id = (select id from asked)) k
  where @group = '' or stakeholder_group = @group
  group by stakeholder_group
)`

// keptMembers is coverageMembers where that is kept.
const keptMembers = keptByGroup + `,
member as (
  select stakeholder_group as key, organizations + bare as organizations from kept
)`

// manyColumns is from how many organizations on they are read in the order of
// their names: a page of them is soon full. Fewer are read as a whole, and sorted.
const manyColumns = "1000"

// columnsKept are the next organizations t of a part of the columns, of which
// there are as many as a statement says.
func columnsKept(part, many, rows, limit string) string {
	begin := func(few string) string {
		return `
      select o.id, '` + part + `' || lower(o.name) as place, lower(o.name) as by_name, o.slug as key, o.name, o.stakeholder_group, t.links, t.contested, t.curator_links, t.third_party_links,
        t.possibly_cited, t.initiatives
      from ` + few
	}
	end := ` and (@group = '' or o.stakeholder_group = @group)
        and '` + part + `' >= left(@after_key::text, 1)
        and (lower(o.name), o.id) > (case when left(@after_key::text, 1) = '` + part + `' then substr(@after_key::text, 2) else '' end,
          case when left(@after_key::text, 1) = '` + part + `' then @after_id::bigint else 0 end)
      order by lower(o.name), o.id
      limit ` + limit
	return `
    select id, place, by_name, key, name, stakeholder_group, links, contested, curator_links, third_party_links, possibly_cited, initiatives
    from (
      (` + begin(`(`+rows+` offset 0) t
      cross join lateral (select o.id, o.name, o.slug, o.stakeholder_group from organization o where o.id = t.organization_id offset 0) o
      where (`+many+`) < `+manyColumns) + end + `)
      union all
      (` + begin(`organization o
      cross join lateral (`+rows+` and t.organization_id = o.id offset 0) t
      where (`+many+`) >= `+manyColumns) + end + `)) x
    order by by_name, id
    limit ` + limit
}

// columnsOfOrganizations reads no more organizations than a page has.
var columnsOfOrganizations = coverageScope + keptByGroup + `,
told as materialized (` + columnsKept("1", "select coalesce(sum(organizations), 0) from group_tally where about = @about and about_id = (select id from asked)", `
        select t.organization_id, t.links, t.contested, t.curator_links, t.third_party_links, t.possibly_cited, t.initiatives
        from organization_tally t where t.about = @about and t.about_id = (select id from asked)`, "@limit") + `
),
bare as materialized (` + columnsKept("2", "select coalesce(sum(bare), 0) from adherence_group_tally where agreement_id = (select id from asked)", `
        select t.organization_id, 0 as links, 0 as contested, 0 as curator_links, 0 as third_party_links, 0 as possibly_cited, 0 as initiatives
        from adherence_tally t where t.bare and t.agreement_id = (select id from asked)`, "@limit - (select count(*) from told)") + `
)
select (select coalesce(sum(organizations + bare), 0) from kept) as total,
  (select coalesce(sum(evident), 0) from kept) as evidence,
  (select coalesce(sum(rows), 0) from record_tally where starts_with(what, 'organization ') and (@group = '' or what = 'organization ' || @group))
    - (select coalesce(sum(organizations + bare), 0) from kept) as left_out,
  (select count(*) from scope) as principles,
  (select coalesce(sum(initiatives), 0) from kept) as initiatives,
  (select coalesce(sum(possibly_cited), 0) from kept) as possibly_cited,
  (select coalesce(json_object_agg(stakeholder_group, organizations + bare), '{}') from kept where organizations + bare > 0) as groups,
  ` + coverageNamed + ` as named,
  (select coalesce(json_agg(x order by x.part, x.by_name, x.id), '[]') from (
    select 1 as part, id, place, by_name, key, name, stakeholder_group, links, contested, curator_links, third_party_links, possibly_cited, initiatives from told
    union all select 2, id, place, by_name, key, name, stakeholder_group, links, contested, curator_links, third_party_links, possibly_cited, initiatives from bare) x) as columns`

// coverageNamed tells whether every name of the filter is one of a thing. What
// is wrong with one is looked at only then.
const coverageNamed = `(select count(*) from agreement a where a.slug = any (@agreements)) = cardinality(@agreements::text[])
    and (@edition = '' or exists (select from edition e join agreement a on a.id = e.agreement_id where e.slug = @edition and a.slug = any (@agreements)))
    and (@organization = '' or exists (select from organization o where o.slug = @organization))`

type coverageColumn struct {
	norms.CoverageColumn
	ID    int64
	Place string // sort key
}

type coverageColumnSet struct {
	Total, Evidence, LeftOut, Initiatives, PossiblyCited int
	Principles                                           int
	Groups                                               map[norms.StakeholderGroup]int // columns on all pages
	Named                                                bool                           // everything that the filter names is recorded
	Columns                                              []coverageColumn
}

// columnsSQL is the statement for the columns of a filter.
func columnsSQL(f norms.CoverageFilter) string {
	switch {
	case !keptWhole(f):
		return columnsCounted
	case f.By == norms.ByStakeholderGroup:
		return columnsOfGroups
	}
	return columnsOfOrganizations
}

func (s *Store) coverageColumns(ctx context.Context, f norms.CoverageFilter, p norms.Page) (coverageColumnSet, error) {
	after, err := postgres.ParseCursor(p.Cursor)
	if err != nil {
		return coverageColumnSet{}, err
	}
	if after == nil {
		after = &postgres.Cursor{}
	}
	args := coverageArgs(f)
	args["groups"] = append(norms.StakeholderGroups[:len(norms.StakeholderGroups):len(norms.StakeholderGroups)], "")
	args["limit"], args["after_id"], args["after_key"] = p.Size()+1, after.ID, after.Key
	sql := columnsSQL(f)
	found, err := postgres.Collect[coverageColumnSet](ctx, s.db, "the columns of the coverage", sql, argsIn(sql, args))
	if err != nil {
		return coverageColumnSet{}, err
	}
	c := found[0] // the statement has exactly one row
	if !c.Named {
		err = s.names.CheckNames(ctx, f.Names())
	}
	return c, err
}
