package store_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/jackc/pgx/v5"

	"normmap/internal/pgtest"
	"normmap/internal/store/browse"
)

// planStep is what matters here of a step of a plan.
type planStep struct {
	Step     string     `json:"Node Type"`
	Relation string     `json:"Relation Name"`
	Plans    []planStep `json:"Plans"`
}

// scanned lists the tables that a plan reads from end to end.
func (p planStep) scanned() []string {
	var out []string
	if p.Step == "Seq Scan" {
		out = append(out, p.Relation)
	}
	for _, inner := range p.Plans {
		out = append(out, inner.scanned()...)
	}
	return out
}

// manyLinks are rows enough that no planner would rather read them all.
const manyLinks = `
begin;
select open_changeset('seed', null, 'many rows', '[]', null);
insert into initiative (slug, title, kind, organization_id, reported_by_id, status, version)
select 'many-' || g, 'Programme ' || g, 'programme', o.id, o.id, 'ongoing', 2 from generate_series(1, 5000) g, organization o where o.slug = 'microsoft';
insert into link (initiative_id, principle_id, relation, origin, version)
select i.id, p.id, 'supports', 'curator', 2 from initiative i, (select id from principle order by id limit 6) p where i.slug like 'many-%';
commit;
analyze`

// What is listed without a filter is neither counted nor read from end to end,
// at its beginning and in its middle.
func TestListsReadNoWholeTable(t *testing.T) {
	t.Parallel()
	conn := connect(t, pgtest.Founding(t))
	_, err := conn.Exec(t.Context(), manyLinks)
	must(t, err)
	plan := func(sql string, args pgx.StrictNamedArgs) []string {
		t.Helper()
		var raw []byte
		must(t, conn.QueryRow(t.Context(), "explain (format json) "+sql, args).Scan(&raw))
		var told []struct{ Plan planStep }
		must(t, json.Unmarshal(raw, &told))
		return told[0].Plan.scanned()
	}
	args := pgx.StrictNamedArgs{"initiative": "", "organization": "", "agreement": "", "origin": "", "relation": "", "assessment": "",
		"ref": "", "ref_agreement": "", "ref_edition": "", "ref_label": "", "limit": 51, "after_id": nil, "after_key": nil}
	for _, after := range []any{nil, int64(15000)} {
		args["after_id"] = after
		if after != nil {
			args["after_key"] = ""
		}
		if got := plan(browse.ChooseLinks, args); slices.Contains(got, "link") {
			t.Errorf("links after %v: reads all of %v", after, got)
		}
	}
	if got := plan("select id from link order by rationale limit 51", pgx.StrictNamedArgs{}); !slices.Contains(got, "link") {
		t.Errorf("the check does not see that a whole table is read: %v", got)
	}
}
