package site

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"normmap/internal/norms"
)

// A record with more principles than a table can show has agreements for rows;
// every number leads to as many principles.
func TestCoverageOfVeryManyPrinciples(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	edits := []norms.Edit{
		norms.PutAgreement{Slug: "long", Title: "A long agreement", ShortTitle: "Long", LegalNature: "voluntary_commitment", Space: "within_stakeholder_group"},
		norms.PutEdition{Agreement: "long", Slug: "first", Title: "Long", Noun: "principle", Current: true},
	}
	for i := range principlesShown {
		edits = append(edits, norms.PutPrinciple{Agreement: "long", Edition: "first", Number: fmt.Sprint(i + 1), Position: i + 1, Title: "One of many"})
	}
	if n := h.get("/coverage").page().Find("th[scope=rowgroup]").Length(); n == 0 {
		t.Error("a small record is not shown principle by principle")
	}
	h.apply(edits...)
	for _, by := range norms.CoverageBys {
		a := h.get("/coverage?by=" + string(by)).status(http.StatusOK)
		if n := a.page().Find("tbody th[scope=row]").Length(); n >= principlesShown || a.page().Find(`tbody th[scope=row] a[href*="agreement=long"]`).Length() != 1 {
			t.Errorf("by %s: %d rows", by, n)
		}
		cells := a.page().Find("td.cell a.cited")
		if cells.Length() == 0 {
			t.Fatalf("by %s: nobody is cited", by)
		}
		for _, cell := range cells.EachIter() {
			address := cell.AttrOr("href", "")
			if n := h.get(address).status(http.StatusOK).page().Find("tbody td.cell a.cited").Length(); fmt.Sprint(n) != strings.TrimSpace(cell.Text()) {
				t.Errorf("by %s: %s leads to %d principles: %s", by, cell.Text(), n, address)
			}
		}
	}
	h.get("/coverage.csv").status(http.StatusOK).says("long/200")
}
