package postgres

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPlansShowNoValues(t *testing.T) {
	t.Parallel()
	for condition, want := range map[string]string{
		`(slug = 'hunter2'::text)`:                      `(slug = ?::text)`,
		`(name = 'O''Hara, 7 Elm St'::text)`:            `(name = ?::text)`,
		`(name = E'a\\b'::text)`:                        `(name = E?::text)`,
		`(id = ANY ('{1,2}'::bigint[]))`:                `(id = ANY (?::bigint[]))`,
		`((link_1.id = 4711) AND (s.position < -12.5))`: `((link_1.id = ?) AND (s.position < -?))`,
		`(lower(l."where 2") ~~ '%x%'::text)`:           `(lower(l."where 2") ~~ ?::text)`,
	} {
		if got := masked(condition); got != want {
			t.Errorf("%s became %s, want %s", condition, got, want)
		}
	}
}

// Of statements that go together the dearest has the line; what any of them
// reads from end to end is told, and a plan that is nothing but a function is not.
func TestPlansOfABatch(t *testing.T) {
	t.Parallel()
	p := plans{dearest: statement{sql: "first"}}
	for _, one := range []struct{ sql, plan string }{
		{"first", `{"Node Type":"Seq Scan","Relation Name":"course","Total Cost":3}`},
		{"second", `{"Node Type":"Limit","Total Cost":40,"Plans":[{"Node Type":"Index Scan","Relation Name":"link","Total Cost":39}]}`},
		{"third", `{"Node Type":"Seq Scan","Relation Name":"course","Total Cost":3}`},
	} {
		if err := p.add(statement{sql: one.sql}, []byte(`[{"Plan":`+one.plan+`}]`)); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff([]string{"course"}, p.whole); diff != "" || p.dearest.sql != "second" || p.plan == nil || p.plan.Step != "Limit" {
		t.Errorf("%+v %s", p, diff)
	}
	if err := p.add(statement{sql: "fourth"}, []byte(`[{"Plan":{"Node Type":"Result","Total Cost":50}}]`)); err != nil || p.dearest.sql != "fourth" || p.plan != nil {
		t.Errorf("%+v, %v", p, err)
	}
	if err := p.add(statement{}, []byte(`[]`)); err == nil {
		t.Error("no plan is a plan")
	}
}
