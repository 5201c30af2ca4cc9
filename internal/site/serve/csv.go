package serve

import (
	"encoding/csv"
	"fmt"
	"io"
	"iter"
	"reflect"
	"strings"
	"time"

	"normmap/internal/export"
	"normmap/internal/norms"
)

// Table is a list as RFC 4180 wants it. Its columns are the fields of the
// items' JSON form, under the same names and in the same order, so that the
// two forms cannot say different things.
type Table struct {
	Name   string // of the file, without ending
	header []string
	rows   iter.Seq2[[]string, error]
}

// TableOf makes the table of a whole list: from first, its first page, on
// through all others.
func TableOf[T any](name string, first norms.List[T], more func(norms.Page) (norms.List[T], error)) *Table {
	columns := columnsOf(reflect.TypeFor[T]())
	t := &Table{Name: name}
	for _, c := range columns {
		t.header = append(t.header, c.name)
	}
	t.rows = func(yield func([]string, error) bool) {
		for item, err := range allOf(first, more) {
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(cells(columns, item), nil) {
				return
			}
		}
	}
	return t
}

// TableOfItems makes the table of a list that has only one page.
func TableOfItems[T any](name string, items []T) *Table {
	return TableOf(name, norms.List[T]{Items: items}, nil)
}

// allOf walks a list page by page.
func allOf[T any](list norms.List[T], more func(norms.Page) (norms.List[T], error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for {
			for _, item := range list.Items {
				if !yield(item, nil) {
					return
				}
			}
			if list.Next == nil {
				return
			}
			var err error
			if list, err = more(norms.Page{Limit: norms.MaxLimit, Cursor: *list.Next}); err != nil {
				var none T
				yield(none, err)
				return
			}
		}
	}
}

func (t *Table) write(w io.Writer) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if err := out.Write(t.header); err != nil {
		return err
	}
	for row, err := range t.rows {
		if err != nil {
			return err
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

type column struct {
	name  string
	index []int
}

// columnsOf lists the JSON fields of a struct, those of embedded ones in
// their place.
func columnsOf(t reflect.Type) []column {
	var columns []column
	for _, f := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.IsExported() && name != "" && name != "-" {
			columns = append(columns, column{name, f.Index})
		}
	}
	return columns
}

func cells(columns []column, item any) []string {
	row := make([]string, len(columns))
	v := reflect.ValueOf(item)
	for i, c := range columns {
		row[i] = export.Harmless(cell(v.FieldByIndex(c.index)))
	}
	return row
}

// cell writes one value; the values of a list are joined by semicolons, and
// what is not known is empty.
func cell(v reflect.Value) string {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return ""
		}
		v = v.Elem()
	}
	switch x := v.Interface().(type) {
	case time.Time:
		return x.UTC().Format(time.RFC3339)
	case norms.Candidate:
		return x.Principle
	case norms.Fragment:
		return x.String()
	}
	if v.Kind() != reflect.Slice {
		return fmt.Sprint(v.Interface())
	}
	parts := make([]string, v.Len())
	for i := range parts {
		parts[i] = cell(v.Index(i))
	}
	return strings.Join(parts, "; ")
}
