package news

import (
	"context"
	"sync/atomic"

	"github.com/jackc/pgx/v5"

	"normmap/internal/store/postgres"
)

// Store knows the newest state of one database, and what was written there
// through it.
type Store struct {
	db      postgres.DB
	news    *news
	bound   bool         // to a transaction, on whose end its changesets are made known
	written atomic.Int64 // changesets
	unheard atomic.Int64 // the last of them, on a store that is bound
}

// New makes a Store that knows nothing yet.
func New(db postgres.DB) *Store { return &Store{db: db, news: newNews()} }

// On is a Store that sees another DB of the same database.
func (s *Store) On(db postgres.DB) *Store { return &Store{db: db, news: s.news} }

// Bound is a Store for what is done in a transaction.
func (s *Store) Bound(tx postgres.DB) *Store { return &Store{db: tx, news: s.news, bound: true} }

// InTx runs f in a transaction with a Store that is bound to it. What was
// written is made known once it is committed.
func (s *Store) InTx(ctx context.Context, f func(tx pgx.Tx, bound *Store) error) error {
	var bound *Store
	err := postgres.InTransaction(ctx, s.db, func(tx pgx.Tx) error {
		bound = s.Bound(tx)
		return f(tx, bound)
	})
	if err != nil {
		return err
	}
	s.written.Add(bound.written.Load())
	if revision := bound.unheard.Load(); revision != 0 {
		s.committed(ctx, revision, false)
	}
	return nil
}

// Written is how many changesets this Store has applied.
func (s *Store) Written() int64 { return s.written.Load() }

// End waits until others were told what was committed.
func (s *Store) End() { s.news.end() }
