package store_test

import (
	"context"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"normmap/internal/norms"
	"normmap/internal/store"
	"normmap/internal/store/postgres"
)

// rewrite changes rows by SQL in a changeset of the seeds, for what no edit
// does yet.
func rewrite(t *testing.T, pool *pgxpool.Pool, sql string) {
	t.Helper()
	must(t, pgx.BeginFunc(t.Context(), pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(t.Context(), `select open_changeset('seed', null, 'rewritten by a test', '[]', null)`); err != nil {
			return err
		}
		_, err := tx.Exec(t.Context(), sql)
		return err
	}))
}

// newInitiative is an initiative that nothing rests on.
func newInitiative(slug string) norms.PutInitiative {
	return norms.PutInitiative{Slug: slug, Title: "100% of _everything_", Summary: "A programme.", Kind: "programme",
		Organization: "microsoft", ReportedBy: "microsoft", Status: "planned", Source: "microsoft-bpf-2019",
		Partners: []norms.Partner{{Name: "A partner"}}}
}

// read returns what a read found and fails the test on an error.
func read[T any](t *testing.T) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		must(t, err)
		return v
	}
}

// everyPage reads a list page by page, three rows at a time, and checks that
// the pages together are the whole.
func everyPage[T any](t *testing.T, name string, of func(norms.Page) (norms.List[T], error), id func(T) string) []T {
	t.Helper()
	var all []T
	for page := (norms.Page{Limit: 3}); ; {
		l, err := of(page)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all = append(all, l.Items...)
		if l.Next == nil {
			if len(all) != l.Total {
				t.Errorf("%s: %d rows on all pages, total says %d", name, len(all), l.Total)
			}
			break
		}
		if len(l.Items) != 3 {
			t.Fatalf("%s: %d rows on a page that is not the last", name, len(l.Items))
		}
		page.Cursor = *l.Next
	}
	ids := make([]string, len(all))
	for i, v := range all {
		ids[i] = id(v)
	}
	if n := len(slices.Compact(slices.Sorted(slices.Values(ids)))); n != len(all) {
		t.Errorf("%s: a row is on two pages: %v", name, ids)
	}
	return all
}

// counter counts statements.
type counter struct{ n atomic.Int64 }

func (c *counter) TraceQueryStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceQueryStartData) context.Context {
	c.n.Add(1)
	return ctx
}

func (c *counter) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

func (c *counter) TraceBatchStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceBatchStartData) context.Context {
	return ctx
}

func (c *counter) TraceBatchQuery(context.Context, *pgx.Conn, pgx.TraceBatchQueryData) { c.n.Add(1) }

func (c *counter) TraceBatchEnd(context.Context, *pgx.Conn, pgx.TraceBatchEndData) {}

// counted is a store on the same database that counts its statements.
func counted(t *testing.T, pool *pgxpool.Pool) (*store.Store, *counter) {
	t.Helper()
	c := &counter{}
	traced, err := postgres.Open(t.Context(), pool.Config().ConnString(), func(cfg *pgxpool.Config) {
		cfg.ConnConfig.Tracer = c
		cfg.MaxConns = 1
	})
	must(t, err)
	t.Cleanup(traced.Close)
	must(t, store.New(traced).Ping(t.Context())) // connected: what comes now is the page's
	return store.New(traced), c
}
