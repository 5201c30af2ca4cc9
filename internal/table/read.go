package table

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"normmap/internal/document"
	"normmap/internal/export"
	"normmap/internal/norms"
)

// State is what a row does to the record.
type State string

// The states of a row: it records something new, changes what is recorded, or
// says nothing that is not recorded; or it has a mistake.
const (
	New     State = "new"
	Changed State = "changed"
	Same    State = "same"
	Wrong   State = "wrong"
)

// States is the closed list.
var States = []State{New, Changed, Same, Wrong}

// Row is what was read of one row.
type Row struct {
	Number   int          `json:"number"` // as spreadsheets count
	Name     string       `json:"name"`   // what it is about, in its own words
	State    State        `json:"state"`
	Edits    []norms.Edit `json:"-"`
	Problems []Problem    `json:"problems"`
	// Changes are, cell by cell, what a row that is about something recorded
	// changes of it.
	Changes []CellChange `json:"changes"`
}

// Reading is what was read of a table.
type Reading struct {
	Kind Kind  `json:"kind"`
	Rows []Row `json:"rows"`
}

// Problems are those of all rows.
func (r Reading) Problems() []Problem {
	var all []Problem
	for _, row := range r.Rows {
		all = append(all, row.Problems...)
	}
	return all
}

// Common are the problems that every row has, since no column says what all of
// them need: they are mended at once.
func (r Reading) Common() []Problem {
	var all []Problem
	if len(r.Rows) == 0 {
		return nil
	}
	for _, p := range r.Rows[0].Problems {
		if p.Column == "" && !slices.ContainsFunc(r.Rows, func(row Row) bool { return !row.has(p) }) {
			all = append(all, p)
		}
	}
	return all
}

func (r Row) has(p Problem) bool {
	return slices.ContainsFunc(r.Problems, func(own Problem) bool { return own.Column == "" && own.Field == p.Field && own.What == p.What })
}

// Own are the problems of a row that not all rows have.
func (r Row) Own(common []Problem) []Problem {
	return slices.DeleteFunc(slices.Clone(r.Problems), func(p Problem) bool {
		return p.Column == "" && slices.ContainsFunc(common, func(c Problem) bool { return c.Field == p.Field && c.What == p.What })
	})
}

// Count is how many rows are in each state.
func (r Reading) Count() map[State]int {
	n := map[State]int{}
	for _, row := range r.Rows {
		n[row.State]++
	}
	return n
}

// namedAtOnce is how many problems an error repeats.
const namedAtOnce = 5

// Edits are all changes of the table, or an error that says which cells keep
// it from being taken. A table that says nothing new has none.
func (r Reading) Edits() ([]norms.Edit, error) {
	if problems := r.Problems(); len(problems) > 0 {
		e := &norms.Error{Kind: norms.Invalid, Message: fmt.Sprintf("nothing of this table was taken, since %d of its cells cannot be read", len(problems))}
		for _, p := range problems[:min(len(problems), namedAtOnce)] {
			e.Problems = append(e.Problems, norms.Problem{Field: p.Where(), Message: p.What})
		}
		return nil, e
	}
	return r.Staged(), nil
}

// Staged are the changes of the rows without mistakes.
func (r Reading) Staged() []norms.Edit {
	var all []norms.Edit
	for _, row := range r.Rows {
		all = append(all, row.Edits...)
	}
	return all
}

// Read makes edits of a sheet. A mapping that does not pass its own Check is
// read as far as it goes.
func Read(s document.Sheet, m Mapping, rec *Record) Reading {
	known := *rec
	known.names = nil // rows add to it
	t := &table{sheet: s, mapping: m, known: &known, orders: map[string]order{}, before: map[string]*row{}, width: width(s, m)}
	for c, column := range m.Columns {
		if f, ok := m.Kind.field(column.Field); ok && f.holds == date {
			t.orders[f.Name] = ordered(below(s, m, c))
		}
	}
	out := Reading{Kind: m.Kind, Rows: []Row{}}
	for i, cells := range s.Rows {
		if n := s.Number(i); n > m.Header && strings.Join(cells, "") != "" {
			r := t.row(n, cells)
			r.fits(cells)
			r.read()
			out.Rows = append(out.Rows, r.done())
		}
	}
	return out
}

// table is a sheet that is being read.
type table struct {
	sheet   document.Sheet
	mapping Mapping
	known   *Record
	orders  map[string]order
	before  map[string]*row // rows by what they are about
	width   int             // how many cells each row has to have, 0 for any number
}

// row is a row that is being read.
type row struct {
	*table
	Row
	cells   []string
	at      map[string]int // the column of a field that only one says
	said    map[string]any // by the row's cells
	printed map[string]string
}

// width is how many cells the rows of a CSV file have (RFC 4180, section 2, rule 4).
// Spreadsheets leave out the empty ones at the end of a row.
func width(s document.Sheet, m Mapping) int {
	for i, header := range s.Rows {
		if s.Name == "" && s.Number(i) == m.Header {
			return len(header)
		}
	}
	return 0
}

