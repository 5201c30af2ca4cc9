package postgres

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5"
)

// readRows reads all rows into structs, column by column into the field of the
// same name, as [pgx.RowToStructByName] does: every field must have a column
// and every column a field. Fields are looked for once and not row by row, and
// each row is read in its place.
func readRows[T any](rows pgx.Rows) ([]T, error) {
	defer rows.Close()
	list := []T{}
	var into []any
	var paths [][]int
	for rows.Next() {
		if paths == nil {
			var err error
			if paths, err = pathsTo(reflect.TypeFor[T](), rows); err != nil {
				return nil, err
			}
			into = make([]any, len(paths))
		}
		if len(list) == 1 { // most statements give one row or a page
			list = slices.Grow(list, pageOfRows)
		}
		list = append(list, *new(T))
		row := reflect.ValueOf(&list[len(list)-1]).Elem()
		for i, path := range paths {
			into[i] = row.FieldByIndex(path).Addr().Interface()
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
	}
	return list, rows.Err()
}

const pageOfRows = 32

// fieldPaths has the fields of structs by the names of their columns.
var fieldPaths sync.Map // reflect.Type to map[string][]int

// pathsTo are the ways to the fields for the columns of rows.
func pathsTo(t reflect.Type, rows pgx.Rows) ([][]int, error) {
	found, ok := fieldPaths.Load(t)
	if !ok {
		paths := map[string][]int{}
		addPaths(paths, t, nil)
		found, _ = fieldPaths.LoadOrStore(t, paths)
	}
	byName := found.(map[string][]int)
	columns := rows.FieldDescriptions()
	out := make([][]int, len(columns))
	for i, column := range columns {
		path, ok := byName[fieldKey(column.Name)]
		if !ok {
			return nil, fmt.Errorf("%s has no field for the column %s", t, column.Name)
		}
		out[i] = path
	}
	if len(columns) != len(byName) {
		return nil, fmt.Errorf("%s has %d fields for %d columns", t, len(byName), len(columns))
	}
	return out, nil
}

func addPaths(paths map[string][]int, t reflect.Type, at []int) {
	for i := range t.NumField() {
		f := t.Field(i)
		path := append(at[:len(at):len(at)], i)
		name, tagged := f.Tag.Lookup("db")
		switch {
		case f.Anonymous && !tagged:
			addPaths(paths, f.Type, path)
		case !f.IsExported() || name == "-":
		case tagged:
			paths[fieldKey(name)] = path
		default:
			paths[fieldKey(f.Name)] = path
		}
	}
}

func fieldKey(name string) string { return strings.ToLower(strings.ReplaceAll(name, "_", "")) }
