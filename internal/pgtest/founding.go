package pgtest

import (
	"context"
	"crypto/sha256"
	"fmt"
	"sync"
	"testing"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/seed"
	"normmap/internal/store"
	"normmap/internal/store/postgres"
	"normmap/seeds"
)

// founding are the real seeds. Reading them takes longer than cloning a
// database, so that a binary does it once.
var founding = sync.OnceValues(func() (data foundingData, err error) {
	if data.edits, err = seed.Load(seeds.FS); err != nil {
		return data, err
	}
	version, err := norms.MarshalEdits(data.edits)
	data.key = fmt.Sprintf("founding data %x", sha256.Sum256(version))
	return data, err
})

type foundingData struct {
	edits []norms.Edit
	key   string // differs when the seeds do
}

// Founding returns the address of a database of its own with the founding data
// in it: the real seeds, loaded once for each version of them.
func Founding(t testing.TB) string {
	t.Helper()
	data, err := founding()
	if err != nil {
		t.Fatal(err)
	}
	return Seeded(t, data.key, func(ctx context.Context, url string) error {
		pool, err := postgres.Open(ctx, url)
		if err != nil {
			return err
		}
		defer pool.Close()
		_, err = store.New(pool).Apply(ctx, account.SeedFiles(), "load the seed files", data.edits)
		return err
	})
}
