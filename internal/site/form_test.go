package site

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"normmap/internal/account"
	"normmap/internal/norms"
)

// typed is the page's editing form as a browser would send it, with changes:
// pairs of name and value that stand in place of the form's own.
func (a answer) typed(changes ...string) []string {
	a.t.Helper()
	form := a.page().Find("form.edit")
	if form.Length() != 1 {
		a.t.Fatalf("the page has %d editing forms", form.Length())
	}
	pairs := slices.Clone(changes)
	keep := func(name, value string) {
		for i := 0; i < len(changes); i += 2 {
			if changes[i] == name {
				return
			}
		}
		pairs = append(pairs, name, value)
	}
	form.Find("input[name], textarea[name], select[name]").Each(func(_ int, e *goquery.Selection) {
		if value, sent := successful(e); sent {
			keep(e.AttrOr("name", ""), value)
		}
	})
	return pairs
}

// successful is what a control sends, if it sends anything (HTML, 4.10.22.4).
func successful(e *goquery.Selection) (string, bool) {
	_, disabled := e.Attr("disabled")
	_, checked := e.Attr("checked")
	switch {
	case disabled:
		return "", false
	case e.Is("textarea"):
		return e.Text(), true
	case e.Is("select"):
		chosen := e.Find("option[selected]")
		if chosen.Length() == 0 {
			chosen = e.Find("option").First()
		}
		return chosen.AttrOr("value", ""), true
	case e.Is("[type=checkbox], [type=radio]"):
		return e.AttrOr("value", ""), checked
	}
	return e.AttrOr("value", ""), true
}

// changeset reads a changeset that was just saved.
func (h *house) changeset() norms.Changeset {
	h.t.Helper()
	stats, err := h.store.Stats(h.t.Context())
	if err != nil {
		h.t.Fatal(err)
	}
	c, err := h.store.Changeset(h.t.Context(), stats.Revision, norms.Page{})
	if err != nil {
		h.t.Fatal(err)
	}
	return c
}

func (h *house) stats() norms.Stats {
	h.t.Helper()
	stats, err := h.store.Stats(h.t.Context())
	if err != nil {
		h.t.Fatal(err)
	}
	return stats
}

// editingPages has every editing address, of things that the seeds hold.
func (h *house) editingPages() []string {
	h.t.Helper()
	gcsc, element := h.agreement("gcsc"), h.element()
	link, cite := h.contributorLink(), h.ambiguous()
	adherence := h.adherence()
	return []string{
		"/initiatives/new", "/initiatives/microsoft-cvd-policy/edit", "/initiatives/microsoft-cvd-policy/cite",
		"/initiatives/microsoft-cvd-policy/links/edit", "/agreements/paris-call/principles/4/links/edit",
		"/agreements/gcsc/editions/singapore-2018/principles/5/links/edit", "/organizations/new", "/organizations/microsoft/edit",
		"/organizations/microsoft/adherences/new", "/adherences/" + number(adherence.ID) + "/edit",
		"/statements/new", "/statements/1/edit", "/crosswalk/new", "/crosswalk/1/edit",
		"/links/" + number(link.ID) + "/edit", "/citations/" + number(cite.ID) + "/edit", "/changesets/1/revert",
		"/agreements/new", "/agreements/paris-call/edit", "/agreements/paris-call/editions/new", "/agreements/gcsc/editions/final-2019/edit",
		"/agreements/gcsc/editions/final-2019/principles/new", "/agreements/gcsc/editions/final-2019/principles/new/list",
		"/agreements/gcsc/editions/singapore-2018/principles/5/edit", "/agreements/paris-call/principles/4/edit",
		"/agreements/gcsc/numberings/new", "/agreements/gcsc/events/new", "/sources/new", "/sources/microsoft-bpf-2019/edit",
		"/numberings/" + number(gcsc.Numberings[0].ID) + "/edit", "/events/" + number(gcsc.Events[0].ID) + "/edit",
		"/elements/new", "/elements/" + element.Slug + "/edit", "/elements/" + element.Slug + "/readings/new",
		"/element-readings/" + number(ours(element).ReadingID) + "/edit", "/facts/new", "/facts/" + number(gcsc.Facts[0].ID) + "/edit",
	}
}

func (h *house) agreement(slug string) norms.Agreement {
	h.t.Helper()
	a, err := h.store.Agreement(h.t.Context(), slug)
	if err != nil {
		h.t.Fatal(err)
	}
	return a
}

// element is one that the seeds hold, with readings.
func (h *house) element() norms.Element {
	h.t.Helper()
	list, err := h.store.Elements(h.t.Context(), norms.ElementFilter{}, norms.Page{Limit: 1})
	if err != nil {
		h.t.Fatal(err)
	}
	e, err := h.store.Element(h.t.Context(), list.Items[0].Slug)
	if err != nil {
		h.t.Fatal(err)
	}
	return e
}

// ours is the record's own reading of an element somewhere.
func ours(e norms.Element) norms.ReadingRow {
	i := slices.IndexFunc(e.Readings, func(r norms.ReadingRow) bool { return r.Assessor == norms.Curator })
	return e.Readings[i]
}

func number(id int64) string { return strconv.FormatInt(id, 10) }

