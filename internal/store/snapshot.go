package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"normmap/internal/store/news"
	"normmap/internal/store/postgres"
)

// Snapshot is a Store on the present record at one moment: all its statements
// see the same revision. It is for one goroutine, and holds a connection until
// End, which may be called more than once.
type Snapshot struct {
	*Store
	End func()

	state news.State
	known bool                        // the state was read
	flush func(context.Context) error // has it read
}

const newestRevision = "select coalesce(max(id), 0) from changeset"

// Snapshot begins one. On a store that is bound to a transaction it shows what
// that transaction does.
func (s *Store) Snapshot(ctx context.Context) (*Snapshot, error) {
	snap := &Snapshot{state: news.State{Epoch: s.Epoch()}}
	p, tx, err := postgres.BeginReading(ctx, s.db)
	if err != nil {
		return nil, postgres.Failure(err)
	}
	snap.Store = s.bound(tx)
	snap.End = func() {
		snap.flush = func(context.Context) error { return errEnded }
		_ = tx.Rollback(context.WithoutCancel(ctx)) // read only: nothing to keep
	}
	if p == nil {
		snap.flush = func(ctx context.Context) error { return snap.ask(ctx, tx) }
		return snap, nil
	}
	p.ReadLater(func(rows pgx.Rows) error {
		var st news.Revisions
		_, err := pgx.ForEachRow(rows, []any{&st.Revision, &st.Names, &st.Texts}, func() error { return nil })
		if err == nil {
			snap.hear(s, st)
		}
		return err
	}, news.MomentState)
	snap.flush = p.Flush
	snap.Keep(s.browseStore, &snap.state)
	return snap, nil
}

var errEnded = errors.New("the snapshot has ended, and nothing was read")

// State is that of the record at the moment of the snapshot. It comes along
// with what is read first.
func (snap *Snapshot) State(ctx context.Context) (news.State, error) {
	if !snap.known {
		if err := snap.flush(ctx); err != nil {
			return news.State{}, fmt.Errorf("beginning to read: %w", postgres.Failure(err))
		}
	}
	return snap.state, nil
}

func (snap *Snapshot) ask(ctx context.Context, db postgres.DB) error {
	st, err := news.ReadState(ctx, db)
	snap.state.Revision, snap.state.Names, snap.known = st.Revision, st.Names, err == nil
	return err
}

// hear takes in the state, which s then knows too.
func (snap *Snapshot) hear(s *Store, st news.Revisions) {
	snap.state.Revision, snap.state.Names, snap.state.Texts, snap.known = st.Revision, st.Names, st.Texts, true
	s.Hear(snap.state)
}
