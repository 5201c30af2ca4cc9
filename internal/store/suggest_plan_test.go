package store_test

import (
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/pgtest"
	"normmap/internal/store/search"
)

// With as many rows as it takes, suggestions read no large table as a whole.
func TestSuggestionsUseIndexes(t *testing.T) {
	t.Parallel()
	conn := connect(t, pgtest.Founding(t))
	_, err := conn.Exec(t.Context(), `
begin;
select open_changeset('seed', null, 'many rows', '[]', null);
insert into initiative (slug, title, kind, organization_id, reported_by_id, status, version)
select 'many-' || g, 'Programme ' || md5(g::text), 'programme', o.id, o.id, 'ongoing', 2 from generate_series(1, 5000) g, organization o where o.slug = 'microsoft';
insert into link (initiative_id, principle_id, relation, origin, rationale, version)
select i.id, p.id, 'supports', 'curator', 'For a test.', 2
from initiative i
join lateral (select id from principle order by (id * 7919 + i.id * 104729) % 211, id limit 4) p on true
where i.slug like 'many-%';
commit`)
	must(t, err)
	_, err = conn.Exec(t.Context(), "vacuum analyze")
	must(t, err)
	explain := func(sql string, args pgx.StrictNamedArgs) string {
		t.Helper()
		rows, err := conn.Query(t.Context(), "explain "+sql, pgx.QueryExecModeExec, args)
		must(t, err)
		plan, err := pgx.CollectRows(rows, pgx.RowTo[string])
		must(t, err)
		return strings.Join(plan, "\n")
	}
	for _, asked := range []norms.SuggestionsAsked{{Initiative: "microsoft-digital-crimes-unit"}, {Initiative: "many-77"}, {Text: "Programme for hygiene"}} {
		plan := explain(search.SuggestRows, search.SuggestArgs(asked, norms.DefaultWeighing()))
		for _, table := range []string{"initiative", "link"} {
			if strings.Contains(plan, "Seq Scan on "+table+" ") {
				t.Errorf("suggestions for %+v read the whole table %s:\n%s", asked, table, plan)
			}
		}
		if !strings.Contains(plan, "initiative_document_idx") {
			t.Errorf("words are not looked up in the index:\n%s", plan)
		}
	}
	if plan := explain("select id from initiative where summary = @text", pgx.StrictNamedArgs{"text": "x"}); !strings.Contains(plan, "Seq Scan on initiative ") {
		t.Errorf("the check does not see a table that is read as a whole:\n%s", plan)
	}
}
