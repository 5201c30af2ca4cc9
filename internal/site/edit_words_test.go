package site

import (
	"net/http"
	"strings"
	"testing"

	"normmap/internal/account"
	"normmap/web/page"
)

// Who corrects an edit meets the words of the form in which it was typed, and
// whoever may not publish reads on each button that it proposes.
func TestAnEditIsCorrectedInTheWordsOfItsForm(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Contributor)
	cell := h.cell("microsoft-newsguard", "paris-call/6")
	form := h.get(parisGrid).has("form.edit button", "Preview").has("form.edit", "a reviewer decides")
	if words := form.page().Find("form.edit button").Text(); strings.Contains(words, "Save") {
		t.Errorf("a contributor is offered %q", words)
	}
	h.get(cvd).has("form.edit button", "Propose")
	to := h.post(parisGrid, form.tick([]page.GridCell{cell}, nil, "rationale", "Mine", "reason", "r")...).status(http.StatusSeeOther).Header.Get("Location")
	h.signIn(account.Reviewer)
	h.get(to).has(".facts", "the grid or a batch")
	edit := h.get(to + "/edits/1").status(http.StatusOK)
	edit.has("label[for=field-property]", "Sort of support").has("#field-property option", "Unspecified").has("label[for=field-asserter]", "Asserted by").has("label[for=field-origin]", "Who says it")
	edit.has("select[name=principle] option[selected]", "Paris Call principle 6")
	h.post(to+"/edits/1", edit.typed("principle", "paris-call/8")...).leads(http.StatusSeeOther, to+"#edit-1")
}

func TestASourceIsCalledAPassageOnlyWhereItsWordsAreShown(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	to := h.proposes("title", "A better title", "reason", "as printed")
	h.get(to).has(".passages .part", "Source passage").has(".passages mark", "Paris Call principle 1")
	const uncited = "/initiatives/microsoft-newsguard/edit"
	h.post(uncited, h.get(uncited).typed("title", "Another title", "reason", "the second", "into", "1")...).leads(http.StatusSeeOther, to)
	if got := h.get(to).page().Find("#edit-2 .passages .part").First().Text(); got != "Source" {
		t.Errorf("a source without words is called %q", got)
	}
}

func TestNoTwoSourcesAreOfferedAlike(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	seen := map[string]bool{}
	for _, o := range h.get(cvd).has("select[name=source] option", "Page on the Paris Call (Paris Peace Forum)").page().Find("select[name=source] option").EachIter() {
		if seen[o.Text()] {
			t.Errorf("two sources are offered as %q", o.Text())
		}
		seen[o.Text()] = true
	}
}
