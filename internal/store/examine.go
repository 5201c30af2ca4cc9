package store

import (
	"context"

	"normmap/internal/store/postgres"
)

// examination gives questions about the whole record more time than those of
// pages have, on this connection only.
const examination = `set local statement_timeout = '10min'`

// Examine runs f on a Store that can only read: all that it sees is of one
// moment, and nothing is changed, whatever f does.
func (s *Store) Examine(ctx context.Context, f func(tx *Store) error) error {
	_, tx, err := postgres.BeginReading(ctx, s.db)
	if err != nil {
		return postgres.Failure(err)
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }() // nothing to keep
	if _, err := tx.Exec(ctx, examination); err != nil {
		return postgres.Failure(err)
	}
	return postgres.Failure(f(s.bound(tx)))
}
