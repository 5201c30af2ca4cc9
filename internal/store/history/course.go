package history

import (
	"context"
	"errors"

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
	// Of changesets, which are mostly small, so many are added to the course of
	// the tallies at once.
	mostChangesets = 2000
)

// A changeset is added as a whole, however large it is.
const timeForCourse = "set local statement_timeout = '10min'"

// Each says how far it got, 0 when there was nothing to do, and how far the
// record went when it began.
const (
	keepCourse  = "select coalesce(history.keep_course($1, $2, $3), 0), " + newest
	keepTallies = "select coalesce(history.keep_tallies($1, $2), 0), " + newest
	newest      = "(select coalesce(max(id), 0) from public.changeset where id < 4611686018427387904)"
)

// KeepCourse writes down how figures of principles and tallies changed up to
// now, so that pages of the past need not count them.
func (s *Store) KeepCourse(ctx context.Context) error {
	for {
		if more, err := s.KeepCourseOn(ctx); err != nil || !more {
			return err
		}
	}
}

// KeepCourseOn is one step of [Store.KeepCourse]; it tells whether it left
// anything that could be written down at once. What is written meanwhile does not
// count: while many edit, a step for each edit would cost as much as the edit. Of
// several instances that do so at the same time one does it.
func (s *Store) KeepCourseOn(ctx context.Context) (bool, error) {
	tallies, ofTallies := s.keep(ctx, keepTallies, mostChangesets, mostOfCourse)
	figures, ofFigures := s.keep(ctx, keepCourse, leastOfCourse, mostOfCourse, inOneRow)
	return tallies || figures, errors.Join(ofTallies, ofFigures)
}

// keep takes one step of a course, and tells whether it had to stop before the
// end of the record.
func (s *Store) keep(ctx context.Context, step string, most ...any) (bool, error) {
	var reached, end int64
	err := postgres.InTransaction(ctx, s.db, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, timeForCourse); err != nil {
			return err
		}
		return tx.QueryRow(ctx, step, most...).Scan(&reached, &end)
	})
	return 0 < reached && reached < end, err
}
