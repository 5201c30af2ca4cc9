package site

import (
	"net/http"
	"testing"

	"normmap/internal/account"
	"normmap/internal/norms"
)

func (h *house) citation(id int64) norms.CitationRow {
	h.t.Helper()
	c, err := h.store.Citation(h.t.Context(), id)
	if err != nil {
		h.t.Fatal(err)
	}
	return c
}

// figures are links and unresolved citations.
func (h *house) figures() [2]int {
	s := h.stats()
	return [2]int{s.Links, s.Unresolved}
}

func TestCitationIsResolvedSetAsideAndOpenedAgain(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	c := h.ambiguous()
	edit := "/citations/" + number(c.ID) + "/edit"
	first := c.Candidates[0].Principle
	form := h.get(edit).status(http.StatusOK).typed("principle", first, "note", "The report was out by then", "reason", "asked them", "decision", "resolve")
	h.post(edit, form...).leads(http.StatusSeeOther, "/initiatives/"+c.Initiative)
	if got := h.citation(c.ID); got.Resolution != norms.Resolved || got.Principle != first || got.Note != "The report was out by then" || got.DecidedBy == "" {
		t.Errorf("resolved: %+v", got)
	}
	if got := h.figures(); got != [2]int{35, 3} {
		t.Errorf("links and unresolved are %v, want 35 and 3", got)
	}

	h.post(edit, h.get(edit).typed("note", "No telling", "decision", "set_aside")...).status(http.StatusSeeOther)
	if got := h.citation(c.ID); got.Resolution != norms.SetAside || got.Link != 0 {
		t.Errorf("set aside: %+v", got)
	}
	if got := h.changeset().Reason; got != "No telling" {
		t.Errorf("without a reason the note is one; recorded is %q", got)
	}
	if got := h.figures(); got != [2]int{34, 3} {
		t.Errorf("links and unresolved are %v, want 34 and 3", got)
	}

	h.post(edit, h.get(edit).typed("note", "New evidence", "decision", "reopen")...).status(http.StatusSeeOther)
	if got := h.citation(c.ID); got.Resolution != norms.Ambiguous || len(got.Candidates) != 3 {
		t.Errorf("opened again: %+v", got)
	}
	if got := h.figures(); got != [2]int{34, 4} {
		t.Errorf("links and unresolved are %v, want 34 and 4", got)
	}
}

func TestCitationMayMeanAnyPrincipleFound(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	c := h.ambiguous()
	edit := "/citations/" + number(c.ID) + "/edit"
	found := h.post(edit, h.get(edit).typed("agreement", "gcsc", "q", "", "note", "Typed early", "step", "find")...).status(http.StatusOK)
	found.has("textarea[name=note]", "Typed early")
	choices := found.page().Find("input[type=radio][name=principle]")
	if n := choices.Length(); n < 9 { // the final report's eight and Singapore's
		t.Fatalf("%d principles are offered", n)
	}
	h.post(edit, found.typed("principle", "gcsc/2", "decision", "resolve")...).status(http.StatusSeeOther)
	if got := h.citation(c.ID).Principle; got != "gcsc/2" {
		t.Errorf("resolved to %q", got)
	}
}

func TestDecisionNeedsANoteAndAPrinciple(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	edit := "/citations/" + number(h.ambiguous().ID) + "/edit"
	a := h.post(edit, h.get(edit).typed("decision", "resolve")...).status(http.StatusUnprocessableEntity)
	a.has("#field-note-problem", "is missing").has("#field-principle-problem", "names no principle")
	a = h.post(edit, h.get(edit).typed("decision", "resolve", "principle", "gcsc/99", "note", "Kept note")...).status(http.StatusUnprocessableEntity)
	a.has("#field-principle-problem", "no principle").has("textarea[name=note]", "Kept note")
}

func TestStaleDecisionShowsBoth(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	c := h.ambiguous()
	edit := "/citations/" + number(c.ID) + "/edit"
	mine := h.get(edit).typed("principle", c.Candidates[1].Principle, "note", "My note", "decision", "resolve")
	h.post(edit, h.get(edit).typed("note", "Their note", "decision", "set_aside")...).status(http.StatusSeeOther)
	a := h.post(edit, mine...).status(http.StatusConflict)
	a.has(".clash .recorded", "Their note").has(".clash .typed", "My note").has("textarea[name=note]", "My note")
	h.post(edit, a.typed("decision", "resolve")...).status(http.StatusSeeOther)
	if got := h.citation(c.ID).Principle; got != c.Candidates[1].Principle {
		t.Errorf("the second save resolved it to %q", got)
	}
}
