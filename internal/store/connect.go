package store

import (
	"context"

	"github.com/jackc/pgx/v5/pgxpool"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// Connect makes a Store on pools of its own, of at most so many connections
// each; with 0 for the past it cannot be asked for it. What it writes it tells
// those who follow (see [Store.Follow]). end closes the pools.
func Connect(ctx context.Context, url string, present, past int32, options ...func(*pgxpool.Config)) (s *Store, end func(), err error) {
	most := func(n int32) []func(*pgxpool.Config) {
		return append([]func(*pgxpool.Config){func(c *pgxpool.Config) { c.MaxConns = n }}, options...)
	}
	pool, err := postgres.Open(ctx, url, most(present)...)
	if err != nil {
		return nil, nil, err
	}
	s = New(pool)
	s.Tell(pool)
	endPresent := func() {
		s.newsStore.End()
		pool.Close()
	}
	if past == 0 {
		return s, endPresent, nil
	}
	earlier, err := postgres.OpenPast(ctx, url, most(past)...)
	if err != nil {
		endPresent()
		return nil, nil, err
	}
	return s.WithPast(earlier), func() {
		earlier.Close()
		endPresent()
	}, nil
}

// WithPast is the store with a pool that [OpenPast] made, so that AsOf can be
// asked.
func (s *Store) WithPast(pool *pgxpool.Pool) *Store {
	with := *s
	with.past = pool
	return &with
}

// AsOf reads the record as it was at a revision. It cannot write.
func (s *Store) AsOf(revision int64) *Store {
	db := postgres.InPast(s.past, revision)
	return assemble(db, s.past, s.newsStore.On(db))
}

// At is AsOf a moment that was asked for in an epoch. What it reads of texts, s
// keeps in memory for other revisions that have the same ones.
func (s *Store) At(m norms.Moment, epoch int64) *Store {
	then := s.AsOf(m.Revision)
	then.KeepPast(s.browseStore, m.Textual, epoch)
	return then
}

// Pools tells how the pools are used at this moment, by what they read: present
// and past. A Store on a transaction has none for the present.
func (s *Store) Pools() map[string]postgres.Connections {
	out := map[string]postgres.Connections{}
	if pool, ok := s.db.(*pgxpool.Pool); ok {
		out["present"] = postgres.ConnectionsOf(pool.Stat())
	}
	if s.past != nil {
		out["past"] = postgres.ConnectionsOf(s.past.Stat())
	}
	return out
}

// Shown is the revision that this store shows: one of the past, or the newest
// that it sees.
func (s *Store) Shown(ctx context.Context) (int64, error) {
	if revision := postgres.AsOf(s.db); revision > 0 {
		return revision, nil
	}
	return s.Revision(ctx)
}
