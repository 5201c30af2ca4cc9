package store_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"normmap/internal/pgtest"
	"normmap/internal/store"
	"normmap/internal/store/schema"
	"normmap/migrations"
)

// connect opens a connection as the owner.
func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.WithoutCancel(t.Context())) })
	return conn
}

func lines(t *testing.T, conn *pgx.Conn, q string) []string {
	t.Helper()
	rows, err := conn.Query(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	list, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// catalogue is everything that the migrations make, one line each.
const catalogue = `
select line from (
  select format('column %s.%s.%s %s %s %s %s', n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
    pg_get_expr(d.adbin, d.adrelid), col_description(c.oid, a.attnum)) as line
  from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
  left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
  where n.nspname in ('public', 'history') and a.attnum > 0 and not a.attisdropped
  union all
  select format('table %s.%s %s %s', n.nspname, c.relname, c.relacl, obj_description(c.oid))
  from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname in ('public', 'history') and c.relkind in ('r', 'v', 'S')
  union all
  select format('constraint %s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) from pg_constraint
  where connamespace in (to_regnamespace('public'), to_regnamespace('history'))
  union all
  select indexdef from pg_indexes where schemaname in ('public', 'history')
  union all
  select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
  union all
  select case when p.prokind = 'f' and p.pronamespace in (to_regnamespace('public'), to_regnamespace('history')) then pg_get_functiondef(p.oid) || coalesce(p.proacl::text, '') end from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where n.nspname in ('public', 'history')
) everything
where line not like '%schema_migrations%'
order by line`

func TestUpDownUpLeavesTheSameCatalogue(t *testing.T) {
	t.Parallel()
	url := pgtest.URL(t)
	conn := connect(t, url)
	before := lines(t, conn, catalogue)
	if err := schema.MigrateDown(t.Context(), url, 0); err != nil {
		t.Fatal(err)
	}
	if left := lines(t, conn, catalogue); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
	if err := schema.Migrate(t.Context(), url); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(before, lines(t, conn, catalogue)); d != "" {
		t.Error(d)
	}
}

func TestEveryStepDownCanBeGoneUpAgain(t *testing.T) {
	t.Parallel()
	url := pgtest.URL(t)
	conn := connect(t, url)
	before := lines(t, conn, catalogue)
	latest, err := schema.LatestMigration()
	if err != nil {
		t.Fatal(err)
	}
	for steps := range int(latest) {
		if err := schema.MigrateDown(t.Context(), url, steps+1); err != nil {
			t.Fatal(err)
		}
		st, err := store.New(conn).Schema(t.Context())
		if err != nil || st.Version != st.Applied || st.Dirty || st.Version != latest-uint(steps)-1 {
			t.Fatalf("%d steps down: %+v, %v", steps+1, st, err)
		}
		if err := schema.Migrate(t.Context(), url); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(before, lines(t, conn, catalogue)); d != "" {
			t.Fatalf("%d steps down and up: %s", steps+1, d)
		}
	}
}

func TestStepsBeyondTheFirstMigrationAreRefused(t *testing.T) {
	t.Parallel()
	url := pgtest.URL(t)
	if err := schema.MigrateDown(t.Context(), url, 99); err == nil || !strings.Contains(err.Error(), "so 99 cannot be taken back; nothing was changed") {
		t.Errorf("99 steps: %v", err)
	}
	if st, err := schema.ReadSchema(t.Context(), url); err != nil || !st.Current() {
		t.Fatalf("a refused step changed the schema: %+v, %v", st, err)
	}
	if err := schema.MigrateDown(t.Context(), url, 0); err != nil {
		t.Fatal(err)
	}
	if err := schema.MigrateDown(t.Context(), url, 6); err == nil || !strings.Contains(err.Error(), "no migration was applied") {
		t.Errorf("on an empty database: %v", err)
	}
}

func TestWhatADownWouldDelete(t *testing.T) {
	t.Parallel()
	url := pgtest.URL(t)
	conn := connect(t, url)
	before := lines(t, conn, catalogue)
	latest, err := schema.LatestMigration()
	if err != nil {
		t.Fatal(err)
	}
	if lost, err := schema.MigrateDownLoses(t.Context(), url, int(latest)); err != nil || len(lost) > 0 {
		t.Errorf("an empty record loses %v, %v", lost, err)
	}
	if _, err := conn.Exec(t.Context(), "insert into account (email, name, role) values ('ada@example.org', 'Ada', 'admin')"); err != nil {
		t.Fatal(err)
	}
	for steps, want := range map[int][]schema.Loss{1: {}, int(latest): {{Table: "account", Rows: 1}}} {
		lost, err := schema.MigrateDownLoses(t.Context(), url, steps)
		if d := cmp.Diff(want, lost); err != nil || d != "" {
			t.Errorf("%d steps: %v %s", steps, err, d)
		}
	}
	if d := cmp.Diff(before, lines(t, conn, catalogue)); d != "" {
		t.Errorf("looking changed the schema: %s", d)
	}
}

// A column that would go with what it holds is named, too.
func TestADownThatEmptiesAColumnSaysSo(t *testing.T) {
	t.Parallel()
	l := newLetter(t)
	apply(t, l.store, l.by, becomes(edition1, edition2))
	latest, err := schema.LatestMigration()
	must(t, err)
	lost, err := schema.MigrateDownLoses(t.Context(), l.pool.Config().ConnString(), int(latest)-48)
	if d := cmp.Diff([]schema.Loss{{Table: "document_sender", Rows: 3}, {Table: "reference.place_as_of", Rows: 1}}, lost); err != nil || d != "" {
		t.Errorf("%v %s", err, d)
	}
}

func TestManyMigratorsAtOnce(t *testing.T) {
	t.Parallel()
	url := pgtest.URL(t)
	if err := schema.MigrateDown(t.Context(), url, 0); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 6 {
		wg.Go(func() {
			if err := schema.Migrate(t.Context(), url); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if st, err := store.New(connect(t, url)).Schema(t.Context()); err != nil || !st.Current() {
		t.Errorf("%+v, %v", st, err)
	}
}

// The two ways in which a migration is left dirty: nothing was committed, or
// everything was and only the mark is missing.
func TestRepairTellsTheTwoCasesApart(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ broken, says string }{
		"nothing applied":    {"update schema_migrations set version = 999, dirty = true", "left nothing behind"},
		"everything applied": {"update schema_migrations set dirty = true", "was committed"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url := pgtest.URL(t)
			conn := connect(t, url)
			if _, err := conn.Exec(t.Context(), c.broken); err != nil {
				t.Fatal(err)
			}
			st, err := store.New(conn).Schema(t.Context())
			if err != nil || !st.Dirty || !strings.Contains(st.Describe("normmap"), c.says) {
				t.Fatalf("%+v %q, %v", st, st.Describe("normmap"), err)
			}
			if err := schema.Migrate(t.Context(), url); err == nil || !strings.Contains(err.Error(), "migrate repair") {
				t.Errorf("migrating a dirty schema: %v", err)
			}
			if st, err := schema.MigrateRepair(t.Context(), url); err != nil || !st.Current() {
				t.Errorf("after the repair: %+v, %v", st, err)
			}
		})
	}
}

func TestEveryMigrationRecordsItself(t *testing.T) {
	t.Parallel()
	names, err := migrations.FS.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range names {
		body, err := migrations.FS.ReadFile(n.Name())
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(body), "schema_applied") {
			t.Errorf("%s does not record itself in schema_applied", n.Name())
		}
	}
}

// Whoever goes back to a version without the words of migrations 8 and 11 keeps
// the rows that use them, and can come back.
func TestRowsWithNewWordsOutliveTheWayBack(t *testing.T) {
	t.Parallel()
	const words = 8
	url := pgtest.Founding(t)
	conn := connect(t, url)
	const q = `
select count(*)::text from principle where 'citizens' = any(addressees)
union all
select count(*)::text from agreement_event where kind = 'follow_up'`
	before := lines(t, conn, q)
	latest, err := schema.LatestMigration()
	if err != nil || slices.Contains(before, "0") {
		t.Fatalf("%v rows use the words, %v", before, err)
	}
	if err := schema.MigrateDown(t.Context(), url, int(latest)-words+1); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(before, lines(t, conn, q)); d != "" {
		t.Errorf("after the way back: %s", d)
	}
	if err := schema.Migrate(t.Context(), url); err != nil {
		t.Error(err)
	}
}