func (h *house) contributorLink() norms.LinkRow {
	h.t.Helper()
	list, err := h.store.Links(h.t.Context(), norms.LinkFilter{Origin: "contributor"}, norms.Page{Limit: 1})
	if err != nil {
		h.t.Fatal(err)
	}
	return list.Items[0]
}

func (h *house) adherence() norms.AdherenceRow {
	h.t.Helper()
	list, err := h.store.Adherences(h.t.Context(), norms.AdherenceFilter{Organization: "microsoft", Agreement: "manrs"}, norms.Page{})
	if err != nil {
		h.t.Fatal(err)
	}
	return list.Items[0]
}

func (h *house) ambiguous() norms.CitationRow {
	h.t.Helper()
	list, err := h.store.Citations(h.t.Context(), norms.CitationFilter{Resolution: "ambiguous"}, norms.Page{})
	if err != nil {
		h.t.Fatal(err)
	}
	return list.Items[0]
}

func TestVisitorsAreLedToSignInBeforeEditing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for _, page := range h.editingPages() {
		h.get(page).status(http.StatusSeeOther)
		if to := h.get(page).Header.Get("Location"); !strings.HasPrefix(to, "/login?next=%2F") {
			t.Errorf("%s leads a visitor to %q", page, to)
		}
		h.post(page, "reason", "because").status(http.StatusUnauthorized)
	}
	if rev := h.stats().Revision; rev != 1 {
		t.Errorf("visitors wrote up to revision %d", rev)
	}
}

func TestContributorsPublishNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Contributor)
	before := h.stats().Revision
	for _, page := range h.editingPages() {
		a := h.get(page)
		if strings.HasSuffix(page, "/revert") {
			a.status(http.StatusForbidden)
			continue
		}
		a.status(http.StatusOK)
		if a.page().Find("form.edit").Length() > 0 { // a contributor's link has none
			h.post(page, a.typed("reason", "because", "do", "save")...)
		}
	}
	if now := h.stats().Revision; now != before {
		t.Errorf("a contributor's forms wrote up to revision %d", now)
	}
}

func TestEveryEditingPageHasOneHeadingAReasonAndAVersion(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	contributor := "/links/" + number(h.contributorLink().ID) + "/edit"
	for _, page := range h.editingPages() {
		a := h.get(page).status(http.StatusOK)
		doc := a.page()
		if n := doc.Find("h1").Length(); n != 1 {
			t.Errorf("%s has %d headings of the first level", page, n)
		}
		if page == contributor || page == "/changesets/1/revert" {
			continue // it has no form
		}
		for _, field := range []string{"[name=reason][required]", "[name=version]"} {
			if n := doc.Find("form.edit " + field).Length(); n != 1 {
				t.Errorf("%s has %d of %s", page, n, field)
			}
		}
		ids := map[string]bool{}
		doc.Find("[id]").Each(func(_ int, e *goquery.Selection) {
			id := e.AttrOr("id", "")
			if ids[id] {
				t.Errorf("%s has the id %q twice", page, id)
			}
			ids[id] = true
		})
		if got := a.Header.Get("Cache-Control"); got != keptForBack {
			t.Errorf("%s may be kept by others, or not gone back to: %q", page, got)
		}
	}
}

func TestUnknownThingsHaveNoForm(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	for _, page := range []string{"/initiatives/none/edit", "/initiatives/none/cite", "/initiatives/none/links/edit", "/organizations/none/edit",
		"/organizations/none/adherences/new", "/adherences/999999/edit", "/adherences/x/edit", "/links/999999/edit", "/links/x/edit",
		"/citations/999999/edit", "/citations/x/edit", "/changesets/999999/revert", "/agreements/paris-call/principles/99/links/edit"} {
		h.get(page).status(http.StatusNotFound)
		h.post(page, "reason", "because").status(http.StatusNotFound)
	}
}

func TestNothingTypedIsLostWhenTheThingIsGone(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	id := h.apply(curatorLink("microsoft-cvd-policy", "paris-call/4")).IDs[0]
	edit := "/links/" + number(id) + "/edit"
	form := h.get(edit).typed("rationale", "A long thought about hygiene", "reason", "because")
	l, err := h.store.Link(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	h.apply(norms.WithdrawLink{ID: id, Version: l.Version})
	a := h.post(edit, form...).status(http.StatusGone).says("A long thought about hygiene")
	if got := a.page().Find("input[name=rationale]").AttrOr("value", ""); got != "A long thought about hygiene" {
		t.Errorf("sending again would send %q", got)
	}
}

func curatorLink(initiative, principle string) norms.PutLink {
	return norms.PutLink{Initiative: initiative, Principle: principle, Relation: "supports", Origin: "curator", Rationale: "It serves it."}
}

func TestFormsKeepTheStatementBudget(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	for _, page := range h.editingPages() {
		h.queries.take()
		h.get(page).status(http.StatusOK)
		limit := 6
		if strings.HasSuffix(page, "/revert") {
			limit = 14 // it sends an edit through the door and takes it back
		}
		if seen := h.queries.take(); len(seen) > limit {
			t.Errorf("%s runs %d statements", page, len(seen))
		}
	}
}
