package browse

import (
	"context"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// folded adds up what cells hold, with the alias c, for the principles of an
// agreement. Cells on which nothing is recorded are not there.
const folded = `count(*) filter (where c.links > 0) as cited, count(*) filter (where c.contested > 0) as contested,
  coalesce(sum(c.links), 0) as links, coalesce(sum(c.curator_links), 0) as curator_links,
  coalesce(sum(c.third_party_links), 0) as third_party_links`

const agreementsCovered = coverageOnce + `
select a.id, a.slug as agreement, a.short_title as title, ` + repealedBegin + `a.id` + repealedEnd + `, count(*) as principles,
  ` + folded + `
from principle p
join edition e on e.id = p.edition_id
join agreement a on a.id = e.agreement_id
left join once c on c.principle_id = p.id
where ` + inScope + `
group by a.id, a.slug, a.short_title
order by lower(a.short_title), a.slug`

const agreementCells = `
select e.agreement_id, c.key, ` + folded + `
from cell c
join principle p on p.id = c.principle_id
join edition e on e.id = p.edition_id
where c.key = any (@keys)
group by e.agreement_id, c.key
order by e.agreement_id, c.key`

// organizationCells is the same where keys are organizations: what is on record
// of each is looked up, whatever a database expects of so many keys.
const organizationCells = `
with scope as materialized (
  select p.id, e.agreement_id
  from principle p
  join edition e on e.id = p.edition_id
  join agreement a on a.id = e.agreement_id
  where ` + inScope + `
)
select s.agreement_id, o.slug as key, ` + folded + `
from organization o
cross join lateral (
  select c.about_id, c.links, c.contested, c.curator_links, c.third_party_links
  from organization_tally c where c.organization_id = o.id and c.about = 'principle' offset 0
) c
join scope s on s.id = c.about_id
where o.slug = any (@keys)
group by o.id, o.slug, s.agreement_id
order by s.agreement_id, o.id`

// tallyOfGroups is cellsOfGroups without the states, which take more to find
// out than all else and are not shown for an agreement.
const tallyOfGroups = `,
cell as (
  select t.about_id as principle_id, t.stakeholder_group as key, t.links, t.contested, t.curator_links, t.third_party_links, t.possibly_cited,
    t.initiatives, '' as state
  from group_tally t
  where t.about = 'principle' and t.about_id in (select id from scope) and (@group = '' or t.stakeholder_group = @group)
)`

// foldedSQL is as coverageSQL, for agreements. What organizations have on record
// together, their groups have.
var foldedSQL = map[string]struct{ rows, cells string }{
	"organizations": {coverageScope + tallyOfGroups + agreementsCovered, organizationCells},
	"groups":        {coverageScope + tallyOfGroups + agreementsCovered, coverageScope + tallyOfGroups + agreementCells},
	"kept groups":   {coverageScope + tallyOfGroups + agreementsCovered, coverageScope + tallyOfGroups + agreementCells},
	"one":           {coverageScope + cellsOfOne + agreementsCovered, coverageScope + cellsOfOne + agreementCells},
}

type agreementCell struct {
	AgreementID int64
	Key         string
	norms.AgreementCell
}

// coverageOfAgreements fills a coverage whose principles are too many: the
// database adds them up.
func (s *Store) coverageOfAgreements(ctx context.Context, c *norms.Coverage, f norms.CoverageFilter) error {
	sql := foldedSQL[coverageKind(f)]
	var err error
	c.Folded, err = postgres.Collect[norms.AgreementCoverage](ctx, s.db, "the agreements of the coverage", sql.rows, argsIn(sql.rows, coverageArgs(f)))
	if err != nil {
		return err
	}
	args := coverageArgs(f)
	keys, column := make([]string, len(c.Columns)), map[string]int{}
	for i, col := range c.Columns {
		keys[i], column[col.Key] = col.Key, i
	}
	args["keys"] = keys
	cells, err := postgres.Collect[agreementCell](ctx, s.db, "the cells of the coverage", sql.cells, argsIn(sql.cells, args))
	if err != nil {
		return err
	}
	row := map[int64]int{}
	for i := range c.Folded {
		a := &c.Folded[i]
		row[a.ID], a.Cells = i, make([]norms.AgreementCell, len(keys))
		c.All.Links += a.Links
		c.All.CuratorLinks += a.CuratorLinks
		c.All.ThirdPartyLinks += a.ThirdPartyLinks
	}
	for _, cell := range cells {
		c.Folded[row[cell.AgreementID]].Cells[column[cell.Key]] = cell.AgreementCell
	}
	return nil
}
