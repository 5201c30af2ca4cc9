package api

import (
	"encoding/json"
	"fmt"

	"normmap/internal/contribution"
	"normmap/internal/norms"
	"normmap/internal/table"
)

// ReadTable is everything that was read out of a table.
type ReadTable struct {
	Mapping  table.Mapping       `json:"mapping" doc:"How the table was read."`
	Counts   map[table.State]int `json:"counts" doc:"How many rows are new, changed, as recorded, or have mistakes."`
	Rows     []ReadRow           `json:"rows" doc:"In the order of the table."`
	Problems []table.Problem     `json:"problems" doc:"The cells that keep the table from being taken."`
	Waiting  int64               `json:"waiting" doc:"Number of the open proposal of this very table; 0 when none waits for review."`
	Proposal int64               `json:"proposal" doc:"Number of the proposal; 0 when nothing was proposed."`
	Again    bool                `json:"again" doc:"Whether that proposal waited for review already."`
	Proposed int                 `json:"edits" doc:"How many edits are proposed."`
}

// ReadRow is one row, with the edits that it makes.
type ReadRow struct {
	Row     int                `json:"row" doc:"Its number, as spreadsheets count."`
	Name    string             `json:"name" doc:"What it is about."`
	State   table.State        `json:"state" enum:"new,changed,same,wrong"`
	Changes []table.CellChange `json:"changes" doc:"Of a row about something recorded: what it changes, cell by cell."`
	Edits   []SentEdit         `json:"edits" doc:"What it changes, in the form of proposals."`
}

// DescribeTable puts a table that was read, and what became of it, in the form
// in which programs get it.
func DescribeTable(t contribution.Table, done contribution.Proposed) (ReadTable, error) {
	out := ReadTable{Mapping: t.Mapping, Counts: map[table.State]int{table.New: 0, table.Changed: 0, table.Same: 0, table.Wrong: 0}, Rows: []ReadRow{},
		Problems: []table.Problem{}, Waiting: t.Waiting, Proposal: done.Proposal, Again: done.Again, Proposed: done.Edits}
	for state, n := range t.Reading.Count() {
		out.Counts[state] = n
	}
	for _, row := range t.Reading.Rows {
		read := ReadRow{Row: row.Number, Name: row.Name, State: row.State, Changes: row.Changes}
		edits, err := norms.MarshalEdits(row.Edits)
		if err == nil {
			err = json.Unmarshal(edits, &read.Edits)
		}
		if err != nil {
			return out, fmt.Errorf("describing row %d: %w", row.Number, err)
		}
		out.Rows = append(out.Rows, read)
		out.Problems = append(out.Problems, row.Problems...)
	}
	return out, nil
}
