package site

import (
	"fmt"
	"net/http"
	"testing"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/web/href"
)

func TestAThingIsWithdrawnAndRestoredByForms(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	withdraw := h.get("/initiatives/microsoft-newsguard/edit").status(http.StatusOK).page().Find("#besides ~ ul a, section:has(#besides) a, a[href^='/withdraw']").Last().AttrOr("href", "")
	h.queries.take()
	form := h.get(withdraw).status(http.StatusOK).has("h1", "NewsGuard").has("main", "This goes with it").has("main li", "partner: 1")
	if n := len(h.queries.take()); n > maxStatements {
		t.Errorf("the page costs %d statements", n)
	}
	h.post("/withdraw", form.typed()...).status(http.StatusUnprocessableEntity).has("#field-reason-problem", "say why")
	h.post("/withdraw", form.typed("reason", "Not theirs")...).leads(http.StatusSeeOther, "/initiatives/microsoft-newsguard")
	gone := h.get("/initiatives/microsoft-newsguard").status(http.StatusGone).has(".lede", "Ada editor withdrew this").has(".lede", "Not theirs").
		has("button", "Restore it")
	h.another().get("/initiatives/microsoft-newsguard").status(http.StatusGone).has("h1", "NewsGuard")
	if h.another().get("/initiatives/microsoft-newsguard").page().Find("form.edit").Length() != 0 {
		t.Error("a visitor is offered to restore it")
	}
	h.get("/initiatives/microsoft-newsguard.json").status(http.StatusGone)
	h.post("/restore", gone.typed()...).status(http.StatusUnprocessableEntity).has("#field-reason-problem", "say why")
	h.post("/restore", gone.typed("reason", "They are")...).leads(http.StatusSeeOther, "/initiatives/microsoft-newsguard")
	h.get("/initiatives/microsoft-newsguard").status(http.StatusOK)
	h.get("/initiatives/microsoft-newsguard/history").status(http.StatusOK).says("They are", "Not theirs")
	h.get("/restore?kind=initiative&key=microsoft-newsguard").leads(http.StatusSeeOther, "/initiatives/microsoft-newsguard")
	h.get("/restore?kind=initiative&key=never").status(http.StatusNotFound)
	h.get("/restore?kind=never&key=never").status(http.StatusNotFound)
}

// A contributor's link that is gone comes back by its citation only, and its
// page offers nothing else.
func TestAContributorsLinkIsNotOfferedForRestoring(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	l := h.contributorLink()
	c := h.citation(l.Citation)
	h.apply(norms.ResolveCitation{ID: c.ID, Version: c.Version, Decision: "set_aside", Note: "For a test."})
	if h.get(href.Link(l.ID)).status(http.StatusGone).page().Find("form.edit").Length() != 0 {
		t.Error("it is offered to restore it")
	}
	h.post("/restore", "kind", "link", "key", fmt.Sprint(l.ID), "reason", "r").status(http.StatusConflict).says("its citation")
}

func TestWhatOthersRestOnIsNotWithdrawnByForms(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	form := h.get("/withdraw?kind=organization&key=microsoft").status(http.StatusOK).has("main", "It cannot be withdrawn while").has("main li", "initiative: 17")
	h.post("/withdraw", form.typed("reason", "r")...).status(http.StatusConflict).has(".errors", "17 initiatives").has("[name=reason]", "")
	h.apply(norms.PutOrganization{Slug: "testers", Name: "Testers", Kind: "body"})
	stale := h.get("/withdraw?kind=organization&key=testers").typed("reason", "r")
	h.apply(norms.PutOrganization{Slug: "testers", Version: 2, Name: "Testers all", Kind: "body"})
	again := h.post("/withdraw", stale...).status(http.StatusConflict).has(".errors", "Someone changed it").has("h1", "Testers all")
	h.post("/withdraw", again.typed()...).status(http.StatusSeeOther)
	h.get("/withdraw?kind=organization&key=testers").status(http.StatusGone).has("button", "Restore it")
	h.get("/withdraw?kind=organization").status(http.StatusNotFound)
}

func TestAColleaguesNewWorkIsNotWithdrawnUnseen(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	seen := h.get("/withdraw?kind=initiative&key=microsoft-newsguard").typed("reason", "r")
	h.apply(norms.PutLink{Initiative: "microsoft-newsguard", Principle: "paris-call/6", Relation: "supports", Origin: "curator", Rationale: "A colleague's."})
	again := h.post("/withdraw", seen...).status(http.StatusConflict).has(".errors", "Someone changed it")
	h.get("/initiatives/microsoft-newsguard").status(http.StatusOK)
	h.post("/withdraw", again.typed()...).status(http.StatusSeeOther)
}

func TestThingsAreRenamedByForms(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	for _, tt := range []struct{ kind, key, to, page, leads string }{
		{"initiative", "microsoft-newsguard", "newsguard", "/initiatives/microsoft-newsguard", "/initiatives/newsguard"},
		{"agreement", "manrs", "manrs-2", "/agreements/manrs", "/agreements/manrs-2"},
		{"edition", "gcsc/singapore-2018", "singapore", "/agreements/gcsc/editions/singapore-2018", "/agreements/gcsc/editions/singapore"},
		{"principle", "gcsc@singapore/5", "V (a)", "/agreements/gcsc/editions/singapore/principles/5", "/agreements/gcsc/editions/singapore/principles/v-a"},
		{"principle", "paris-call/8", "8 bis", "/agreements/paris-call/principles/8", "/agreements/paris-call/principles/8-bis"},
	} {
		address := "/rename?kind=" + tt.kind + "&key=" + tt.key
		h.queries.take()
		form := h.get(address).status(http.StatusOK)
		if n := len(h.queries.take()); n > maxStatements {
			t.Errorf("%s costs %d statements", address, n)
		}
		h.post("/rename", form.typed("to", "", "reason", "r")...).status(http.StatusUnprocessableEntity).has("#field-to-problem", "is missing")
		h.post("/rename", form.typed("to", tt.to, "reason", "r")...).leads(http.StatusSeeOther, tt.leads)
		h.get(tt.leads).status(http.StatusOK)
		h.get(tt.page).leads(http.StatusMovedPermanently, tt.leads)
		h.get(tt.page+".json?x=1").leads(http.StatusMovedPermanently, tt.leads+".json?x=1")
		h.get(tt.page + "?as_of=1").status(map[bool]int{true: http.StatusOK, false: http.StatusMovedPermanently}[tt.key != "gcsc@singapore/5"])
	}
	taken := h.get("/rename?kind=initiative&key=newsguard").typed("to", "microsoft-cvd-policy", "reason", "r")
	h.post("/rename", taken...).status(http.StatusConflict).has("#field-to-problem", "already used")
}

func TestFormsLeadToRenamingAndWithdrawing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	for _, page := range []string{"/initiatives/microsoft-newsguard/edit", "/organizations/microsoft/edit"} {
		doc := h.get(page).page()
		for _, to := range []string{"/rename?", "/withdraw?"} {
			address := doc.Find("main a[href^='"+to+"']").AttrOr("href", "")
			h.get(address).status(http.StatusOK)
		}
	}
	if h.get("/initiatives/new").page().Find("main a[href^='/withdraw']").Length() != 0 {
		t.Error("a new thing can be withdrawn")
	}
}