// fits complains of a row that is longer or shorter than its header: where a comma
// or a quotation mark is missing, every cell after it is read as what it is not.
func (r *row) fits(cells []string) {
	n := len(cells)
	for n > r.width && cells[n-1] == "" {
		n--
	}
	if r.width > 0 && n != r.width {
		r.complain("", "has %d cells, and the header has %d: see whether a comma or a quotation mark is missing or too much; an empty cell has its comma, too (a spreadsheet saved as .xlsx needs none)", n, r.width)
	}
}

func (t *table) row(n int, cells []string) *row {
	r := &row{table: t, Row: Row{Number: n, Problems: []Problem{}, Changes: []CellChange{}}, at: map[string]int{}, said: map[string]any{}, printed: map[string]string{}}
	r.cells = make([]string, len(t.mapping.Columns))
	for i := range r.cells {
		if i < len(cells) {
			r.cells[i] = export.Unguarded(cells[i])
		}
	}
	for i, c := range t.mapping.Columns {
		f, known := t.mapping.Kind.field(c.Field)
		if !known || f.Common {
			continue
		}
		r.at[f.Name] = i
		r.printed[f.Name] = r.cells[i]
	}
	for name, value := range t.mapping.Values {
		if r.printed[name] == "" {
			r.printed[name] = value
		}
	}
	return r
}

// read makes edits of the row.
func (r *row) read() {
	for _, f := range fields[r.mapping.Kind] {
		if i, ok := r.at[f.Name]; ok {
			r.take(f, r.cells[i])
		}
	}
	switch r.mapping.Kind {
	case Organizations:
		r.organization()
	case Initiatives:
		r.initiative()
	case Agreements:
		r.agreement()
	case Adherences:
		r.adherence()
	case Links:
		r.link()
	case Sources:
		r.document()
	case Citations:
		r.citation()
	case Matrix:
		r.matrix()
	}
}

// late are fields that are read when the row knows what it is about.
func (f Field) late() bool { return f.Common }

// take keeps what a cell says of a field.
func (r *row) take(f Field, cell string) {
	if f.late() {
		return
	}
	if f.holds != text && blank[strings.ToLower(cell)] {
		cell = ""
	}
	if cell == "" {
		if r.mapping.Clears {
			r.said[f.Name] = f.nothing()
		}
		return
	}
	v, why := r.value(f, cell)
	if why != "" {
		if f.holds == naming && f.mayBeNew(r.mapping.Kind) && len(r.known.called(f.Names, cell)) == 0 {
			return
		}
		r.complain(f.Name, "%s", why)
		return
	}
	r.said[f.Name] = v
}

// nothing is the value of a field of which nothing is known.
func (f Field) nothing() any {
	switch f.holds {
	case number:
		return int64(0)
	case truth:
		return false
	case list:
		return []string{}
	case text, date, address, word, naming, slug, principle, cited, printed:
	}
	return ""
}

// mayBeNew tells of the names of what a row itself may add: the organization
// that adheres, and the one whose row of a matrix it is.
func (f Field) mayBeNew(k Kind) bool {
	return f.Name == "organization" && (k == Adherences || k == Matrix) || f.Name == "parent"
}

// complain notes a problem at the cell that says a field; "" is none.
func (r *row) complain(field, format string, args ...any) {
	r.complainAt(r.column(field), field, fmt.Sprintf(format, args...))
}

func (r *row) complainAt(column int, field, what string) {
	p := Problem{Sheet: r.sheet.Name, Row: r.Number, Field: field, What: what}
	if column >= 0 {
		p.Column, p.Heading, p.Text = letters(column), r.mapping.Columns[column].Heading, r.cells[column]
	}
	for _, other := range r.Problems {
		if other.Column == p.Column && other.Field == p.Field {
			return // what follows from the first mistake helps nobody
		}
	}
	r.Problems = append(r.Problems, p)
}

// put adds an edit to the row.
func (r *row) put(e norms.Edit, s State) {
	r.Edits = append(r.Edits, e)
	if r.State == "" || s == New {
		r.State = s
	}
}

// changes notes what the row changes of a field that is recorded. Column is -1
// where several say it.
func (r *row) changes(column int, field, before, after string) {
	c := CellChange{Field: field, Before: before, After: after}
	if column >= 0 {
		c.Column, c.Heading = letters(column), r.mapping.Columns[column].Heading
	}
	r.Changes = append(r.Changes, c)
}

// done is the row as others see it: one with a mistake changes nothing.
func (r *row) done() Row {
	if r.State == "" {
		r.State = Same
	}
	if r.State == New {
		r.Changes = []CellChange{}
	}
	if len(r.Problems) > 0 {
		r.State, r.Edits = Wrong, nil
		r.Changes = []CellChange{}
		slices.SortStableFunc(r.Problems, func(a, b Problem) int {
			return cmp.Or(cmp.Compare(len(a.Column), len(b.Column)), strings.Compare(a.Column, b.Column))
		})
	}
	if r.Edits == nil {
		r.Edits = []norms.Edit{}
	}
	return r.Row
}

// place is where a row or one of its cells is, for edits that keep it.
func (r *row) place(column int) string {
	return Problem{Sheet: r.sheet.Name, Row: r.Number, Column: map[bool]string{true: letters(column)}[column >= 0]}.Where()
}
