package api_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/norms"
)

func TestSuggestions(t *testing.T) {
	t.Parallel()
	s := start(t)
	got := s.get(t, "/initiatives/microsoft-digital-crimes-unit/suggestions").wants(t, 200)
	if n := len(got.items()); n != norms.DefaultSuggestions {
		t.Fatalf("%d are suggested", n)
	}
	first := got.items()[0]
	for _, field := range []string{"principle", "name", "title", "agreement"} {
		if v, _ := first[field].(string); v == "" {
			t.Errorf("%s is %v", field, first[field])
		}
	}
	reasons, _ := first["reasons"].([]any)
	if len(reasons) == 0 {
		t.Fatal("the first has no reasons")
	}
	want := map[string]any{"kind": "cited_together", "principle": "paris-call/5", "name": "Paris Call principle 5", "count": 1.0, "of": 1.0,
		"relation": "", "initiatives": []any{}, "words": []any{}}
	if d := cmp.Diff(want, reasons[0]); d != "" {
		t.Errorf("the first reason (-want +got): %s", d)
	}
	for address, n := range map[string]int{
		"/initiatives/microsoft-digital-crimes-unit/suggestions?limit=2": 2, "/suggestions?text=Security+of+supply+chains&limit=3": 3, "/suggestions": 0,
	} {
		if got := len(s.get(t, address).wants(t, 200).items()); got != n {
			t.Errorf("%s: %d, want %d", address, got, n)
		}
	}
	s.get(t, "/initiatives/none/suggestions").wants(t, 404)
	s.get(t, "/initiatives/microsoft-digital-crimes-unit/suggestions?limit=21").wants(t, 422)
}
