package store

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/jackc/pgx/v5"
)

// table is a domain table whose rows edits write. R has one field for each
// column that carries data, tagged db; id and version are the table's own.
// The statements are put together once, from the tags, at start.
type table[R any] struct {
	name                          string
	columns                       string // of R, separated by commas
	insertSQL, updateSQL, dropSQL string
}

// row is a recorded R with its key and the changeset that last wrote it.
type row[R any] struct {
	ID      int64
	Version int64
	Data    R
}

func newTable[R any](name string) table[R] {
	var columns, values, sets []string
	for _, f := range reflect.VisibleFields(reflect.TypeFor[R]()) {
		c := f.Tag.Get("db")
		columns = append(columns, c)
		values = append(values, "@"+c)
		sets = append(sets, c+" = @"+c)
	}
	list := strings.Join(columns, ", ")
	return table[R]{
		name:      name,
		columns:   list,
		insertSQL: "insert into " + name + " (" + list + ", version) values (" + strings.Join(values, ", ") + ", @version) returning id",
		updateSQL: "update " + name + " set " + strings.Join(sets, ", ") + ", version = @version where id = @id",
		dropSQL:   "delete from " + name + " where id = @id",
	}
}

// args turns r into named arguments.
func (t table[R]) args(r R) pgx.StrictNamedArgs {
	args := pgx.StrictNamedArgs{}
	v := reflect.ValueOf(r)
	for i, f := range reflect.VisibleFields(v.Type()) {
		args[f.Tag.Get("db")] = v.Field(i).Interface()
	}
	return args
}

// find reads and locks the row that satisfies where, a constant condition; nil
// when there is none.
func (t table[R]) find(ctx context.Context, db DB, where string, args pgx.StrictNamedArgs) (*row[R], error) {
	rows, err := db.Query(ctx, "select id, version, "+t.columns+" from "+t.name+" where "+where+" for update", args)
	if err != nil {
		return nil, failure(err)
	}
	found, err := pgx.CollectExactlyOneRow(rows, t.scan)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", t.name, failure(err))
	}
	return &found, nil
}

func (t table[R]) scan(r pgx.CollectableRow) (row[R], error) {
	var out row[R]
	v := reflect.ValueOf(&out.Data).Elem()
	into := []any{&out.ID, &out.Version}
	for i := range v.NumField() {
		into = append(into, v.Field(i).Addr().Interface())
	}
	err := r.Scan(into...)
	return out, err
}

func (t table[R]) insert(ctx context.Context, db DB, r R, rev int64) (int64, error) {
	args := t.args(r)
	args["version"] = rev
	var id int64
	if err := db.QueryRow(ctx, t.insertSQL, args).Scan(&id); err != nil {
		return 0, fmt.Errorf("adding to %s: %w", t.name, failure(err))
	}
	return id, nil
}

func (t table[R]) update(ctx context.Context, db DB, id int64, r R, rev int64) error {
	args := t.args(r)
	args["version"], args["id"] = rev, id
	if _, err := db.Exec(ctx, t.updateSQL, args); err != nil {
		return fmt.Errorf("changing %s %d: %w", t.name, id, failure(err))
	}
	return nil
}

func (t table[R]) drop(ctx context.Context, db DB, id int64) error {
	if _, err := db.Exec(ctx, t.dropSQL, pgx.StrictNamedArgs{"id": id}); err != nil {
		return fmt.Errorf("withdrawing %s %d: %w", t.name, id, failure(err))
	}
	return nil
}
