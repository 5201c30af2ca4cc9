package site

import (
	"net/http"
	"net/url"
	"testing"

	"normmap/internal/account"
	"normmap/internal/norms"
)

const cellQuery = "?organization=microsoft&principle=paris-call%2F4"

// An editor goes from the matrix to a cell, records a review and a decision,
// and takes both back.
func TestReviewAndRulingOfACell(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	const principle = "/agreements/paris-call/principles/4"
	shown := h.get("/coverage?agreement=paris-call").status(http.StatusOK)
	shown.has("a.review[href='/cells/edit?organization=microsoft&principle=paris-call%2F4']", "not reviewed")
	h.get("/cells/edit"+cellQuery).status(http.StatusOK).has("main", "Nobody has recorded that they looked").has(".state", "not reviewed")
	review := "/cells/review" + cellQuery
	h.post(review, h.get(review).typed("note", "Searched its site", "reason", "r")...).status(http.StatusUnprocessableEntity).has("textarea[name=note]", "Searched its site")
	h.post(review, h.get(review).typed("reviewed_on", "2026-11-20", "note", "Searched its site", "reason", "r")...).leads(http.StatusSeeOther, principle+"#cells")
	h.get(principle).has(".states", "reviewed for 1 organization, none found").lacks(".states .not_reviewed:contains('not reviewed')")
	h.get("/gaps?show=principles").has("tr:contains('reviewed for 1 organization') a[href='"+principle+"']", "")
	h.get(principle).has("section[aria-labelledby=cells] tbody", "Searched its site").has("section[aria-labelledby=cells] tbody", "Ada editor")
	h.get("/organizations/microsoft").has("section[aria-labelledby=cells] tbody", "Paris Call principle 4")
	if got := cellText(t, h.get("/coverage?agreement=paris-call"), principle, "Microsoft"); got != "Microsoft: none found: Paris Call principle 4, Microsoft" {
		t.Errorf("the cell says %q", got)
	}
	if got := cellText(t, h.get("/coverage?agreement=paris-call"), principle, "Organizations cited"); got != "Organizations cited: 0 of 1 1 not reviewed" {
		t.Errorf("the share is %q", got)
	}
	h.post(review, h.get(review).typed("do", "withdraw", "reason", "r")...).leads(http.StatusSeeOther, principle+"#cells")

	ruling := "/cells/ruling" + cellQuery
	h.post(ruling, h.get(ruling).typed("rationale", "It says so", "reason", "r")...).status(http.StatusUnprocessableEntity).has("main", "choose one")
	h.post(ruling, h.get(ruling).typed("outside", "outside", "rationale", "It speaks to states", "reason", "r")...).leads(http.StatusSeeOther, principle+"#cells")
	h.get("/cells/edit"+cellQuery).has(".state", "outside addressee").has("main", "It speaks to states")
	h.get("/coverage.json?agreement=paris-call").says(`"state":"outside_addressee"`)
	h.get("/coverage?agreement=paris-call").has("a.review[href='/cells/edit"+cellQuery+"']", "outside addressee")
	first := h.get(ruling)
	h.post(ruling, first.typed("outside", "inside", "reason", "r")...).status(http.StatusSeeOther)
	h.post(ruling, first.typed("rationale", "Typed late", "reason", "r")...).status(http.StatusConflict).has("textarea[name=rationale]", "Typed late")
	h.post(ruling, h.get(ruling).typed("do", "withdraw", "reason", "r")...).status(http.StatusSeeOther)
	h.get("/cells/edit"+cellQuery).has("main", "Nobody has decided it otherwise")
}

func TestCellsThatDoNotExist(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	for query, want := range map[string]int{
		"":                                    http.StatusUnprocessableEntity,
		"?principle=paris-call/4":             http.StatusUnprocessableEntity,
		"?organization=microsoft&principle=x": http.StatusUnprocessableEntity,
		"?organization=nobody&principle=paris-call/4":     http.StatusNotFound,
		"?organization=microsoft&principle=paris-call/99": http.StatusNotFound,
	} {
		for _, address := range []string{"/cells/edit", "/cells/review", "/cells/ruling"} {
			h.get(address + query).status(want)
		}
	}
}

// The matrix shows a contested cell with a way to who disagrees, and a visitor
// gets no way to the forms.
func TestContestedCellsInTheMatrix(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	l := h.claim()
	h.apply(norms.PutAssessment{Link: l.ID, Assessor: norms.ByCurator, View: norms.Disagrees, Rationale: "The text came later."},
		norms.PutCellReview{Principle: "paris-call/4", Organization: "microsoft", ReviewedOn: "2026", Note: "Searched."})
	a := h.get("/coverage?agreement=paris-call").status(http.StatusOK).has("td a.contested", "10").has(".key dt.contested", "contested")
	to := a.page().Find("td a.hint[href*='assessment=disagrees']").AttrOr("href", "")
	u, err := url.Parse(to)
	if err != nil || u.Query().Get("organization") != "microsoft" || u.Query().Get("principle") != "paris-call/1" {
		t.Errorf("who disagrees is at %q", to)
	}
	h.get(to).status(http.StatusOK).has("a.assessed[href='/links/"+number(l.ID)+"']", "disagreed 1")
	if n := a.page().Find("a[href^='/cells/']").Length(); n != 0 {
		t.Errorf("%d ways to forms for a visitor", n)
	}
	h.get("/coverage?agreement=paris-call&by=stakeholder_group").has("td a.contested", "10")
	a.has("tfoot", "7 of 8").has("tfoot", "1 contested")
	then := h.get("/coverage?agreement=paris-call&as_of=1").status(http.StatusOK)
	if n := then.page().Find("td a.contested, td a.reviewed_none_found").Length(); n != 0 {
		t.Errorf("%d cells are contested or reviewed before that was recorded", n)
	}
}

func TestTheMethodSaysHowStatesAndDigestsAreMade(t *testing.T) {
	t.Parallel()
	a := newHouse(t).get("/method").status(http.StatusOK)
	for _, s := range norms.CellStates {
		a.has("section[aria-labelledby=states] dt ."+string(s), "")
	}
	a.has("section[aria-labelledby=addressees] tbody tr", "states").has("section[aria-labelledby=assessments] dl", "Disagrees")
	a.has("section[aria-labelledby=claim] code", "initiative principle relation")
}
