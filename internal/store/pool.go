package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// Connections is how a pool is used.
type Connections struct {
	Acquired, Idle, Total, Max int32 // connections
	Acquires, Empty, Canceled  int64 // so far: taken, taken after waiting, given up
	Waited                     time.Duration
}

// Pools tells how the pools are used at this moment, by what they read: present
// and past. A Store on a transaction has none for the present.
func (s *Store) Pools() map[string]Connections {
	out := map[string]Connections{}
	if pool, ok := s.db.(*pgxpool.Pool); ok {
		out["present"] = connections(pool.Stat())
	}
	if s.past != nil {
		out["past"] = connections(s.past.Stat())
	}
	return out
}

func connections(st *pgxpool.Stat) Connections {
	return Connections{
		Acquired: st.AcquiredConns(), Idle: st.IdleConns(), Total: st.TotalConns(), Max: st.MaxConns(),
		Acquires: st.AcquireCount(), Empty: st.EmptyAcquireCount(), Canceled: st.CanceledAcquireCount(),
		Waited: st.EmptyAcquireWaitTime(),
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
