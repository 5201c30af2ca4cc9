package pgtest

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"
)

func TestMain(m *testing.M) { Main(m) }

type database interface {
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

func ask[T any](t *testing.T, db database, sql string) (v T) {
	t.Helper()
	if err := db.QueryRow(t.Context(), sql).Scan(&v); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return v
}

func connectTo(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

func TestDatabasesAreMigratedAndUsedAsTheApplication(t *testing.T) {
	t.Parallel()
	const migrated = `select to_regclass('changeset') is not null`
	for name, db := range map[string]database{"New": New(t), "Tx": Tx(t)} {
		if !ask[bool](t, db, migrated) {
			t.Errorf("%s: the schema is missing", name)
		}
		if role := ask[string](t, db, `select current_user`); role != "normmap_app" {
			t.Errorf("%s: the role is %s, want normmap_app", name, role)
		}
	}
	owner := connectTo(t, URL(t))
	if !ask[bool](t, owner, migrated) {
		t.Error("URL: the schema is missing")
	}
	if role := ask[string](t, owner, `select current_user`); role == "normmap_app" {
		t.Error("URL: the role is the application's, want the owner")
	}
}

func TestEachHasItsOwnDatabase(t *testing.T) {
	t.Parallel()
	const name = `select current_database()`
	if a, b := ask[string](t, New(t), name), ask[string](t, New(t), name); a == b {
		t.Errorf("two tests share %s", a)
	}
}

func TestDatabaseIsGoneAfterItsTest(t *testing.T) {
	t.Parallel()
	var name string
	t.Run("test", func(t *testing.T) {
		name = ask[string](t, New(t), `select current_database()`)
	})
	if ask[bool](t, Tx(t), `select exists (select from pg_database where datname = '`+name+`')`) {
		t.Errorf("%s is still there", name)
	}
}

func TestTxIsRolledBack(t *testing.T) {
	t.Parallel()
	const note = `select coalesce(obj_description('changeset'::regclass), '')`
	t.Run("test", func(t *testing.T) {
		tx := Tx(t)
		for _, sql := range []string{`reset role`, `comment on table changeset is 'written by a test'`} {
			if _, err := tx.Exec(t.Context(), sql); err != nil {
				t.Fatal(err)
			}
		}
		if got := ask[string](t, tx, note); got != "written by a test" {
			t.Fatalf("the transaction does not see its own write: %q", got)
		}
	})
	if got := ask[string](t, Tx(t), note); got == "written by a test" {
		t.Error("the write is still there")
	}
}

func TestSeededIsFilledOnce(t *testing.T) {
	t.Parallel()
	var fills atomic.Int32
	fill := func(ctx context.Context, url string) error {
		fills.Add(1)
		conn, err := pgx.Connect(ctx, url)
		if err != nil {
			return err
		}
		defer conn.Close(ctx)
		_, err = conn.Exec(ctx, `create table filled (n int); insert into filled values (7)`)
		return err
	}
	ready(t)                             // makes the suite, which the next line reads
	key := "of this test, " + binary.run // a server may outlive this run
	for range 2 {
		conn := connectTo(t, Seeded(t, key, fill))
		if n := ask[int](t, conn, `select n from filled`); n != 7 {
			t.Errorf("the seeded row is %d, want 7", n)
		}
		if _, err := conn.Exec(t.Context(), `update filled set n = 8`); err != nil {
			t.Fatal(err)
		}
	}
	if n := fills.Load(); n != 1 {
		t.Errorf("filled %d times, want once", n)
	}
	t.Cleanup(func() { dropTemplate(t, templateName("seeded", binary.template, key)) })
}

func dropTemplate(t *testing.T, name string) {
	ctx := context.Background()
	if _, err := binary.admin.Exec(ctx, "alter database "+name+" with is_template false"); err != nil {
		t.Error(err)
	}
	if err := binary.drop(ctx, name); err != nil {
		t.Error(err)
	}
}

func TestSlugsDiffer(t *testing.T) {
	t.Parallel()
	a, b := Slug(t), Slug(t)
	if a == b || !strings.HasPrefix(a, "testslugsdiffer-") {
		t.Errorf("got %q and %q", a, b)
	}
}

func TestMissingPostgresIsAnErrorWithWaysOut(t *testing.T) {
	t.Parallel()
	empty := map[string]string{"NORMMAP_PG_BIN": t.TempDir()}
	err := new(suite).setUp(t.Context(), func(k string) string { return empty[k] })
	if err == nil {
		t.Fatal("no error without Postgres")
	}
	for _, want := range []string{"apt-get install postgresql", "NORMMAP_PG_BIN", "TEST_DATABASE_URL"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error does not name %s:\n%v", want, err)
		}
	}
}

func TestAddressMustBeAnAddress(t *testing.T) {
	t.Parallel()
	err := new(suite).setUp(t.Context(), func(string) string { return "host=localhost dbname=x" })
	if err == nil || !strings.Contains(err.Error(), "postgres://") {
		t.Errorf("got %v", err)
	}
}
