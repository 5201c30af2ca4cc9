package edit

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/jackc/pgx/v5"

	"normmap/internal/store/postgres"
)

// table is a domain table whose rows edits write. R has one field for each
// column that carries data, tagged db; id and version are the table's own.
// The statements are put together once, from the tags, at start.
type table[R any] struct {
	name                          string
	names                         []string // of R's columns
	columns                       string   // the same, separated by commas
	versioned                     bool
	insertSQL, updateSQL, dropSQL string
	updateAllSQL                  string // rows as JSON
}

// row is a recorded R with its key and the changeset that last wrote it.
type row[R any] struct {
	ID      int64
	Version int64
	Data    R
}

// newTable is a table whose rows carry the changeset that last wrote them.
func newTable[R any](name string) table[R] { return describe[R](name, true) }

// newPart is a table of parts of other rows, whose version is that of the whole.
func newPart[R any](name string) table[R] { return describe[R](name, false) }

func describe[R any](name string, versioned bool) table[R] {
	var columns, values, sets, moves []string
	for _, f := range reflect.VisibleFields(reflect.TypeFor[R]()) {
		c := f.Tag.Get("db")
		columns = append(columns, c)
		values = append(values, "@"+c)
		sets = append(sets, c+" = @"+c)
		moves = append(moves, c+" = n."+c)
	}
	list := strings.Join(columns, ", ")
	into := list
	if versioned {
		into, values = list+", version", append(values, "@version")
	}
	return table[R]{
		name:      name,
		names:     columns,
		columns:   list,
		versioned: versioned,
		insertSQL: "insert into " + name + " (" + into + ") values (" + strings.Join(values, ", ") + ") returning id",
		updateSQL: "update " + name + " set " + strings.Join(sets, ", ") + ", version = @version where id = @id",
		dropSQL:   "delete from " + name + " where id = @id",
		updateAllSQL: "update " + name + " t set " + strings.Join(moves, ", ") + ", version = @version " +
			"from jsonb_populate_recordset(null::" + name + ", @rows) n where t.id = n.id",
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
func (t table[R]) find(ctx context.Context, db postgres.DB, where string, args pgx.StrictNamedArgs) (*row[R], error) {
	rows, err := db.Query(ctx, "select id, version, "+t.columns+" from "+t.name+" where "+where+" for update", args)
	if err != nil {
		return nil, postgres.Failure(err)
	}
	found, err := pgx.CollectExactlyOneRow(rows, t.scan)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", t.name, postgres.Failure(err))
	}
	return &found, nil
}

func (t table[R]) scan(r pgx.CollectableRow) (row[R], error) { return t.scanAfter(r) }

// scanAfter reads a row that stands after other columns.
func (t table[R]) scanAfter(r pgx.CollectableRow, first ...any) (row[R], error) {
	var out row[R]
	v := reflect.ValueOf(&out.Data).Elem()
	into := append(first, &out.ID, &out.Version)
	for i := range v.NumField() {
		into = append(into, v.Field(i).Addr().Interface())
	}
	err := r.Scan(into...)
	return out, err
}

func (t table[R]) insert(ctx context.Context, db postgres.DB, r R, rev int64) (int64, error) {
	args := t.args(r)
	if t.versioned {
		args["version"] = rev
	}
	var id int64
	if err := db.QueryRow(ctx, t.insertSQL, args).Scan(&id); err != nil {
		return 0, fmt.Errorf("adding to %s: %w", t.name, postgres.Failure(err))
	}
	return id, nil
}

func (t table[R]) update(ctx context.Context, db postgres.DB, id int64, r R, rev int64) error {
	args := t.args(r)
	args["version"], args["id"] = rev, id
	if _, err := db.Exec(ctx, t.updateSQL, args); err != nil {
		return fmt.Errorf("changing %s %d: %w", t.name, id, postgres.Failure(err))
	}
	return nil
}

func (t table[R]) drop(ctx context.Context, db postgres.DB, id int64) error {
	if _, err := db.Exec(ctx, t.dropSQL, pgx.StrictNamedArgs{"id": id}); err != nil {
		return fmt.Errorf("withdrawing %s %d: %w", t.name, id, postgres.Failure(err))
	}
	return nil
}
