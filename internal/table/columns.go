package table

import (
	"slices"
	"strings"

	"normmap/internal/norms"
)

// Letters is the name under which spreadsheets show a column, counted from 0.
func Letters(column int) string { return letters(column) }

// Map says what a column holds, which is given by its heading or its letters;
// "" is for one that is not read.
func (m *Mapping) Map(column, field string) error {
	at := -1
	for i, c := range m.Columns {
		if key(c.Heading) == key(column) && c.Heading != "" {
			if at >= 0 {
				return norms.Field("map", "several columns are called %q: say which by its letter, such as %s", column, letters(i))
			}
			at = i
		}
	}
	for i := range m.Columns {
		if at < 0 && strings.EqualFold(letters(i), column) {
			at = i
		}
	}
	if at < 0 {
		return norms.Field("map", "no column is called %q: the headings are %s", column, strings.Join(m.headings(), ", "))
	}
	if _, known := m.Kind.field(field); !known && field != "" {
		return norms.Field("map", "%s have no %s: a column of theirs may say %s", m.Kind, field, strings.Join(m.Kind.names(), ", "))
	}
	m.Columns = slices.Clone(m.Columns)
	m.Columns[at].Field = field
	return nil
}

func (m Mapping) headings() []string {
	out := make([]string, len(m.Columns))
	for i, c := range m.Columns {
		out[i] = c.Heading
	}
	return out
}

func (k Kind) names() []string {
	out := make([]string, len(fields[k]))
	for i, f := range fields[k] {
		out[i] = f.Name
	}
	return out
}
