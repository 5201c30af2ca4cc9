package norms

// ColumnKind is what the cells of a column hold.
type ColumnKind string

// The kinds of columns. A date is as precise as it is known: a year, a month
// or a day. A list holds several texts.
const (
	TextColumn   ColumnKind = "text"
	NumberColumn ColumnKind = "number"
	TruthColumn  ColumnKind = "boolean"
	MomentColumn ColumnKind = "moment"
	DateColumn   ColumnKind = "date"
	ListColumn   ColumnKind = "list"
)

// ColumnKinds is the closed list.
var ColumnKinds = []ColumnKind{TextColumn, NumberColumn, TruthColumn, MomentColumn, DateColumn, ListColumn}

// Dataset is a table of the record as it is given away, under names instead of
// the numbers that the database uses inside.
type Dataset struct {
	Name        string   `json:"name"`
	Title       string   `json:"title"`
	Description string   `json:"description"` // of one row
	Rows        int64    `json:"rows"`
	Key         []string `json:"key"` // the columns that together name a row
	Columns     []Column `json:"columns"`
}

// Column is one column of a dataset.
type Column struct {
	Name        string     `json:"name"`
	Kind        ColumnKind `json:"kind"`
	Description string     `json:"description"`
	Refers      string     `json:"refers"` // the column of a dataset, as dataset.column, whose values these are; "" when none
	Values      []string   `json:"values"` // the closed list, nil when every value may occur
	From        string     `json:"from"`   // the table or table.column of the schema that it shows, "" when it is derived
}

// Heads are the names of the columns.
func (d Dataset) Heads() []string {
	heads := make([]string, len(d.Columns))
	for i, c := range d.Columns {
		heads[i] = c.Name
	}
	return heads
}
