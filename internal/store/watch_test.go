package store_test

import (
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"

	"normmap/internal/norms"
	"normmap/internal/pgtest"
	"normmap/internal/store"
	"normmap/internal/store/postgres"
)

// A server that becomes a standby without cutting its connections refuses
// changes. The one who asked is told to come back, and then finds another.
func TestServerThatOnlyReadsIsLeft(t *testing.T) {
	t.Parallel()
	pool, err := postgres.Open(t.Context(), pgtest.Founding(t), func(c *pgxpool.Config) { c.MaxConns = 1 })
	must(t, err)
	t.Cleanup(pool.Close)
	s, ada := store.New(pool), editor(t, pool)
	if _, err := pool.Exec(t.Context(), "set default_transaction_read_only = on"); err != nil {
		t.Fatal(err)
	}
	edits := []norms.Edit{norms.PutOrganization{Slug: "example", Name: "Example", Kind: "body"}}
	if _, err := s.Apply(t.Context(), ada, "at a standby", edits); norms.KindOf(err) != norms.Unavailable {
		t.Fatalf("a server that only reads: %v", err)
	}
	_, err = s.Apply(t.Context(), ada, "somewhere else", edits)
	must(t, err)
}
