package history

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// Textual is the last revision, up to that of the changeset c, that changed texts.
const Textual = `coalesce((select max(x.revision) from history.text_revision x where x.revision <= c.id), 0)`

const momentOf = `
select c.id as revision, c.at, (select max(id) from changeset) - c.id as since,
  (select at from changeset order by id desc limit 1) as newest, ` + Textual + ` as textual
from changeset c
where c.id = coalesce(nullif(@revision::bigint, 0), (select max(id) from changeset where at <= @at::timestamptz))`

const edges = `
select coalesce(min(id), 0) as first, coalesce(max(id), 0) as last, min(at) as began from changeset`

// Moment finds the revision that a question about the past means. It is
// NotFound when nothing was recorded yet, or not so many revisions.
func (s *Store) Moment(ctx context.Context, asked norms.AsOf) (norms.Moment, error) {
	found, err := postgres.Collect[norms.Moment](ctx, s.db, "a revision", momentOf, pgx.StrictNamedArgs{"revision": asked.Revision, "at": asked.At})
	if err != nil {
		return norms.Moment{}, err
	}
	if len(found) > 0 {
		found[0].Asked = asked.At
		return found[0], nil
	}
	var first, last int64
	var began *time.Time
	if err := s.db.QueryRow(ctx, edges).Scan(&first, &last, &began); err != nil {
		return norms.Moment{}, postgres.Failure(err)
	}
	switch {
	case began == nil:
		return norms.Moment{}, norms.NotFoundf("nothing is recorded yet, so there is no past to look at")
	case asked.Revision > 0:
		return norms.Moment{}, norms.NotFoundf("there is no revision %d; the record has %d to %d (a day is written like 2026-11-22)", asked.Revision, first, last)
	}
	return norms.Moment{}, norms.NotFoundf("nothing was recorded then: the record begins on %s", began.UTC().Format("2 January 2006 at 15:04 UTC"))
}
