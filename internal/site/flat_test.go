package site

import (
	"fmt"
	"testing"

	"normmap/internal/norms"
)

// Pages do not grow with the evidence: with twice as much of it they are
// as heavy as before, and within their limit.
func TestPagesStayAsLightAsTheyAre(t *testing.T) {
	t.Parallel()
	h := newKeeping(t)
	have := 0
	more := func(n int) {
		var edits []norms.Edit
		for range n {
			have++
			slug := fmt.Sprintf("more-%04d", have)
			edits = append(edits,
				norms.PutInitiative{Slug: slug, Title: "Programme " + slug, Summary: "To be done.", Kind: "programme", Organization: "microsoft",
					ReportedBy: "microsoft", Status: "planned", Source: "microsoft-bpf-2019", DueOn: "2027"},
				norms.PutLink{Initiative: slug, Principle: "paris-call/4", Relation: "supports", Origin: "curator", Rationale: "For a test."})
		}
		h.apply(edits...)
	}
	limits := map[string]int{
		"/organizations/microsoft": 14_000, "/sources/microsoft-bpf-2019": mostCellsHTML, "/agreements/paris-call": mostHTML, "/gaps": mostCellsHTML,
		"/gaps?show=promises": mostHTML, "/agreements/paris-call/principles/4": mostHTML, "/agreements/paris-call/principles/4/history": mostCellsHTML,
	}
	weights := func() map[string]int {
		out := map[string]int{}
		for address := range limits {
			out[address] = h.weigh(address).html
		}
		return out
	}
	for range 4 { // changesets enough for a page of history
		more(60)
	}
	before, table := weights(), h.weigh("/links.csv").html
	for range 4 {
		more(60)
	}
	for address, bytes := range weights() {
		if bytes > limits[address] || bytes > before[address]*11/10 {
			t.Errorf("%s has %d bytes, and had %d; at most %d", address, bytes, before[address], limits[address])
		}
	}
	if grown := h.weigh("/links.csv").html; grown < table*5/4 {
		t.Errorf("the check does not see what grows: all links had %d bytes and have %d", table, grown)
	}
}
