package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// Collect reads all rows that a statement gives; what names them in an error.
func Collect[T any](ctx context.Context, db DB, what, sql string, args pgx.StrictNamedArgs) ([]T, error) {
	rows, err := db.Query(ctx, sql, args)
	if err != nil {
		return nil, fmt.Errorf("asking for %s: %w", what, Failure(err))
	}
	list, err := readRows[T](rows)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", what, Failure(err))
	}
	return list, nil
}
