package api_test

import (
	"net/http"
	"testing"

	"normmap/internal/account"
	"normmap/internal/norms"
)

// A program reads what was made of a link, and finds links by that.
func TestAssessmentsOfALink(t *testing.T) {
	t.Parallel()
	s := start(t)
	before := s.get(t, "/links/1").wants(t, http.StatusOK).body
	by, err := s.store.AddAccount(t.Context(), "ada@example.org", "Ada", account.Editor)
	if err != nil {
		t.Fatal(err)
	}
	edit := norms.PutAssessment{Link: 1, Assessor: norms.ByCurator, View: norms.Disagrees, Rationale: "The text came later."}
	if _, err := s.store.Apply(t.Context(), by.Actor(), "a test", []norms.Edit{edit}); err != nil {
		t.Fatal(err)
	}
	after := s.get(t, "/links/1").wants(t, http.StatusOK)
	if after.body["claim_digest"] != before["claim_digest"] || len(after.body["claim_digest"].(string)) != 64 || after.Header().Get("ETag") != `"1"` {
		t.Errorf("digest %v before and %v after, ETag %s", before["claim_digest"], after.body["claim_digest"], after.Header().Get("ETag"))
	}
	said := after.body["assessments"].([]any)
	if len(said) != 1 || said[0].(map[string]any)["view"] != "disagrees" || said[0].(map[string]any)["answer"] != nil {
		t.Errorf("assessments: %v", said)
	}
	for filter, want := range map[string]float64{"disagrees": 1, "disagreed": 1, "agrees": 0, "unanswered": 1, "answered": 0} {
		if got := s.get(t, "/links?assessment="+filter).wants(t, http.StatusOK).body["total"]; got != want {
			t.Errorf("%s: %v links, want %v", filter, got, want)
		}
	}
	s.get(t, "/links?assessment=liked").wants(t, http.StatusUnprocessableEntity)
	then := s.get(t, "/links/1?as_of=1").wants(t, http.StatusOK).body
	if len(then["assessments"].([]any)) != 0 || then["claim_digest"] != before["claim_digest"] {
		t.Errorf("before it was assessed: %v", then["assessments"])
	}
}
