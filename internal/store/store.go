package store

import (
	"context"
	"errors"
	"sync/atomic"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Store reads and writes the record. It is safe for concurrent use when its
// DB is a pool.
type Store struct {
	db      DB
	past    *pgxpool.Pool // that AsOf reads from; nil when the past is not asked
	bound   bool          // to a transaction, on whose end its changesets are made known
	writer  *writer       // nil on a transaction, which is one's own to write in
	written atomic.Int64  // changesets
	unheard atomic.Int64  // the last of them, on a store that is bound
	news    *news
	asked   askedHolders
	kept    *memory // of the present; nil where something else is looked at
	looksAt *State  // of the snapshot; nil where every statement looks at the newest
}

// New makes a Store on db. On a pool, changesets that are applied at the same
// time share a transaction.
func New(db DB) *Store {
	s := &Store{db: db, news: newNews(), kept: &memory{}}
	if pool, ok := db.(*pgxpool.Pool); ok {
		s.writer = &writer{pool: pool}
	}
	return s
}

// InTx runs f with a store bound to one transaction: all of f's statements
// take effect, or none when it returns an error. Inside InTx it makes a
// savepoint.
func (s *Store) InTx(ctx context.Context, f func(tx *Store) error) error {
	var bound *Store
	err := inTransaction(ctx, s.db, func(tx pgx.Tx) error {
		bound = &Store{db: tx, past: s.past, bound: true, news: s.news}
		return f(bound)
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

// Ping says whether the database answers and takes what is written.
func (s *Store) Ping(ctx context.Context) error {
	var readOnly bool
	err := s.db.QueryRow(ctx, "select pg_is_in_recovery()").Scan(&readOnly)
	if err == nil && readOnly {
		return away(ErrStandby)
	}
	return failure(err)
}

// ErrStandby is matched by the error of Ping when the server that answers only
// reads: it is a standby, or has become one.
var ErrStandby = errors.New("the server is a standby and takes no changes")

// Reconnect lets go of every connection, of those under way when they are done.
// The next ones are made anew, and so lead to where the address leads now.
func (s *Store) Reconnect() {
	if pool, ok := s.db.(*pgxpool.Pool); ok {
		pool.Reset()
	}
	if s.past != nil {
		s.past.Reset()
	}
}

// Written is how many changesets this Store has applied.
func (s *Store) Written() int64 { return s.written.Load() }

// Revision is the number of the last changeset, 0 when there is none.
func (s *Store) Revision(ctx context.Context) (int64, error) {
	var rev int64
	err := s.db.QueryRow(ctx, newestRevision).Scan(&rev)
	return rev, failure(err)
}
