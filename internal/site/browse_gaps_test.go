package site

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"normmap/internal/norms"
)

func TestGapsOfEveryKind(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.apply(norms.PutAssessment{Link: 1, Assessor: norms.ByCurator, View: norms.Disagrees, Rationale: "The text came later."},
		norms.PutCellReview{Principle: "paris-call/4", Organization: "microsoft", ReviewedOn: "2026-11", Note: "Its reports, by search."})
	a := h.get("/gaps").status(http.StatusOK)
	for _, s := range norms.GapSections {
		a.has("h2#"+string(s), "")
		h.get("/gaps?show="+string(s)).status(http.StatusOK).has("h2#"+string(s), "").has("main", "All kinds of gap")
		rows, err := csv.NewReader(strings.NewReader(h.get("/gaps.csv?show=" + string(s)).status(http.StatusOK).body)).ReadAll()
		if err != nil || len(rows) == 0 || s != norms.GapPromises && len(rows) == 1 {
			t.Errorf("%s has %d lines as a table, %v", s, len(rows), err)
		}
		var only map[string]json.RawMessage
		if err := json.Unmarshal([]byte(h.get("/gaps.json?show="+string(s)).body), &only); err != nil || len(only) != 2 || only[string(s)] == nil {
			t.Errorf("%s as data: %d fields, %v", s, len(only), err)
		}
	}
	a.has("section[aria-labelledby=adherences] tr:has(a[href='/agreements/manrs'])", "endorsed, none recorded")
	a.has("section[aria-labelledby=adherences]", "signed and evidenced")
	a.has("section[aria-labelledby=addressees] tbody", "only if this is meant by")
	a.has("section[aria-labelledby=principles] a[href='/coverage?agreement=paris-call']", "Coverage")
	a.has("section[aria-labelledby=contested] a[href='/links/1']", "disagreed 1")
	a.has("section[aria-labelledby=reviewed] tr:has(a[href='/agreements/paris-call/principles/4'])", "Grace Editor")
	a.has("section[aria-labelledby=promises]", "No initiative is recorded as planned")
}

// A promise is looked at on the day of the site's clock, in words that do not
// judge.
func TestPromisesOnTheDayOfReading(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 21, 23, 0, 0, 0, time.UTC)
	h := newHouse(t, func(d *Deps) { d.Now = func() time.Time { return now } })
	h.apply(norms.PutInitiative{Slug: "promise", Title: "A promise", Summary: "To be done.", Kind: "programme", Organization: "microsoft",
		ReportedBy: "microsoft", Status: "planned", Source: "microsoft-bpf-2019", DueOn: "2026-11-21"})
	const row = "section[aria-labelledby=promises] tbody"
	if text := h.get("/gaps").has(row, "21 November 2026").page().Find(row).Text(); strings.Contains(text, "over") {
		t.Errorf("on its last day: %q", text)
	}
	now = now.Add(2 * time.Hour)
	h.get("/gaps").has(row, "The date was over on 22 November 2026; no completion is recorded.")
}
