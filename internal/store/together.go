package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// statement is SQL with its arguments counted instead of named. That is found
// out once for what every page asks: reading a long text for names takes as
// long as some of the pages it is for.
type statement struct {
	sql   string
	names []string // of the arguments, in their order
}

// counting turns a statement with these named arguments into one that counts
// them. The statements are the program's own, so one that is wrong is a
// programming error.
func counting(sql string, names ...string) statement {
	args := pgx.StrictNamedArgs{}
	for _, name := range names {
		args[name] = name
	}
	counted, order, err := args.RewriteQuery(context.Background(), nil, sql, nil)
	if err != nil {
		panic(err)
	}
	st := statement{sql: counted}
	for _, name := range order {
		st.names = append(st.names, name.(string))
	}
	return st
}

// values are the arguments in the order of the statement.
func (st statement) values(args map[string]any) []any {
	out := make([]any, len(st.names))
	for i, name := range st.names {
		out[i] = args[name]
	}
	return out
}

// asking adds a statement to those that go out together, since none waits for the
// answer of another; into gets its rows when they come back (see [answers]).
func asking[T any](b *pgx.Batch, into *[]T, what string, st statement, args map[string]any) {
	b.Queue(st.sql, st.values(args)...).Query(func(rows pgx.Rows) error {
		list, err := readRows[T](rows)
		if err != nil {
			return fmt.Errorf("reading %s: %w", what, failure(err))
		}
		*into = list
		return nil
	})
}

// answers sends what was asked and reads all that comes back.
func answers(ctx context.Context, db DB, b *pgx.Batch) error {
	return failure(db.SendBatch(ctx, b).Close())
}
