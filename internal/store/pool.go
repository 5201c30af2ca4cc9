package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Connections is how the pool of a Store is used.
type Connections struct {
	Acquired, Idle, Total, Max int32 // connections
	Acquires, Empty, Canceled  int64 // so far: taken, taken after waiting, given up
	Waited                     time.Duration
}

// Connections tells how the pool is used at this moment. A Store on a
// transaction has none.
func (s *Store) Connections() Connections {
	pool, ok := s.db.(*pgxpool.Pool)
	if !ok {
		return Connections{}
	}
	st := pool.Stat()
	return Connections{
		Acquired: st.AcquiredConns(), Idle: st.IdleConns(), Total: st.TotalConns(), Max: st.MaxConns(),
		Acquires: st.AcquireCount(), Empty: st.EmptyAcquireCount(), Canceled: st.CanceledAcquireCount(),
		Waited: st.EmptyAcquireWaitTime(),
	}
}

// Written is how many changesets this Store has applied.
func (s *Store) Written() int64 { return s.written.Load() }

const currentRevision = `select coalesce(max(id), 0) as revision from changeset`

// Revision is the number of the last changeset, 0 when there is none.
func (s *Store) Revision(ctx context.Context) (int64, error) {
	var rev int64
	err := s.db.QueryRow(ctx, currentRevision, pgx.StrictNamedArgs{}).Scan(&rev)
	return rev, failure(err)
}
