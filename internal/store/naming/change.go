package naming

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"normmap/internal/norms"
)

// RowChange is one row before and after a changeset, columns to values; nil
// when it was not there.
type RowChange struct {
	Kind          string
	ID            int64
	Before, After map[string]any
}

// now is the row's latest values in this change.
func (c RowChange) now() map[string]any {
	if c.After != nil {
		return c.After
	}
	return c.Before
}

// Action says what happened to the row.
func (c RowChange) Action() string {
	switch {
	case c.Before == nil:
		return "added"
	case c.After == nil:
		return "withdrawn"
	}
	return "changed"
}

// Describe puts changes of rows into words.
func (s *Store) Describe(ctx context.Context, changes []RowChange) ([]norms.Change, error) {
	names, err := s.NamesOf(ctx, changes)
	if err != nil {
		return nil, err
	}
	out := make([]norms.Change, len(changes))
	for i, c := range changes {
		out[i] = norms.Change{Thing: names.Thing(c), Action: c.Action(), Fields: names.Fields(c)}
	}
	return out, nil
}

// Fields lists the differences of a change. Of a row that came or went only
// what says something is listed.
func (n Names) Fields(c RowChange) []norms.Changed {
	columns := map[string]bool{}
	for _, row := range []map[string]any{c.Before, c.After} {
		for column := range row {
			columns[column] = !hidden(c, column)
		}
	}
	out := []norms.Changed{}
	for _, column := range slices.SortedFunc(maps.Keys(columns), byImportance) {
		before, after := c.Before[column], c.After[column]
		if !columns[column] || reflect.DeepEqual(before, after) {
			continue
		}
		d := norms.Changed{Field: strings.TrimSuffix(column, "_id"), Before: n.value(column, before), After: n.value(column, after)}
		if d.Before != d.After {
			out = append(out, d)
		}
	}
	return out
}

// hidden columns say nothing to a reader: keys, a label's form for addresses,
// and the order or the unset flags of a row that came or went, but for one that
// is what was decided.
func hidden(c RowChange, column string) bool {
	switch column {
	case "id", "label_key":
		return true
	case "label":
		return c.Kind == "principle"
	case "position":
		return c.Action() != "changed"
	case "outside":
		return false
	}
	return c.Action() != "changed" && c.now()[column] == false
}

// leading columns come first in a list of differences, the others by name.
var leading = []string{"slug", "title", "short_title", "name", "number", "label", "initiative_id", "principle_id", "organization_id",
	"agreement_id", "edition_id", "relation", "resolution", "text", "summary"}

func byImportance(a, b string) int {
	rank := func(column string) int {
		if i := slices.Index(leading, column); i >= 0 {
			return i
		}
		return len(leading)
	}
	return cmp.Or(cmp.Compare(rank(a), rank(b)), strings.Compare(a, b))
}

// value writes a column's value for a reader, a number of a row as its name.
func (n Names) value(column string, v any) string {
	switch v := v.(type) {
	case string:
		if column == "body" {
			return fmt.Sprintf("a text of %d characters", utf8.RuneCountInString(v))
		}
		return v
	case bool:
		if v {
			return "yes"
		}
		return "no"
	case float64:
		if kind, ok := pointsTo[column]; ok {
			return n.Of(kind, int64(v)).Name
		}
		return strconv.FormatFloat(v, 'f', -1, 64)
	case []any:
		words := make([]string, len(v))
		for i, w := range v {
			words[i] = n.value(column, w)
		}
		return strings.Join(words, ", ")
	}
	return ""
}
