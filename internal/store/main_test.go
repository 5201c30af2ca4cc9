package store_test

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/pgtest"
	"normmap/internal/seed"
	"normmap/internal/store"
	"normmap/seeds"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// seeded is a database of the test's own with the real seeds in it.
func seeded(t *testing.T) (*store.Store, *pgxpool.Pool) {
	t.Helper()
	url := pgtest.Seeded(t, seedKey(t), func(ctx context.Context, url string) error {
		pool, err := store.Open(ctx, url)
		if err != nil {
			return err
		}
		defer pool.Close()
		edits, err := seed.Load(seeds.FS)
		if err != nil {
			return err
		}
		_, err = store.New(pool).Apply(ctx, account.SeedFiles(), "load the seed files", edits)
		return err
	})
	pool, err := store.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	return store.New(pool), pool
}

// seedKey changes whenever the seeds do.
func seedKey(t *testing.T) string {
	t.Helper()
	edits, err := seed.Load(seeds.FS)
	if err != nil {
		t.Fatal(err)
	}
	data, err := norms.MarshalEdits(edits)
	if err != nil {
		t.Fatal(err)
	}
	return "seeds" + string(data)
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
