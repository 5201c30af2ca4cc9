package store_test

import (
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"normmap/internal/account"
	"normmap/internal/pgtest"
	"normmap/internal/store"
	"normmap/internal/store/postgres"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// seeded is a database of the test's own with the real seeds in it.
func seeded(t *testing.T) (*store.Store, *pgxpool.Pool) {
	t.Helper()
	pool, err := postgres.Open(t.Context(), pgtest.Founding(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	return store.New(pool), pool
}

// editor adds an account that may edit.
func editor(t *testing.T, pool *pgxpool.Pool) account.Actor {
	t.Helper()
	a := account.Actor{Name: "Ada Editor", Role: account.Editor}
	const q = "insert into account (email, name, role) values (@email, @name, 'editor') returning id"
	args := pgx.StrictNamedArgs{"email": pgtest.Slug(t) + "@example.org", "name": a.Name}
	if err := pool.QueryRow(t.Context(), q, args).Scan(&a.ID); err != nil {
		t.Fatal(err)
	}
	return a
}

func count(t *testing.T, pool *pgxpool.Pool, q string) (n int) {
	t.Helper()
	if err := pool.QueryRow(t.Context(), q).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}
