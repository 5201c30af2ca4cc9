package site

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"normmap/internal/account"
	"normmap/internal/norms"
)

func (h *house) curatorLinks(initiative string) []norms.LinkRow {
	h.t.Helper()
	list, err := h.store.Links(h.t.Context(), norms.LinkFilter{Initiative: initiative, Origin: "curator"}, norms.Page{})
	if err != nil {
		h.t.Fatal(err)
	}
	return list.Items
}

func TestSeveralPrinciplesAreLinkedAtOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	const edit = "/initiatives/microsoft-newsguard/links/edit"
	found := h.post(edit, h.get(edit).typed("agreement", "paris-call", "step", "find", "rationale", "Typed early")...).status(http.StatusOK)
	found.has("textarea[name=rationale]", "Typed early")
	again := h.post(edit, found.typed("principle", "paris-call/4", "agreement", "", "q", "vulnerab", "step", "find")...).status(http.StatusOK)
	if again.page().Find("input[name=principle][value='paris-call/4'][checked]").Length() != 1 {
		t.Error("what was ticked before the second search is lost")
	}
	form := again.typed("principle", "paris-call/4", "principle", "paris-call/8", "relation", "supports", "strength", "partial", "property", "example_of", "reason", "Read the page", "step", "save")
	h.post(edit, form...).leads(http.StatusSeeOther, "/initiatives/microsoft-newsguard")
	links := h.curatorLinks("microsoft-newsguard")
	if len(links) != 2 || links[0].Rationale != "Typed early" || links[1].Strength != "partial" || links[0].Property != "example_of" {
		t.Errorf("recorded: %+v", links)
	}
	if got := h.stats(); got.Links != 34 || got.Revision != 2 {
		t.Errorf("curators' links are counted or made in several changesets: %+v", got)
	}
	taken := h.get(edit + "?agreement=paris-call").status(http.StatusOK).page().Find("input[name=principle][disabled]")
	if taken.Length() != 2 {
		t.Errorf("%d principles are said to be linked already, want 2", taken.Length())
	}
}

func TestSeveralInitiativesAreLinkedFromAPrinciple(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	const edit = "/agreements/paris-call/principles/4/links/edit"
	form := h.get(edit+"?q=webinar").status(http.StatusOK).typed("initiative", "microsoft-security-webinars", "initiative", "microsoft-newsguard",
		"relation", "supports", "rationale", "Both teach", "reason", "r", "step", "save")
	h.post(edit, form...).leads(http.StatusSeeOther, "/agreements/paris-call/principles/4")
	for _, slug := range []string{"microsoft-security-webinars", "microsoft-newsguard"} {
		if links := h.curatorLinks(slug); len(links) != 1 || links[0].Principle != "paris-call/4" {
			t.Errorf("%s has %+v", slug, links)
		}
	}
}

func TestScriptsFetchTheFoundPartAlone(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/initiatives/microsoft-newsguard/links/edit?agreement=paris-call&q=&principle=tech-accord%2F1", nil)
	r.Header.Set("HX-Request", "true")
	a := h.do(r).status(http.StatusOK)
	doc := a.page()
	if doc.Find("header, h1").Length() != 0 || doc.Find("#found input[name=principle]").Length() < 10 {
		t.Errorf("the part is\n%.800s", a.body)
	}
	if doc.Find("input[value='tech-accord/1'][checked]").Length() != 1 {
		t.Error("what was ticked is not in the part")
	}
	if got := a.Header.Values("Vary"); !slices.Contains(got, "HX-Request") {
		t.Errorf("Vary is %q", got)
	}
}

func TestLinksNeedATickARationaleAndAReason(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	const edit = "/initiatives/microsoft-newsguard/links/edit"
	h.post(edit, h.get(edit).typed("step", "save")...).status(http.StatusUnprocessableEntity).has("#field-principle-problem", "tick at least one").
		has("#field-rationale-problem", "is missing").has("#field-reason-problem", "say why")
	a := h.post(edit, h.get(edit).typed("principle", "paris-call/4", "principle", "paris-call/8", "step", "save")...).status(http.StatusUnprocessableEntity)
	a.has("#field-rationale-problem", "is missing").has("#field-reason-problem", "say why")
	if n := a.has("#field-relation-problem", "is missing").page().Find(".errors li").Length(); n != 3 {
		t.Errorf("%d problems are listed, want each once", n)
	}
	if a.page().Find("input[name=principle][checked]").Length() != 2 {
		t.Error("the ticks are lost")
	}
}

