package postgres

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// DB is what statements run on: a pool, a transaction, or the past.
type DB interface {
	Begin(ctx context.Context) (pgx.Tx, error)
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
	SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults
	CopyFrom(ctx context.Context, table pgx.Identifier, columns []string, rows pgx.CopyFromSource) (int64, error)
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
	// What pages look up is in memory or on a disk without arms: for a few dozen rows of
	// some thousands the planner is not to read them all.
	cfg.ConnConfig.RuntimeParams["random_page_cost"] = "1.1"
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
	cfg.ConnConfig.Tracer = &watch{again: func(ctx context.Context) (*pgx.Conn, error) { return ConnectAs(ctx, again, cfg.AfterConnect) }}
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

// ConnectAs makes one connection as those of a pool are.
func ConnectAs(ctx context.Context, cfg *pgx.ConnConfig, begin func(context.Context, *pgx.Conn) error) (*pgx.Conn, error) {
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

// OpenPast makes a pool of connections that can only look at the past: their
// role sees the views of the schema asof and the history, and nothing of the
// present. It is a pool of its own, since connections that went to and fro
// would plan every statement anew.
func OpenPast(ctx context.Context, url string, options ...func(*pgxpool.Config)) (*pgxpool.Pool, error) {
	return open(ctx, url, "set role normmap_past; set search_path = asof, public; set default_transaction_read_only = on", options...)
}

// similarSpelling is how alike words must be: of seven letters two that changed
// places. It is set on connections, since no statement can say it by itself.
const similarSpelling = "0.3"

// InTransaction runs f in a transaction, or in a savepoint where db is one: all
// that f does takes effect, or nothing when it returns an error.
func InTransaction(ctx context.Context, db DB, f func(tx pgx.Tx) error) error {
	tx, err := db.Begin(ctx)
	if err != nil {
		return Failure(err)
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }() // does nothing after a commit
	if err := f(tx); err != nil {
		return Failure(err)
	}
	if err := tx.Commit(ctx); err != nil {
		return CommitFailure(err)
	}
	return nil
}
