package api_test

import (
	"net/http"
	"testing"
)

func TestCoverage(t *testing.T) {
	t.Parallel()
	s := start(t)
	got := s.get(t, "/coverage?agreement=paris-call&agreement=gcsc&organization=microsoft").wants(t, http.StatusOK).body
	rows, columns := got["rows"].([]any), got["columns"].([]any)
	if len(rows) != 17 || len(columns) != 1 || got["total"] != 1.0 || got["next"] != nil {
		t.Fatalf("%d principles, %d columns of %v, next %v", len(rows), len(columns), got["total"], got["next"])
	}
	states := map[any]int{}
	for _, r := range rows {
		states[r.(map[string]any)["cells"].([]any)[0].(map[string]any)["state"]]++
	}
	if states["cited"] != 7 || states["outside_addressee"] != 2 || states["not_reviewed"] != 8 {
		t.Errorf("states %v", states)
	}
	if groups := s.get(t, "/coverage?by=stakeholder_group").wants(t, http.StatusOK).body["columns"].([]any); len(groups) != 6 {
		t.Errorf("%d stakeholder groups", len(groups))
	}
	for _, bad := range []string{"?by=country", "?agreement=Paris", "?edition=2018", "?colour=red"} {
		s.get(t, "/coverage"+bad).wants(t, http.StatusUnprocessableEntity)
	}
}
