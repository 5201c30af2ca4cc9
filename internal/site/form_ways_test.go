package site

import (
	"net/http"
	"strings"
	"testing"

	"normmap/internal/account"
	"normmap/internal/norms"
)

func TestOnlyProposeUsesAProposal(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	to := h.post(cvd, h.get(cvd).typed("title", "Staged", "reason", "r", "do", "propose")...).status(http.StatusSeeOther).Header.Get("Location")
	const other = "/initiatives/microsoft-newsguard/edit"
	form := h.get(other).has("#field-into-hint", "publishes at once")
	into := form.page().Find("select[name=into] option").Last().AttrOr("value", "")
	h.post(other, form.typed("title", "Published", "reason", "r", "into", into)...).leads(http.StatusSeeOther, "/initiatives/microsoft-newsguard")
	h.get("/initiatives/microsoft-newsguard").has("h1", "Published").has(".notice a[href='/changesets/2']", "changeset 2")
	if h.get(to).page().Find("#edit-2").Length() != 0 {
		t.Error("it was proposed as well")
	}
}

func TestAListOfPrinciplesHasSummariesAndCountsItsLines(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	const list = "/agreements/gcsc/editions/final-2019/principles/new/list"
	a := h.post(list, "list", "91 | One | What it asks.\n\n\n92", "step", "read").status(http.StatusUnprocessableEntity)
	a.has(".errors", "line 4: write the number")
	h.post(list, "list", "\n91\tOne\tWhat it asks.", "step", "read").status(http.StatusOK).has(".understood td", "What it asks.")
	a = h.post("/initiatives/new", "title", "T", "partners", "B\n\nA | No Such!", "reason", "r").status(http.StatusUnprocessableEntity)
	a.has(".errors", "line 3")
}

func TestAnUnnamedThingIsNotBlamedForItsAddress(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	for _, page := range []string{"/agreements/new", "/initiatives/new", "/organizations/new"} {
		a := h.post(page, h.get(page).typed("reason", "r")...).status(http.StatusUnprocessableEntity)
		if told := a.page().Find(".errors").Text(); strings.Contains(told, "addresses") || strings.Contains(told, "Slug") {
			t.Errorf("%s: %s", page, told)
		}
	}
}

func TestNothingTicked(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	h.post("/batch", pick("initiative", "/initiatives?status=planned")...).leads(http.StatusSeeOther, "/initiatives?status=planned")
	h.get("/initiatives?status=planned").has(".notice", "Nothing is ticked")
	a := h.post("/batch", append(pick("initiative", "/initiatives"), "step", "save", "action", "status", "reason", thought)...).status(http.StatusUnprocessableEntity)
	a.has(".errors", "Nothing is ticked").has("[name=reason]", "")
	if strings.Contains(a.body, "Valid from") || !strings.Contains(a.body, thought) {
		t.Error("a hidden field is blamed, or what was typed is lost")
	}
}

func TestCorrectionsOfferWhatIsRecorded(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	to := h.proposes("title", "A better title", "reason", "as printed")
	h.signIn(account.Reviewer)
	form := h.get(to + "/edits/1").status(http.StatusOK)
	form.has("select[name=organization] option[selected]", "Microsoft").has("select[name=kind][required] option", "Choose one").has("select[name=source] option", "None")
	h.post(to+"/edits/1", form.typed("started_on", "12 November 2018")...).leads(http.StatusSeeOther, to+"#edit-1")
	h.get(to).has("#edit-1", "12 November 2018")
	h.get(to).button(h, "Announce the day", "adopt_on", h.site.Now().AddDate(0, 0, 9).UTC().Format("2 January 2006")).leads(http.StatusSeeOther, to+"#silence")
	h.signIn(account.Reviewer)
	h.get(to).button(h, "Reject edit 1").status(http.StatusUnprocessableEntity).has(".errors", "Reason code for edit 1: choose one")
}

func TestAGridWithoutPrinciplesSaysSo(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	h.apply(norms.PutAgreement{Slug: "empty-pact", Title: "The Empty Pact of All", ShortTitle: "Empty Pact", LegalNature: "voluntary_commitment", Space: "between_stakeholder_groups"})
	h.get("/agreements/empty-pact/grid").status(http.StatusOK).has("h1", "Empty Pact").has("main", "nothing to link yet")
}
