package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"

	"normmap/internal/account"
	"normmap/internal/rig"
	"normmap/internal/store"
)

// stage is a copy of a record, with the instances that serve it.
type stage struct {
	b        *bench
	links    int
	database string
	conn     *pgx.Conn // of the database's owner
	kept     *rig.Instance
	uncached *rig.Instance
	tokens   []string     // of editors
	pairs    []pair       // links that are not recorded yet
	written  atomic.Int64 // how many of them were sent
	paths    paths
}

// newStage copies a record and starts the service on it twice: once as it is by
// default, and once without finished pages in memory.
func (b *bench) newStage(ctx context.Context, links int) (_ *stage, err error) {
	record, err := b.cluster.record(ctx, b, links)
	if err != nil {
		return nil, err
	}
	st := &stage{b: b, links: links}
	if st.database, err = b.cluster.copyOf(ctx, record); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, st.close(context.WithoutCancel(ctx)))
		}
	}()
	if st.conn, err = pgx.Connect(ctx, st.url()); err != nil {
		return nil, err
	}
	if err := st.findPaths(ctx); err != nil {
		return nil, err
	}
	if st.kept, err = st.instance(ctx); err != nil {
		return nil, err
	}
	if st.uncached, err = st.instance(ctx, "NORMMAP_CACHE_BYTES=0"); err != nil {
		return nil, err
	}
	return st, st.addEditors(ctx)
}

func (st *stage) url() string { return st.b.cluster.server.URL(st.database) }

// newInstance is one that is not started.
func (st *stage) newInstance(settings ...string) *rig.Instance {
	return &rig.Instance{Binary: st.b.binary, Database: st.url(), Listen: "127.0.0.1:0", Settings: settings}
}

func (st *stage) instance(ctx context.Context, settings ...string) (*rig.Instance, error) {
	i := st.newInstance(settings...)
	// An interrupted run tells it to stop, and does not kill it.
	if err := i.Start(context.WithoutCancel(ctx)); err != nil {
		return nil, fmt.Errorf("%w; it said last:\n%s", err, i.Log.Last())
	}
	return i, nil
}

// postgres is the process of the server, below which all its others are.
func (st *stage) postgres() int { return st.b.cluster.server.Pid() }

// work is a closed loop against an instance.
func (st *stage) work(i *rig.Instance, connections int, request func(int) []byte) work {
	return work{address: i.Listen, connections: connections, status: 200, request: request, servers: []int{i.Pid(), st.postgres()}}
}

// gets are requests for pages of an instance.
func gets(i *rig.Instance, paths []string, lines ...string) [][]byte {
	out := make([][]byte, len(paths))
	for n, path := range paths {
		out[n] = get(i.Listen, path, lines...)
	}
	return out
}

// editors is how many accounts write: each may do so a few hundred times a
// minute, which no measurement may run into.
const editors = 600

func editorEmail(n int) string { return fmt.Sprintf("bench-%d@example.org", n) }

func (st *stage) addEditors(ctx context.Context) error {
	s, end, err := store.Connect(ctx, st.url(), 2, 0)
	if err != nil {
		return err
	}
	defer end()
	for n := range editors {
		a, err := s.AddAccount(ctx, editorEmail(n), fmt.Sprintf("Editor %d", n), account.Editor)
		if err != nil {
			return err
		}
		grant := account.Grant{Name: "bench", Scopes: account.Scopes(account.ScopePublish), Life: 24 * time.Hour}
		token, err := s.AddToken(ctx, a.ID, grant, rand.Reader, time.Now())
		if err != nil {
			return err
		}
		st.tokens = append(st.tokens, token)
	}
	return nil
}

func (st *stage) close(ctx context.Context) (err error) {
	for _, i := range []*rig.Instance{st.kept, st.uncached} {
		if i != nil {
			err = errors.Join(err, i.Stop())
		}
	}
	if st.conn != nil {
		err = errors.Join(err, st.conn.Close(ctx))
	}
	return errors.Join(err, st.b.cluster.drop(ctx, st.database))
}

// column reads one column of text.
func column(ctx context.Context, conn *pgx.Conn, sql string, args ...any) ([]string, error) {
	rows, err := conn.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}
