package history

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/store/postgres"
)

// How much of what was written is added to the course of figures at once: as
// long as that is less, the past is told by it and what changed since.
const (
	leastOfCourse = 50
	mostOfCourse  = 5000
	// From so many changes on it is quicker to read figures than changes.
	inOneRow = 1000
)

// A changeset is added as a whole, however large it is.
const timeForCourse = "set local statement_timeout = '10min'"

const keepCourse = "select coalesce(history.keep_course($1, $2, $3), 0)"

// KeepCourse writes down how figures of principles changed up to now, step by
// step, so that pages of the past need not count them. Of several instances that
// do so at the same time one does it.
func (s *Store) KeepCourse(ctx context.Context) error {
	for {
		var reached int64
		err := postgres.InTransaction(ctx, s.db, func(tx pgx.Tx) error {
			if _, err := tx.Exec(ctx, timeForCourse); err != nil {
				return err
			}
			return tx.QueryRow(ctx, keepCourse, leastOfCourse, mostOfCourse, inOneRow).Scan(&reached)
		})
		if err != nil || reached == 0 {
			return err
		}
	}
}
