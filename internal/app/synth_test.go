package app_test

import (
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"normmap/internal/pgtest"
)

// contents are the rows of every table that keeps the record, with all their
// versions, as one digest for each table.
const contents = `
create function pg_temp.contents() returns table (name text, digest text) language plpgsql as $$
declare t text;
begin
  for t in select h.name from history.tracked h order by h.name loop
    return query execute format('select %1$L, md5(coalesce(string_agg(h::text, e''\n'' order by h.id, h.until_rev), '''')) from history.%1$I h', t);
  end loop;
end $$`

func digests(t *testing.T, url string) map[string]string {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if _, err := conn.Exec(t.Context(), contents); err != nil {
		t.Fatal(err)
	}
	rows, err := conn.Query(t.Context(), "select name, digest from pg_temp.contents()")
	if err != nil {
		t.Fatal(err)
	}
	out, name, digest := map[string]string{}, "", ""
	if _, err := pgx.ForEachRow(rows, []any{&name, &digest}, func() error { out[name] = digest; return nil }); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestTheSameSeedMakesTheSameRecord(t *testing.T) {
	t.Parallel()
	made := func(seed string) map[string]string {
		url := pgtest.URL(t)
		r := command(t, vars{"DATABASE_URL": url}, "", "synth", "--links", "2000", "--seed", seed)
		if out := ok(t, r); !strings.HasPrefix(out, "2000 links made up with ") {
			t.Errorf("says %q", out)
		}
		if !strings.Contains(r.err, " %: ") {
			t.Errorf("no progress: %q", r.err)
		}
		return digests(t, url)
	}
	first, again, other := made("1"), made("1"), made("2")
	for _, table := range []string{"agreement", "principle", "organization", "initiative", "citation", "link", "assessment", "answer"} {
		if first[table] != again[table] {
			t.Errorf("the rows of %s are others the second time", table)
		}
		if first[table] == other[table] {
			t.Errorf("the rows of %s are the same with another seed", table)
		}
	}
}

func TestMadeUpDataStayAwayFromPeoples(t *testing.T) {
	t.Parallel()
	env := vars{"DATABASE_URL": pgtest.URL(t)}
	ok(t, command(t, env, "", "synth", "--links", "400"))
	r := command(t, env, "", "synth", "--links", "400")
	if r.code != 1 || !strings.Contains(r.err, "normmap synth --links 400 --data-dir FOLDER") || !strings.Contains(r.err, "nothing was changed: people, or an earlier synth, have written in this database") {
		t.Errorf("into a record that is not empty: %d %q", r.code, r.err)
	}
	if out := ok(t, command(t, env, "", "user", "list")); !strings.Contains(out, "Synthetic person 1") || strings.Contains(out, "active") {
		t.Errorf("accounts: %s", out)
	}
	if r := command(t, env, "", "synth"); r.code != 2 || !strings.Contains(r.err, "--links must be 400 or more") {
		t.Errorf("without a number: %d %q", r.code, r.err)
	}
}

// A folder without a database is all that it takes, and serve goes on with it.
func TestMadeUpDataInANewFolder(t *testing.T) {
	t.Parallel()
	env := vars{"NORMMAP_DATA_DIR": dataDir(t)}
	if out := ok(t, command(t, env, "", "synth", "--links", "400")); !strings.HasPrefix(out, "400 links made up with ") {
		t.Errorf("says %q", out)
	}
	s := start(t, env)
	if status, body := s.get("/api/v1/stats"); status != 200 || strings.Contains(body, `"links":0`) {
		t.Errorf("%d %s", status, body)
	}
}
