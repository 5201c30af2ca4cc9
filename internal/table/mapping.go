package table

import (
	"fmt"
	"slices"
	"strings"

	"normmap/internal/document"
	"normmap/internal/norms"
)

// Mapping says what a table is. It is guessed, corrected by a person, and
// remembered for the next table with the same headings.
type Mapping struct {
	Sheet string `json:"sheet,omitempty"`
	// Header is the number of the row that names the columns, as spreadsheets
	// count; what stands above it is not read.
	Header  int      `json:"header"`
	Kind    Kind     `json:"kind"`
	Columns []Column `json:"columns"`
	// Values are what holds for every row whose cells do not say it, by field.
	Values map[string]string `json:"values,omitempty"`
	// Names says whose names are that look like recorded ones: the slug of the
	// organization, or [IsNew].
	Names map[string]string `json:"names,omitempty"`
	// Clears says that an empty cell means that nothing is known; otherwise it
	// says nothing.
	Clears bool `json:"clears,omitempty"`
	// Profile names the table that its headings were recognized as, "" for none.
	Profile string `json:"profile,omitempty"`
}

// Column is what one column of a table says; Field is "" for one that is not read.
type Column struct {
	Heading string `json:"heading"`
	Field   string `json:"field,omitempty"`
	// Cites is what the column's heading should be read as, where the heading
	// itself names no principle or agreement: "Paris Call principle 5".
	Cites string `json:"cites,omitempty"`
}

// heading is what names the column's principle or agreement.
func (c Column) heading() string {
	if c.Cites != "" {
		return c.Cites
	}
	return c.Heading
}

// Key is under which a mapping is remembered: its headings in their order.
func (m Mapping) Key() string {
	keys := make([]string, len(m.Columns))
	for i, c := range m.Columns {
		keys[i] = key(c.Heading)
	}
	return strings.Join(keys, "|")
}

// Keys are those under which the mapping of a sheet may have been remembered,
// with the number of the row that would name its columns.
func Keys(s document.Sheet) map[string]int {
	found := map[string]int{}
	for i := range s.Rows[:min(len(s.Rows), headWithin)] {
		k := Mapping{Columns: columnsOf(s, i)}.Key()
		if _, known := found[k]; !known && strings.Trim(k, "|") != "" {
			found[k] = s.Number(i)
		}
	}
	return found
}

// On is a remembered mapping for another sheet, whose columns the row with that
// number names.
func (m Mapping) On(s document.Sheet, header int) Mapping {
	m.Sheet, m.Header = s.Name, header
	m.Columns = slices.Clone(m.Columns)
	return m
}

// Said is how many columns are read.
func (m Mapping) Said() int {
	n := 0
	for _, c := range m.Columns {
		if c.Field != "" {
			n++
		}
	}
	return n
}

// Check says what is wrong with a mapping, field by field.
func (m Mapping) Check() error {
	if !slices.Contains(Kinds, m.Kind) {
		return norms.Field("kind", "say what the rows are: %s", strings.Join(plainly(Kinds), ", "))
	}
	e := &norms.Error{Kind: norms.Invalid}
	add := func(at, format string, args ...any) {
		e.Problems = append(e.Problems, norms.Problem{Field: at, Message: fmt.Sprintf(format, args...)})
	}
	said := map[string]int{}
	for i, c := range m.Columns {
		at := fmt.Sprintf("columns[%d]", i)
		f, known := m.Kind.field(c.Field)
		switch first, twice := said[c.Field]; {
		case c.Field == "":
		case !known:
			add(at, "%s have no %s", m.Kind, c.Field)
		case twice && !f.Common:
			add(at, "column %s is read as %s, too: only one column can say it", letters(first), c.Field)
		default:
			said[c.Field] = i
		}
	}
	if len(said) == 0 {
		add("columns", "say of at least one column what it holds")
	}
	for name := range m.Values {
		if _, known := m.Kind.field(name); !known {
			add("values."+name, "%s have no %s", m.Kind, name)
		}
	}
	slices.SortFunc(e.Problems, func(a, b norms.Problem) int { return strings.Compare(a.Field, b.Field) })
	if len(e.Problems) > 0 {
		return e
	}
	return nil
}

// columnsOf are the columns that row i names. A row may have cells that its
// header has not.
func columnsOf(s document.Sheet, i int) []Column {
	width := 0
	for _, r := range s.Rows[i:] {
		width = max(width, len(r))
	}
	columns := make([]Column, width)
	for c, heading := range s.Rows[i] {
		columns[c].Heading = heading
	}
	for len(columns) > 0 && columns[len(columns)-1].Heading == "" && empty(s, i, len(columns)-1) {
		columns = columns[:len(columns)-1]
	}
	return columns
}

// empty tells whether nothing stands below row i in a column.
func empty(s document.Sheet, i, column int) bool {
	return !slices.ContainsFunc(s.Rows[i:], func(r []string) bool { return column < len(r) && r[column] != "" })
}
