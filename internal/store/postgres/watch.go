package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// acquireWithin is how long a statement waits for a connection. When none comes
// free in that time the database is away, or others keep it busy; either way
// the reader is better told to come back than kept.
const acquireWithin = time.Second

// watch sees every statement of a pool and every wait for a connection.
type watch struct {
	slow  *SlowLog // nil when nothing is logged
	again func(ctx context.Context) (*pgx.Conn, error)
}

type (
	acquiring struct{}
	running   struct{}
)

// TraceAcquireStart implements pgxpool.AcquireTracer: it bounds the wait.
func (w *watch) TraceAcquireStart(ctx context.Context, _ *pgxpool.Pool, _ pgxpool.TraceAcquireStartData) context.Context {
	ctx, cancel := context.WithTimeout(ctx, acquireWithin)
	return context.WithValue(ctx, acquiring{}, cancel)
}

// TraceAcquireEnd implements pgxpool.AcquireTracer.
func (w *watch) TraceAcquireEnd(ctx context.Context, _ *pgxpool.Pool, _ pgxpool.TraceAcquireEndData) {
	if cancel, ok := ctx.Value(acquiring{}).(context.CancelFunc); ok {
		cancel()
	}
}

// TraceQueryStart implements pgx.QueryTracer.
func (w *watch) TraceQueryStart(ctx context.Context, _ *pgx.Conn, d pgx.TraceQueryStartData) context.Context {
	if w.slow == nil {
		return ctx
	}
	return context.WithValue(ctx, running{}, &timed{since: w.slow.Now(), ran: []statement{{sql: d.SQL, args: d.Args}}})
}

// TraceQueryEnd implements pgx.QueryTracer.
func (w *watch) TraceQueryEnd(ctx context.Context, _ *pgx.Conn, d pgx.TraceQueryEndData) {
	if r, ok := ctx.Value(running{}).(*timed); ok {
		r.ran[0].rows, r.err = d.CommandTag.RowsAffected(), d.Err
		w.slow.note(ctx, *r, w.again)
	}
}

// TraceBatchStart implements pgx.BatchTracer.
func (w *watch) TraceBatchStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceBatchStartData) context.Context {
	if w.slow == nil {
		return ctx
	}
	return context.WithValue(ctx, running{}, &timed{since: w.slow.Now()})
}

// TraceBatchQuery implements pgx.BatchTracer.
func (w *watch) TraceBatchQuery(ctx context.Context, _ *pgx.Conn, d pgx.TraceBatchQueryData) {
	r, ok := ctx.Value(running{}).(*timed)
	if !ok {
		return
	}
	r.ran = append(r.ran, statement{d.SQL, d.Args, d.CommandTag.RowsAffected()})
	if r.err == nil {
		r.err = d.Err
	}
}

// TraceBatchEnd implements pgx.BatchTracer.
func (w *watch) TraceBatchEnd(ctx context.Context, _ *pgx.Conn, _ pgx.TraceBatchEndData) {
	if r, ok := ctx.Value(running{}).(*timed); ok {
		w.slow.note(ctx, *r, w.again)
	}
}

// readOnlyNow is what a server says to a writer when it is a standby, or has
// become one.
const readOnlyNow = "25006"

// leaveStandby makes connections tell when their server only reads: forget is
// called, and must see to it that none of the pool's connections to that server
// is used again. A server that was replaced may stay up and answer with an old
// record for as long as one listens.
func leaveStandby(cfg *pgconn.Config, forget func()) {
	usual := cfg.OnPgError
	cfg.OnPgError = func(c *pgconn.PgConn, err *pgconn.PgError) bool {
		if err.Code == readOnlyNow {
			forget()
			return false
		}
		return usual == nil || usual(c, err)
	}
}
