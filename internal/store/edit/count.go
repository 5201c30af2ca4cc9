package edit

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/history"
	"normmap/internal/store/postgres"
)

// keepTouched keeps how many rows the changeset that is open wrote.
const keepTouched = `
with uncounted as (
  select @rev::bigint as id
),` + history.Touched + `
insert into changeset_tally (changeset_id, rows) select rev, rows from touched`

// manyEdits is from where on the rows of a changeset are counted once, when it
// is written. A revert may write as many rows as what it takes back.
const manyEdits = 20

// keepCount is called at the end of a changeset.
func (w *writing) keepCount(ctx context.Context, edits []norms.Edit) error {
	reverts := slices.ContainsFunc(edits, func(e norms.Edit) bool { _, ok := e.(norms.Revert); return ok })
	if len(edits) < manyEdits && !reverts {
		return nil
	}
	_, err := w.db.Exec(ctx, keepTouched, pgx.StrictNamedArgs{"rev": w.rev})
	return postgres.Failure(err)
}
