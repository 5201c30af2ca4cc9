// Package pgtest gives tests a real, migrated Postgres.
//
// Three kinds of database, cheapest first:
//
//   - Tx: a transaction on a database that all tests of the binary share,
//     rolled back at the end. For statements and the code around them. Tests
//     that run at once must not use the same unique keys: see Slug.
//   - New, URL: a database of its own. For anything that commits, has several
//     connections, or starts the program.
//   - Seeded: like URL, from a database that was filled once. Founding is one
//     with the real seeds.
//
// New and Tx connect as the application does: with the role normmap_app. URL,
// Seeded and Founding return the owner's address, as programs are given it.
//
// A package that uses this one says
//
//	func TestMain(m *testing.M) { pgtest.Main(m) }
//
// The server is that of TEST_DATABASE_URL (a superuser's postgres:// address)
// or, without it, a throw-away one of the test binary. The command
// internal/pgtest/withpg brings up one for all binaries of a go test run.
// DATABASE_URL is never read. A missing Postgres fails the test.
//
// Databases are clones of a template, made once per server and set of
// migrations. A clone does not carry settings made by alter database or by
// alter role in database.
package pgtest

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Main runs the tests of a binary and then stops what they used. For TestMain.
func Main(m *testing.M) {
	binary.main = true
	defer binary.close()
	m.Run()
}

// New returns a pool on a database of its own, dropped when t ends.
func New(t testing.TB) *pgxpool.Pool {
	t.Helper()
	url := URL(t)
	pool, err := binary.pool(t.Context(), url, 8)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closePool(t, pool) })
	return pool
}

// URL returns the address of a database of its own, as its owner; it is
// dropped when t ends.
func URL(t testing.TB) string {
	t.Helper()
	ready(t)
	return cloneFor(t, binary.template)
}

// Seeded returns the address of a database of its own that starts with what
// fill wrote. fill runs once for a key and server, in one process of a go test
// run; so key must change whenever what fill writes does.
func Seeded(t testing.TB, key string, fill func(ctx context.Context, url string) error) string {
	t.Helper()
	ready(t)
	name := templateName("seeded", binary.template, key)
	if err := binary.ensureTemplate(t.Context(), name, binary.template, fill); err != nil {
		t.Fatal(err)
	}
	return cloneFor(t, name)
}

// Tx returns a transaction on the shared database, rolled back when t ends.
func Tx(t testing.TB) pgx.Tx {
	t.Helper()
	ready(t)
	pool, err := binary.sharedPool()
	if err != nil {
		t.Fatal(err)
	}
	tx, err := pool.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.WithoutCancel(t.Context()) // t's is over when cleanup runs
	t.Cleanup(func() {
		if err := tx.Rollback(ctx); err != nil && !errors.Is(err, pgx.ErrTxClosed) {
			t.Errorf("rolling back: %v", err)
		}
	})
	return tx
}

var notSlug = regexp.MustCompile(`[^a-z0-9]+`)

// Slug returns a key that no other call returns, so that transactions of tests
// that run at once do not wait for each other.
func Slug(t testing.TB) string {
	word := strings.Trim(notSlug.ReplaceAllString(strings.ToLower(t.Name()), "-"), "-")
	return fmt.Sprintf("%.40s-%d", word, binary.seq.Add(1))
}

func ready(t testing.TB) {
	t.Helper()
	if !binary.main {
		t.Fatal("this package has no TestMain that calls pgtest.Main")
	}
	if err := binary.open(); err != nil {
		t.Fatal(err)
	}
}

func cloneFor(t testing.TB, template string) string {
	t.Helper()
	name, err := binary.clone(t.Context(), template)
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.WithoutCancel(t.Context())
	t.Cleanup(func() {
		if err := binary.drop(ctx, name); err != nil {
			t.Error(err)
		}
	})
	return withDatabase(binary.base, name)
}

// closePool says so where closing would wait for ever.
func closePool(t testing.TB, pool *pgxpool.Pool) {
	t.Helper()
	closed := make(chan struct{})
	go func() {
		pool.Close()
		close(closed)
	}()
	select {
	case <-closed:
	case <-time.After(10 * time.Second):
		t.Errorf("the test keeps %d connections: close rows and transactions", pool.Stat().AcquiredConns())
	}
}
