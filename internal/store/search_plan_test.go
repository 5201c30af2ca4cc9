package store_test

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"normmap/internal/norms"
	"normmap/internal/pgtest"
	"normmap/internal/store"
	"normmap/internal/store/postgres"
	"normmap/internal/store/search"
)

// With as many rows as it takes, each step of a search uses its index, now and
// in the past.
func TestSearchUsesItsIndexes(t *testing.T) {
	t.Parallel()
	conn := connect(t, pgtest.Founding(t))
	run := func(sql string, args ...any) string {
		t.Helper()
		rows, err := conn.Query(t.Context(), sql, append([]any{pgx.QueryExecModeSimpleProtocol}, args...)...)
		must(t, err)
		plan, err := pgx.CollectRows(rows, pgx.RowTo[string])
		must(t, err)
		return strings.Join(plan, "\n")
	}
	_, err := conn.Exec(t.Context(), `
begin;
select open_changeset('seed', null, 'many rows', '[]', null);
insert into initiative (slug, title, kind, organization_id, reported_by_id, status, version)
select 'many-' || g, 'Programme ' || md5(g::text), 'programme', o.id, o.id, 'ongoing', 2 from generate_series(1, 3000) g, organization o where o.slug = 'microsoft';
commit;
set enable_seqscan = off;
set enable_indexscan = off;
set normmap.as_of = '2'`)
	must(t, err)
	_, err = conn.Exec(t.Context(), "vacuum analyze")
	must(t, err)
	for path, table := range map[string]string{"public": "initiative", "asof, public": "history.initiative"} {
		_, err := conn.Exec(t.Context(), "set search_path = "+path)
		must(t, err)
		const from = "explain select id from search_entry e where e.kind = 'initiative' and "
		for condition, index := range map[string]string{
			"e.document @@ search_query('hygiene', true)": "initiative_document_idx",
			"e.words @@ search_query('hygiene', true)":    "initiative_title_words_idx",
			"e.name = search_plain('Hygiene')":            "initiative_title_plain_idx",
		} {
			if plan := run(from + condition); !strings.Contains(plan, index) {
				t.Errorf("%s on %s does not use %s:\n%s", condition, table, index, plan)
			}
		}
		if plan := run(from + "lower(e.name) = 'x'"); strings.Contains(plan, "_plain_idx") {
			t.Errorf("the check takes any plan for one with an index:\n%s", plan)
		}
	}
}

// With tens of thousands of initiatives no search reads one as a whole, whatever
// it looks for, now and in the past; and similar words are looked up.
func TestSearchReadsNoLargeTable(t *testing.T) {
	t.Parallel()
	conn := connect(t, pgtest.Founding(t))
	_, err := conn.Exec(t.Context(), `
begin;
select open_changeset('seed', null, 'many rows', '[]', null);
insert into organization (slug, name, kind, version) select 'org-' || g, 'Org ' || g, 'body', 2 from generate_series(1, 500) g;
insert into initiative (slug, title, summary, kind, organization_id, reported_by_id, status, version)
select 'many-' || g, translate(md5(g::text), '0123456789', 'ghijklmnop'), 'Commonest', 'programme', o.id, o.id, 'ongoing', 2
from generate_series(1, 10000) g join organization o on o.slug = 'org-' || 1 + g % 500;
commit;
set normmap.as_of = '2'`)
	must(t, err)
	_, err = conn.Exec(t.Context(), "vacuum analyze")
	must(t, err)
	large := regexp.MustCompile(`"Node Type": "Seq Scan",[^{}]*"Relation Name": "(initiative|search_word)"`)
	explain := func(sql string, args ...any) string {
		t.Helper()
		var plan string
		must(t, conn.QueryRow(t.Context(), "explain (format json) "+sql, append([]any{pgx.QueryExecModeDescribeExec}, args...)...).Scan(&plan))
		return plan
	}
	for _, path := range []string{"public", "asof, public"} {
		_, err := conn.Exec(t.Context(), "set search_path = "+path)
		must(t, err)
		for _, statement := range search.SearchStatements {
			for _, f := range []norms.SearchFilter{{Q: "commonest"}, {Q: "zzqqxx -commonest"}, {Q: "commonest zzqqxx"}, {Q: "many-7"}, {Q: "commonest", Organization: "microsoft"}} {
				plan := explain(statement, search.SearchArgs(statement, f))
				if found := large.FindString(plan); found != "" {
					t.Errorf("on %s, %+v reads a large table: %s", path, f, found)
				}
				for _, index := range []string{"initiative_title_words_idx", "initiative_title_sample_idx", "initiative_document_idx", "initiative_document_sample_idx"} {
					if !strings.Contains(plan, index) {
						t.Errorf("on %s, %+v does not use %s:\n%s", path, f, index, plan)
					}
				}
				if strings.Contains(statement, "e.sparse") && !strings.Contains(plan, "initiative_document_sparse_idx") {
					t.Errorf("on %s, %+v does not ask the smallest sample:\n%s", path, f, plan)
				}
				if strings.Contains(statement, "search_word k") && !strings.Contains(plan, "search_word_similar_idx") {
					t.Errorf("on %s, %+v does not look words up:\n%s", path, f, plan)
				}
			}
		}
	}
	if plan := explain("select i.id from public.initiative i where i.summary = 'x'"); !large.MatchString(plan) {
		t.Errorf("the check does not see a table that is read as a whole:\n%s", plan)
	}
}

func FuzzSearch(f *testing.F) {
	pool, err := postgres.Open(f.Context(), pgtest.Founding(f), func(c *pgxpool.Config) { c.MaxConns = 4 })
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(pool.Close)
	s := store.New(pool)
	for _, q := range []string{"paris call 5", "a:*&|!()<->", "'", `\`, `\'`, `"`, `"a`, "-", "-a", "!a", "or", "or or or", "a or", "& | !", "%", "_", "%%_", "( a )",
		"<b>x</b>", "a\u0000b", "\u202egnirts", "ß", "％", "日本語", strings.Repeat("㏂", 200), strings.Repeat("a ", 100), strings.Repeat("a-", 100), "x:A", "x:*", ":*",
		"13(f)", "((((((", "1-99999", "http://a.b/c?d=e&f", "a@b.c", "\uE000x\uE001", "' or 1=1 --", "NaN", "1e400", "-1", "--", "a -(b c)", `-"a b"`, "\n\t"} {
		f.Add(q)
	}
	f.Fuzz(func(t *testing.T, q string) {
		filter := norms.SearchFilter{Q: strings.ToValidUTF8(strings.ReplaceAll(q, "\x00", ""), "")}
		if filter.Check() != nil {
			return
		}
		if _, err := s.Search(context.WithoutCancel(t.Context()), filter, norms.Page{Limit: 3}); err != nil {
			t.Errorf("%q: %v", q, err)
		}
	})
}

// A search takes no more statements than a page may.
func TestStatementsOfASearch(t *testing.T) {
	t.Parallel()
	_, pool := seeded(t)
	s, c := counted(t, pool)
	for q, want := range map[string]int64{"hygiene": 2, "gcsc norm 5": 4, "un-norms/6": 4, "norm f": 4, "": 0} {
		before := c.n.Load()
		searched(t, s, norms.SearchFilter{Q: q})
		if n := c.n.Load() - before; n != want {
			t.Errorf("%q takes %d statements, want %d", q, n, want)
		}
	}
}
