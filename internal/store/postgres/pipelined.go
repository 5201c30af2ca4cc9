package postgres

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Pipelined is a connection that saves round trips: what nobody waits for, such
// as the begin of a transaction or a savepoint, is put off and sent along with
// the statement that follows.
type Pipelined struct {
	conn *pgx.Conn
	off  []*pgx.QueuedQuery // put off, in their order
	late error              // of a statement that was put off and failed
}

// Pipeline makes one.
func Pipeline(conn *pgx.Conn) *Pipelined { return &Pipelined{conn: conn} }

// Closed tells whether the connection is.
func (p *Pipelined) Closed() bool { return p.conn.IsClosed() }

// putOff adds a statement to those that go along with the next one.
func (p *Pipelined) putOff(sql string) { p.off = append(p.off, &pgx.QueuedQuery{SQL: sql}) }

// ReadLater is putOff of a statement that has an answer, which is read then. If
// it fails, that is late news: see FailedLate.
func (p *Pipelined) ReadLater(read func(pgx.Rows) error, sql string, args ...any) {
	q := &pgx.QueuedQuery{SQL: sql, Arguments: args}
	q.Query(func(rows pgx.Rows) error {
		err := read(rows)
		p.late = cmp.Or(p.late, err) // the first one tells why
		return err
	})
	p.off = append(p.off, q)
}

// FailedLate gives the error of a statement that was put off, once.
func (p *Pipelined) FailedLate() error {
	err := p.late
	p.late = nil
	return err
}

// Flush sends what was put off.
func (p *Pipelined) Flush(ctx context.Context) error {
	if len(p.off) == 0 {
		return nil
	}
	return p.SendBatch(ctx, &pgx.Batch{}).Close()
}

// Begin implements DB, as do those below.
func (p *Pipelined) Begin(context.Context) (pgx.Tx, error) {
	p.putOff("begin")
	return &PipelinedTx{Pipelined: p}, nil
}

// Exec sends statements without arguments by themselves: there may be several
// in one text.
func (p *Pipelined) Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error) {
	if len(args) == 0 || len(p.off) == 0 {
		if err := p.Flush(ctx); err != nil {
			return pgconn.CommandTag{}, err
		}
		return p.conn.Exec(ctx, sql, args...)
	}
	results := p.with(ctx, sql, args)
	tag, err := results.Exec()
	if closed := results.Close(); err == nil {
		err = closed
	}
	return tag, err
}

func (p *Pipelined) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	if len(p.off) == 0 {
		return p.conn.Query(ctx, sql, args...)
	}
	results := p.with(ctx, sql, args)
	rows, err := results.Query()
	if err != nil {
		_ = results.Close()
		return nil, err
	}
	return &pastRows{rows, results}, nil
}

func (p *Pipelined) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row {
	rows, err := p.Query(ctx, sql, args...)
	return pastRow{rows, err}
}

func (p *Pipelined) with(ctx context.Context, sql string, args []any) pgx.BatchResults {
	b := &pgx.Batch{}
	b.Queue(sql, args...)
	return p.SendBatch(ctx, b)
}

func (p *Pipelined) SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults {
	off := p.off
	p.off = nil
	results := p.conn.SendBatch(ctx, &pgx.Batch{QueuedQueries: slices.Concat(off, b.QueuedQueries)})
	for _, q := range off {
		if q.Fn != nil {
			_ = q.Fn(results) // the error comes again with every result that follows
		} else {
			_, _ = results.Exec()
		}
	}
	return results
}

func (p *Pipelined) CopyFrom(ctx context.Context, table pgx.Identifier, columns []string, rows pgx.CopyFromSource) (int64, error) {
	if err := p.Flush(ctx); err != nil {
		return 0, err
	}
	return p.conn.CopyFrom(ctx, table, columns, rows)
}

// PipelinedTx is a transaction on a pipelined connection, or a savepoint in it.
type PipelinedTx struct {
	*Pipelined
	depth int // 0 is the transaction itself
	ended bool
}

func (t *PipelinedTx) name() string { return "sp_" + strconv.Itoa(t.depth) }

// Begin makes a savepoint.
func (t *PipelinedTx) Begin(context.Context) (pgx.Tx, error) {
	inner := &PipelinedTx{Pipelined: t.Pipelined, depth: t.depth + 1}
	t.putOff("savepoint " + inner.name())
	return inner, nil
}

// Commit implements pgx.Tx, as do those below.
func (t *PipelinedTx) Commit(ctx context.Context) error {
	if t.ended {
		return pgx.ErrTxClosed
	}
	if t.depth > 0 {
		t.ended = true
		t.putOff("release savepoint " + t.name())
		return nil
	}
	results := t.with(ctx, "commit", nil)
	tag, err := results.Exec()
	if closed := results.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err // what failed may be a statement before it: the transaction is still there to be rolled back
	}
	t.ended = true
	if tag.String() == "ROLLBACK" {
		return pgx.ErrTxCommitRollback
	}
	return nil
}

// Rollback is sent at once: in a transaction that failed, nothing else is taken.
func (t *PipelinedTx) Rollback(ctx context.Context) error {
	if t.ended {
		return pgx.ErrTxClosed
	}
	t.ended = true
	back := "rollback"
	if t.depth > 0 {
		back = "rollback to savepoint " + t.name() + "; release savepoint " + t.name()
		// Whatever was put off before the savepoint still counts.
		if err := t.Flush(ctx); err != nil && t.conn.IsClosed() {
			return err
		}
	}
	t.off = nil
	_, err := t.conn.Exec(ctx, back)
	return err
}

// LargeObjects are none: the record has no such things.
func (t *PipelinedTx) LargeObjects() pgx.LargeObjects { return pgx.LargeObjects{} }

func (t *PipelinedTx) Prepare(ctx context.Context, name, sql string) (*pgconn.StatementDescription, error) {
	if err := t.Flush(ctx); err != nil {
		return nil, err
	}
	return t.conn.Prepare(ctx, name, sql)
}

func (t *PipelinedTx) Conn() *pgx.Conn { return t.conn }
