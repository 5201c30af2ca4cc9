package browse

import (
	"context"
	"maps"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

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
	sql := coverageSQL[coverageKind(f)].cells
	found, err := postgres.Collect[coverageCell](ctx, s.db, "the cells of the coverage", sql, argsIn(sql, args))
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
