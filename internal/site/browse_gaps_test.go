package site

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
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
		if err := json.Unmarshal([]byte(h.get("/gaps.json?show="+string(s)).body), &only); err != nil || len(only) < 2 || len(only) > 7 || only[string(s)] == nil {
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

// Where somebody looked for some organizations, no list says that nobody has.
func TestListsSayThatSomebodyLooked(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.apply(norms.PutCellReview{Principle: "paris-call/4", Organization: "microsoft", ReviewedOn: "2026-11", Note: "Its reports, by search."})
	for _, address := range []string{"/agreements/paris-call", "/agreements/paris-call/editions/2018", "/gaps", "/agreements/paris-call/principles/4"} {
		h.get(address).status(http.StatusOK).has("main", "reviewed for 1 organization, none found")
	}
}

// A kind of gap of which there is more than a page shows leads on to the rest,
// and its table has all of it.
func TestGapsLeadToTheRest(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	var edits []norms.Edit
	for i := range norms.GapsShown + 5 {
		edits = append(edits, norms.PutInitiative{Slug: fmt.Sprint("promise-", i), Title: "A promise", Summary: "To be done.", Kind: "programme",
			Organization: "microsoft", ReportedBy: "microsoft", Status: "planned", Source: "microsoft-bpf-2019", DueOn: "2026-11-21"})
	}
	h.apply(edits...)
	const rows, more = "section[aria-labelledby=promises] tbody tr", "section[aria-labelledby=promises] a[href='/gaps?show=promises#promises']"
	all := h.get("/gaps").has("dl.figures", "30").has(more, "More of them").page()
	if n := all.Find(rows).Length(); n != norms.GapsShown {
		t.Errorf("%d promises beside the others", n)
	}
	first := h.get("/gaps?show=promises&limit=20").has("section[aria-labelledby=promises]", "20 of 30 are here").page()
	to, _ := first.Find("section[aria-labelledby=promises] a[rel=next]").Attr("href")
	if n := h.get(to).status(http.StatusOK).page().Find(rows).Length(); n != 10 {
		t.Errorf("%d promises on the next page", n)
	}
	table, err := csv.NewReader(strings.NewReader(h.get("/gaps.csv?show=promises&limit=20").body)).ReadAll()
	if err != nil || len(table) != 31 {
		t.Errorf("%d lines as a table, %v", len(table), err)
	}
}