func TestLinkIsChangedAndWithdrawn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	edit := "/links/" + number(h.apply(curatorLink("microsoft-newsguard", "paris-call/4")).IDs[0]) + "/edit"
	form := h.get(edit).status(http.StatusOK).typed("relation", "contrary", "rationale", "On second thoughts", "reason", "r")
	h.post(edit, form...).leads(http.StatusSeeOther, "/initiatives/microsoft-newsguard")
	if l := h.curatorLinks("microsoft-newsguard"); len(l) != 1 || l[0].Relation != "contrary" || l[0].Rationale != "On second thoughts" {
		t.Fatalf("recorded: %+v", l)
	}
	h.post(edit, h.get(edit).typed("do", "withdraw")...).status(http.StatusUnprocessableEntity).has("#field-reason-problem", "say why")
	h.post(edit, form...).status(http.StatusConflict).has(".clash", "This is saved already")
	h.post(edit, h.get(edit).typed("do", "withdraw", "reason", "wrong after all")...).status(http.StatusSeeOther)
	if l := h.curatorLinks("microsoft-newsguard"); len(l) != 0 {
		t.Errorf("still recorded: %+v", l)
	}
	h.get(edit).status(http.StatusGone)
}

func TestContributorsLinkChangesOnlyThroughItsCitation(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	l := h.contributorLink()
	edit := "/links/" + number(l.ID) + "/edit"
	citation := "/citations/" + number(l.Citation) + "/edit"
	h.get(edit).status(http.StatusOK).has("a[href='"+citation+"']", "Decide about the citation")
	h.post(edit, "do", "withdraw", "version", number(l.Version), "reason", "r").status(http.StatusConflict).has("a[href='"+citation+"']", "")
	if got := h.stats().Links; got != 34 {
		t.Errorf("%d links", got)
	}
}

// Which link or adherence it is says the record, whatever a form says.
func TestFormsCannotNameAnotherThing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	id := h.apply(curatorLink("microsoft-newsguard", "paris-call/4")).IDs[0]
	edit := "/links/" + number(id) + "/edit"
	forged := []string{"initiative", "microsoft-cvd-policy", "principle", "paris-call/8", "origin", "third_party", "asserter", "microsoft", "reason", "r"}
	h.post(edit, h.get(edit).typed(append(forged, "rationale", "Mine")...)...).leads(http.StatusSeeOther, "/initiatives/microsoft-newsguard")
	l, err := h.store.Link(t.Context(), id)
	if err != nil || l.Initiative != "microsoft-newsguard" || l.Principle != "paris-call/4" || l.Origin != "curator" || l.Rationale != "Mine" {
		t.Errorf("recorded: %+v, %v", l, err)
	}
	h.post(edit, h.get(edit).typed(append(forged, "rationale", "")...)...).status(http.StatusUnprocessableEntity).
		has(".fixed", "NewsGuard").has(".fixed", "Paris Call principle 4").has(".fixed", "urator")
	h.post(edit, h.get(edit).typed(append(forged, "do", "withdraw")...)...).leads(http.StatusSeeOther, "/initiatives/microsoft-newsguard")

	edit = "/adherences/" + number(h.adherence().ID) + "/edit"
	h.post(edit, h.get(edit).typed("organization", "cybersecurity-tech-accord", "note", "n", "reason", "r")...).leads(http.StatusSeeOther, "/organizations/microsoft")
	if a := h.adherence(); a.Note != "n" {
		t.Errorf("recorded: %+v", a)
	}
	h.post(edit, h.get(edit).typed("organization", "/elsewhere", "do", "withdraw", "reason", "r")...).leads(http.StatusSeeOther, "/organizations/microsoft")
}
