package edit

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/history"
	"normmap/internal/store/naming"
	"normmap/internal/store/postgres"
)

// latestOf reads the versions of the rows that left(kind, id) lists.
const latestOf = history.VersionColumns + `(
  select v.kind, v.id, v.since_rev, v.until_rev, v.body, t.position
  from (select kind, array_agg(id) as ids from left_alone group by kind) l
  join history.tracked t on t.name = l.kind
  cross join lateral history.versions(l.kind, 'id', l.ids) v
) x
order by position, id, until_rev`

// conflictsNamed reads rows by kind and number, but for those that the
// changeset wrote after all, because they go along with others.
const conflictsNamed = `
with left_alone as (
  select kind, id from unnest(@kinds::text[], @ids::bigint[]) x (kind, id)
  except select kind, id from history.changes(@by)
)
` + latestOf

// leftAloneBy finds the rows that a changeset wrote and the one that took it
// back did not: those it left alone.
const leftAloneBy = `
with left_alone as (
  select kind, id from history.changes(@taken) except select kind, id from history.changes(@by)
)
` + latestOf

// LeftAlone lists what a changeset did not take back of the one that it takes
// back, because it was changed since or because something rests on it. It is
// empty for a changeset that takes nothing back.
func (s *Store) LeftAlone(ctx context.Context, c norms.ChangesetRow) ([]norms.Thing, error) {
	if c.Reverts == 0 {
		return nil, nil
	}
	return s.latest(ctx, leftAloneBy, pgx.StrictNamedArgs{"taken": c.Reverts, "by": c.ID})
}

// leftAlone is conflicts of an undo in words.
func (w *writing) leftAlone(ctx context.Context, conflicts []naming.ThingKey) ([]norms.Thing, error) {
	if len(conflicts) == 0 {
		return nil, nil
	}
	kinds, ids := make([]string, len(conflicts)), make([]int64, len(conflicts))
	for i, c := range conflicts {
		kinds[i], ids[i] = c.Kind, c.ID
	}
	return on(w.db).latest(ctx, conflictsNamed, pgx.StrictNamedArgs{"kinds": kinds, "ids": ids, "by": w.rev})
}

// latest names the rows whose versions q reads as they were recorded last.
func (s *Store) latest(ctx context.Context, q string, args pgx.StrictNamedArgs) ([]norms.Thing, error) {
	found, err := postgres.Collect[history.Version](ctx, s.db, "rows that were left alone", q, args)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	var last []naming.RowChange
	for i, v := range found {
		if i+1 == len(found) || found[i+1].ID != v.ID || found[i+1].Kind != v.Kind {
			last = append(last, naming.RowChange{Kind: v.Kind, ID: v.ID, After: v.Body})
		}
	}
	n, err := s.names.NamesOf(ctx, last)
	if err != nil {
		return nil, err
	}
	out := make([]norms.Thing, len(last))
	for i, c := range last {
		out[i] = n.Thing(c)
	}
	return out, nil
}
