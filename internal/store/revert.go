package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
)

// revert takes a changeset back: every row that it wrote gets its values from
// before. Rows changed since are left alone and reported. The inverse is
// computed by the database from history (history.undo), because a changeset
// is undone row by row whatever kinds of edit made it.
func (w *writing) revert(ctx context.Context, e norms.Revert) (bool, error) {
	if err := w.revertible(ctx, e.Changeset); err != nil {
		return false, err
	}
	if _, err := w.db.Exec(ctx, "set constraints all deferred"); err != nil {
		return false, failure(err)
	}
	rows, err := w.db.Query(ctx, "select kind, id, conflict from history.undo($1)", e.Changeset)
	if err != nil {
		return false, failure(err)
	}
	undone := 0
	var kind string
	var id int64
	var conflict bool
	_, err = pgx.ForEachRow(rows, []any{&kind, &id, &conflict}, func() error {
		if conflict {
			w.done.Conflicts = append(w.done.Conflicts, norms.Thing{Kind: kind, ID: id, Name: fmt.Sprintf("%s %d", kind, id)})
		} else {
			undone++
		}
		return nil
	})
	if err != nil {
		return false, failure(err)
	}
	if _, err := w.db.Exec(ctx, "set constraints all immediate"); err != nil {
		return false, failure(err) // something written since rests on a row that would go
	}
	if undone == 0 {
		return false, norms.Errorf(norms.Conflict, "nothing of changeset %d can be taken back: every row was changed since", e.Changeset)
	}
	return w.wrote(0, true, nil)
}

func (w *writing) revertible(ctx context.Context, id int64) error {
	var there bool
	err := w.db.QueryRow(ctx, "select exists (select from changeset where id = $1 and id < $2)", id, w.rev).Scan(&there)
	if err == nil && !there {
		return norms.NotFoundf("there is no changeset %d", id)
	}
	return failure(err)
}
