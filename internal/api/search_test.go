package api_test

import (
	"strings"
	"testing"

	"normmap/internal/norms"
)

func TestSearchOverTheInterface(t *testing.T) {
	t.Parallel()
	s := start(t)
	s.apply(t, norms.PutOrganization{Slug: "zebra", Name: "Zebra Institute", Kind: "body"})
	for address, total := range map[string]float64{
		"/search?q=zebra": 1, "/search?q=zebra&kind=principle": 0, "/search?q=zebra&as_of=2": 1, "/search?q=zebra&as_of=1": 0, "/search": 0,
	} {
		if got := s.get(t, address).wants(t, 200).body["total"]; got != total {
			t.Errorf("%s finds %v things, want %v", address, got, total)
		}
	}
	meant, _ := s.get(t, "/search?q=13f").wants(t, 200).body["understood"].([]any)
	if len(meant) != 1 || meant[0].(map[string]any)["principle"] != "un-norms/13-f" {
		t.Errorf("13f is understood as %v", meant)
	}
	s.get(t, "/search?q=x&kind=person").wants(t, 422)
	s.get(t, "/search?q="+strings.Repeat("x", 201)).wants(t, 422)
	s.get(t, "/search?q=x&cursor=nonsense").wants(t, 400)
}
