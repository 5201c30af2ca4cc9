package store

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// DB is what a Store runs its statements on: a pool, or a transaction in tests
// and inside InTx.
type DB interface {
	Begin(ctx context.Context) (pgx.Tx, error)
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
	SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults
	CopyFrom(ctx context.Context, table pgx.Identifier, columns []string, rows pgx.CopyFromSource) (int64, error)
}

// Store reads and writes the record. It is safe for concurrent use when its
// DB is a pool.
type Store struct {
	db      DB
	past    *pgxpool.Pool // that AsOf reads from; nil when the past is not asked
	asOf    int64         // the revision looked at; 0 for the present
	bound   bool          // to a transaction, on whose end its changesets are made known
	writer  *writer       // nil on a transaction, which is one's own to write in
	written atomic.Int64  // changesets
	unheard atomic.Int64  // the last of them, on a store that is bound
	news    *news
	asked   askedHolders
	kept    *memory   // of the present; nil where something else is looked at
	looksAt *Snapshot // nil where every statement looks at the newest
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

// Limits of one request's use of the database: a statement that runs longer
// or a connection that does not come answers 503, so that a slow query does
// not take the cheap pages with it.
const (
	statementTimeout = 3 * time.Second
	connectTimeout   = 2 * time.Second
	// A writer that falls silent in the middle lets go of the lock under which
	// everybody writes.
	idleInTransaction = 10 * time.Second
)

// Open makes a pool of connections that act as the application's role.
// Options set further values on the pool, such as its size or a tracer.
func Open(ctx context.Context, url string, options ...func(*pgxpool.Config)) (*pgxpool.Pool, error) {
	return open(ctx, url, "set role normmap_app", options...)
}

// open makes a pool whose connections begin with settings: those of a role
// hold at sign-in only, not when it is taken on. Added to them is how much
// similarity search asks of its indexes, which no statement can say by itself.
func open(ctx context.Context, url, settings string, options ...func(*pgxpool.Config)) (*pgxpool.Pool, error) {
	cfg, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("reading the database URL: %w", err)
	}
	cfg.ConnConfig.ConnectTimeout = connectTimeout
	cfg.ConnConfig.RuntimeParams["application_name"] = "normmap"
	cfg.ConnConfig.RuntimeParams["statement_timeout"] = fmt.Sprint(statementTimeout.Milliseconds())
	cfg.ConnConfig.RuntimeParams["idle_in_transaction_session_timeout"] = fmt.Sprint(idleInTransaction.Milliseconds())
	cfg.ConnConfig.RuntimeParams["timezone"] = "UTC"
	cfg.ConnConfig.RuntimeParams["jit"] = "off" // a page's statement is done before it would be compiled
	cfg.AfterConnect = func(ctx context.Context, c *pgx.Conn) error {
		_, err := c.Exec(ctx, settings+"; set pg_trgm.similarity_threshold = "+similarSpelling)
		return err
	}
	var made atomic.Pointer[pgxpool.Pool]
	leaveStandby(&cfg.ConnConfig.Config, func() {
		if pool := made.Load(); pool != nil {
			pool.Reset()
		}
	})
	again := cfg.ConnConfig.Copy()
	cfg.ConnConfig.Tracer = &watch{again: func(ctx context.Context) (*pgx.Conn, error) { return connectAs(ctx, again, cfg.AfterConnect) }}
	for _, set := range options {
		set(cfg)
	}
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return nil, fmt.Errorf("opening the database: %w", err)
	}
	made.Store(pool)
	return pool, nil
}

// connectAs makes one connection as those of a pool are.
func connectAs(ctx context.Context, cfg *pgx.ConnConfig, begin func(context.Context, *pgx.Conn) error) (*pgx.Conn, error) {
	conn, err := pgx.ConnectConfig(ctx, cfg)
	if err != nil {
		return nil, err
	}
	if err := begin(ctx, conn); err != nil {
		_ = conn.Close(context.WithoutCancel(ctx))
		return nil, err
	}
	return conn, nil
}

// InTx runs f with a store bound to one transaction: all of f's statements
// take effect, or none when it returns an error. Inside InTx it makes a
// savepoint.
func (s *Store) InTx(ctx context.Context, f func(tx *Store) error) error {
	tx, err := s.db.Begin(ctx)
	if err != nil {
		return failure(err)
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }() // does nothing after a commit
	bound := &Store{db: tx, past: s.past, bound: true, news: s.news}
	if err := f(bound); err != nil {
		return failure(err)
	}
	if err := tx.Commit(ctx); err != nil {
		return commitFailure(err)
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
