package pgtest

import (
	"context"
	"testing"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/seed"
	"normmap/internal/store"
	"normmap/internal/store/postgres"
	"normmap/seeds"
)

// Founding returns the address of a database of its own with the founding data
// in it: the real seeds, loaded once for each version of them.
func Founding(t testing.TB) string {
	t.Helper()
	edits, err := seed.Load(seeds.FS)
	if err != nil {
		t.Fatal(err)
	}
	version, err := norms.MarshalEdits(edits)
	if err != nil {
		t.Fatal(err)
	}
	return Seeded(t, "founding data "+string(version), func(ctx context.Context, url string) error {
		pool, err := postgres.Open(ctx, url)
		if err != nil {
			return err
		}
		defer pool.Close()
		_, err = store.New(pool).Apply(ctx, account.SeedFiles(), "load the seed files", edits)
		return err
	})
}
