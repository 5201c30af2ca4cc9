package page

import (
	"normmap/web/href"
	"normmap/web/ui"
)

// TableForm is the form by which a table is sent in.
type TableForm struct {
	Refusal
	File ui.Field
}

// SentTable is a table that was sent in: how it is read, and what of it was.
type SentTable struct {
	Refusal
	ID         int64
	Name       string // of the file
	Known      string // slug of the source that the file is
	Recognized string // as which table, by its headings
	Remembered bool   // from another table with these headings
	Choose     []Control
	Columns    []TableColumn
	Values     []Control // for all rows
	Asked      []AskedName
	Range      []Control
	Reason     ui.Field
	Read       *ReadTable // nil until it is known how to read it
}

// AskedName is a name in a table that looks like recorded ones: whose it is has
// to be said. Held is the name of the hidden field that says which name it is.
type AskedName struct {
	Name, Held string
	Whose      Control
}

// TableColumn is a column with the first cells below it.
type TableColumn struct {
	Letters, Heading string
	Cells            []string
	Holds            ui.Field
}

// ReadTable is what was read of a table. Nothing of it was written.
type ReadTable struct {
	States  []RowsInState
	Wrong   int // rows with mistakes
	Edits   int
	Waiting int64          // the open proposal of this very table, 0 for none
	TooLong bool           // more than a proposal holds
	Rows    []ReadTableRow // those that are shown
	Shown   string         // their state, "" for all
	Here    string         // address of all rows
	Next    string
}

// RowsInState is how many rows of a table are new, changed, the same or wrong.
type RowsInState struct {
	State string
	Rows  int
}

// words names the message that says how many they are.
func (s RowsInState) words() string { return "table.rows." + s.State }

// ofState is the address of the rows in a state.
func (t ReadTable) ofState(s string) string { return href.With(t.Here, "rows", s) + "#rows" }

// Proposable tells whether the table changes anything and has no mistakes.
func (t ReadTable) Proposable() bool {
	return t.Wrong == 0 && t.Edits > 0 && !t.TooLong && t.Waiting == 0
}

// ReadTableRow is one row.
type ReadTableRow struct {
	Number   int
	Name     string
	State    string
	Problems []WrongCell
	Changes  []ChangedCell
}

// ChangedCell is what a row changes of one field of what is recorded.
type ChangedCell struct{ Where, Before, After string }

// WrongCell is a cell with a mistake.
type WrongCell struct{ Where, What string }
