package postgres

import (
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// Connections is how a pool is used.
type Connections struct {
	Acquired, Idle, Total, Max int32 // connections
	Acquires, Empty, Canceled  int64 // so far: taken, taken after waiting, given up
	Waited                     time.Duration
}

// ConnectionsOf tells how a pool is used at this moment.
func ConnectionsOf(st *pgxpool.Stat) Connections {
	return Connections{
		Acquired: st.AcquiredConns(), Idle: st.IdleConns(), Total: st.TotalConns(), Max: st.MaxConns(),
		Acquires: st.AcquireCount(), Empty: st.EmptyAcquireCount(), Canceled: st.CanceledAcquireCount(),
		Waited: st.EmptyAcquireWaitTime(),
	}
}
