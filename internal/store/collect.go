package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// collect reads all rows that a statement gives; what names them in an error.
func collect[T any](ctx context.Context, db DB, what, sql string, args pgx.StrictNamedArgs) ([]T, error) {
	rows, err := db.Query(ctx, sql, args)
	if err != nil {
		return nil, fmt.Errorf("asking for %s: %w", what, failure(err))
	}
	list, err := readRows[T](rows)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", what, failure(err))
	}
	return list, nil
}
