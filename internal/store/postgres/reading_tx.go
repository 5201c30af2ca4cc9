package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// BeginReading begins a transaction in which all that is read is of one moment.
// It gives nil for the connection where db is bound to one.
func BeginReading(ctx context.Context, db DB) (*Pipelined, pgx.Tx, error) {
	pool, ok := db.(*pgxpool.Pool)
	if !ok {
		tx, err := db.Begin(ctx)
		return nil, tx, err
	}
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return nil, nil, err
	}
	p := Pipeline(conn.Conn())
	p.putOff("begin isolation level repeatable read, read only") // goes along with what is read first
	return p, &pooledTx{PipelinedTx{Pipelined: p}, conn}, nil
}

// pooledTx is a transaction to read in, on a connection that it gives back.
type pooledTx struct {
	PipelinedTx
	taken *pgxpool.Conn
}

// idle is the state of a connection that is in no transaction.
const idle = 'I'

// Rollback implements pgx.Tx.
func (t *pooledTx) Rollback(ctx context.Context) error {
	if t.ended {
		return pgx.ErrTxClosed
	}
	defer t.taken.Release()
	if t.conn.PgConn().TxStatus() == idle { // nothing was read
		t.ended, t.off = true, nil
		return nil
	}
	return t.PipelinedTx.Rollback(ctx)
}
