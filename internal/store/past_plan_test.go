package store_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"normmap/internal/norms"
	"normmap/internal/pgtest"
	"normmap/internal/store"
	"normmap/internal/store/postgres"
)

// batches keeps the statements that go out together, with their arguments.
type batches struct {
	counter
	asked []pgx.TraceQueryStartData
}

func (b *batches) TraceBatchQuery(_ context.Context, _ *pgx.Conn, d pgx.TraceBatchQueryData) {
	b.asked = append(b.asked, pgx.TraceQueryStartData{SQL: d.SQL, Args: d.Args})
}

// byRevision stands in a plan that finds rows by when they began.
const byRevision = `"Index Cond": "(since_rev <= `

// Whatever the revision, the page of a principle finds what it shows by what
// that is about: a plan that was made for an early revision, when there was
// little, is kept for late ones.
func TestThePastIsNotFoundByItsRevision(t *testing.T) {
	t.Parallel()
	url := pgtest.Founding(t)
	conn := connect(t, url)
	_, err := conn.Exec(t.Context(), manyLinks)
	must(t, err)
	var asked batches
	pool, err := postgres.OpenPast(t.Context(), url, func(c *pgxpool.Config) { c.ConnConfig.Tracer = &asked })
	must(t, err)
	t.Cleanup(pool.Close)
	_, err = conn.Exec(t.Context(), "set search_path = asof, public")
	must(t, err)
	explain := func(st pgx.TraceQueryStartData) string {
		t.Helper()
		var raw json.RawMessage
		must(t, conn.QueryRow(t.Context(), "explain (format json) "+st.SQL, st.Args...).Scan(&raw))
		return string(raw)
	}
	for _, revision := range []int64{1, 2} {
		asked.asked = nil
		ref := norms.Ref{Agreement: "paris-call", Label: "1"}
		_, err := store.New(nil).WithPast(pool).AsOf(revision).Principle(t.Context(), ref, norms.Page{})
		must(t, err)
		settings, statements := split(asked.asked)
		for _, st := range settings {
			_, err := conn.Exec(t.Context(), strings.ReplaceAll(st.SQL, ", true)", ", false)"), st.Args...)
			must(t, err)
		}
		for _, st := range statements {
			if plan := explain(st); strings.Contains(plan, byRevision) || strings.Contains(plan, "Seq Scan") {
				t.Errorf("as of revision %d, something is looked for by its revision, or everywhere: %.80s", revision, st.SQL)
			}
		}
		if len(statements) < 2 {
			t.Errorf("a page of the past asks only %d statements", len(statements))
		}
	}
	control := pgx.TraceQueryStartData{SQL: "select id from history.link where since_rev <= current_setting('normmap.as_of')::bigint - 1"}
	if plan := explain(control); !strings.Contains(plan, byRevision) {
		t.Errorf("the check does not see that rows are found by their revision: %s", plan)
	}
}

// split parts statements that set something from those that read.
func split(asked []pgx.TraceQueryStartData) (settings, statements []pgx.TraceQueryStartData) {
	for _, st := range asked {
		if strings.Contains(st.SQL, "set_config") {
			settings = append(settings, st)
		} else {
			statements = append(statements, st)
		}
	}
	return settings, statements
}
