package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// Statement is SQL with its arguments counted instead of named. That is found
// out once for what every page asks: reading a long text for names takes as
// long as some of the pages it is for.
type Statement struct {
	sql   string
	names []string // of the arguments, in their order
}

// Counting turns a statement with these named arguments into one that counts
// them. The statements are the program's own, so one that is wrong is a
// programming error.
func Counting(sql string, names ...string) Statement {
	args := pgx.StrictNamedArgs{}
	for _, name := range names {
		args[name] = name
	}
	counted, order, err := args.RewriteQuery(context.Background(), nil, sql, nil)
	if err != nil {
		panic(err)
	}
	st := Statement{sql: counted}
	for _, name := range order {
		st.names = append(st.names, name.(string))
	}
	return st
}

// values are the arguments in the order of the statement.
func (st Statement) values(args map[string]any) []any {
	out := make([]any, len(st.names))
	for i, name := range st.names {
		out[i] = args[name]
	}
	return out
}

// Asking adds a statement to those that go out together, since none waits for the
// answer of another; into gets its rows when they come back (see [answers]).
func Asking[T any](b *pgx.Batch, into *[]T, what string, st Statement, args map[string]any) {
	b.Queue(st.sql, st.values(args)...).Query(func(rows pgx.Rows) error {
		list, err := readRows[T](rows)
		if err != nil {
			return fmt.Errorf("reading %s: %w", what, Failure(err))
		}
		*into = list
		return nil
	})
}

// Answers sends what was asked and reads all that comes back.
func Answers(ctx context.Context, db DB, b *pgx.Batch) error {
	return Failure(db.SendBatch(ctx, b).Close())
}
