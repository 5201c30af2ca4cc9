package site

import (
	"net/http"
	"strings"
	"testing"

	"normmap/internal/account"
	"normmap/internal/norms"
)

const cvdEdit = "/initiatives/microsoft-cvd-policy/edit"

// theirs lets someone else change the initiative.
func (h *house) theirs(change func(*norms.PutInitiative)) {
	h.t.Helper()
	i, err := h.store.Initiative(h.t.Context(), "microsoft-cvd-policy")
	if err != nil {
		h.t.Fatal(err)
	}
	e := norms.PutInitiative{Version: i.Version, Slug: i.Slug, Title: i.Title, Summary: i.Summary, Kind: i.Kind, Organization: i.Organization,
		ReportedBy: i.ReportedBy, Heading: i.Heading, Position: i.Position, Status: i.Status, StatusNote: i.StatusNote, StartedOn: i.StartedOn,
		EndedOn: i.EndedOn, DueOn: i.DueOn, URL: i.URL, Source: i.Source, Place: i.Place, Partners: i.Partners}
	change(&e)
	h.apply(e)
}

// A stale save shows all three sides of each field, and takes by itself what
// only one of them changed.
func TestAStaleSaveIsMergedFieldByField(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	was, err := h.store.Initiative(t.Context(), "microsoft-cvd-policy")
	if err != nil {
		t.Fatal(err)
	}
	form := h.get(cvdEdit).typed("title", "My title", "summary", "My summary", "place", "Same", "reason", "mine")
	h.theirs(func(e *norms.PutInitiative) {
		e.Title, e.Status, e.Place, e.Partners = "Their title", "planned", "Same", []norms.Partner{{Name: "Their partner"}}
	})
	a := h.post(cvdEdit, form...).status(http.StatusConflict)
	a.has(".clash", "Grace Editor saved it on").has(".clash", "for a test")
	for selector, text := range map[string]string{
		".clash .sides:contains('Their title')": was.Title, ".clash .recorded": "Their title", ".clash .typed": "My title",
		"[name=title] ~ *, main": "Only they changed this", "main": "Only you changed this",
	} {
		a.has(selector, text)
	}
	doc := a.page()
	for name, want := range map[string]string{"title": "My title", "place": "Same", "version": "2"} {
		if got := doc.Find("form.edit [name="+name+"]").AttrOr("value", ""); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	a.has("textarea[name=summary]", "My summary").has("textarea[name=partners]", "Their partner").has("[name=status] option[selected]", "planned")
	if n := doc.Find("[type=radio]").Length(); n != 2 || doc.Find(".clash h3").Length() != 4 {
		t.Errorf("%d choices, %d fields that differ", n, doc.Find(".clash h3").Length())
	}
	h.post(cvdEdit, a.typed()...).leads(http.StatusSeeOther, "/initiatives/microsoft-cvd-policy")
	now, err := h.store.Initiative(t.Context(), "microsoft-cvd-policy")
	if err != nil || now.Title != "My title" || now.Summary != "My summary" || now.Status != "planned" || len(now.Partners) != 1 {
		t.Errorf("saved %+v, %v", now, err)
	}
}

// Theirs can be taken, without scripts, also when another save came between.
func TestTheirsIsTakenOnRequest(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	form := h.get(cvdEdit).typed("title", "My title", "reason", "mine")
	h.theirs(func(e *norms.PutInitiative) { e.Title = "Their title" })
	a := h.post(cvdEdit, form...).status(http.StatusConflict)
	h.theirs(func(e *norms.PutInitiative) { e.Summary = "Another's summary" })
	b := h.post(cvdEdit, a.typed("take-title", "theirs")...).status(http.StatusConflict)
	if got := b.page().Find("[name=title]").AttrOr("value", ""); got != "Their title" {
		t.Errorf("the title is %q", got)
	}
	b.has("textarea[name=summary]", "Another's summary")
	h.post(cvdEdit, b.typed()...).status(http.StatusSeeOther)
	if now, err := h.store.Initiative(t.Context(), "microsoft-cvd-policy"); err != nil || now.Title != "Their title" || now.Summary != "Another's summary" {
		t.Errorf("saved %q %q, %v", now.Title, now.Summary, err)
	}
}

// A form from before everything is told all that came since; one with a version
// that never was shows two sides.
func TestAFormOfAnyAge(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	form := h.get(cvdEdit).typed("summary", "My summary", "reason", "mine")
	for _, title := range []string{"Second", "Third", "Fourth"} {
		h.theirs(func(e *norms.PutInitiative) { e.Title = title })
	}
	h.apply(norms.Rename{Kind: "initiative", Key: "microsoft-cvd-policy", To: "cvd", Version: h.stats().Revision})
	h.post(cvdEdit, form...).status(http.StatusConflict).kept("/initiatives/cvd/edit", "summary", "My summary")
	a := h.post("/initiatives/cvd/edit", form...).status(http.StatusConflict).has(".clash", "Only they changed this").has("textarea[name=summary]", "My summary")
	if got := a.page().Find("[name=title]").AttrOr("value", ""); got != "Fourth" {
		t.Errorf("the title is %q", got)
	}
	odd := h.post("/initiatives/cvd/edit", a.typed("version", "x", "title", "Mine")...).status(http.StatusConflict)
	odd.has(".clash .typed", "Mine").has(".clash .recorded", "Fourth")
	if strings.Contains(odd.body, "When you began") {
		t.Error("it tells what the form held at a version that never was")
	}
}

// What was typed about a withdrawn thing stays; once the thing is restored, the
// form goes on.
func TestAFormOfAWithdrawnThing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	h.apply(norms.PutOrganization{Slug: "testers", Name: "Testers", Kind: "body"})
	const edit = "/organizations/testers/edit"
	form := h.get(edit).typed("summary", thought, "reason", "mine")
	h.apply(norms.Withdraw{Kind: "organization", Key: "testers", Version: 2})
	a := h.post(edit, form...).status(http.StatusGone)
	again := a.kept(edit, "summary", thought)
	restore := a.page().Find("main a[target=_blank]").AttrOr("href", "")
	h.post("/restore", h.get(restore).status(http.StatusOK).typed("reason", "it is needed")...).leads(http.StatusSeeOther, "/organizations/testers")
	b := h.post(edit, again...).status(http.StatusConflict).has("textarea[name=summary]", thought)
	h.post(edit, b.typed()...).leads(http.StatusSeeOther, "/organizations/testers")
	h.get("/organizations/testers").says(thought)
}
