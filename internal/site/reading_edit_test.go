package site

import (
	"net/http"
	"slices"
	"testing"

	"normmap/internal/account"
	"normmap/internal/norms"
)

// readingBy is what an assessor reads about an element in an agreement.
func (h *house) readingBy(element, agreement string, by norms.Assessor) norms.ReadingRow {
	h.t.Helper()
	e, err := h.store.Element(h.t.Context(), element)
	if err != nil {
		h.t.Fatal(err)
	}
	i := slices.IndexFunc(e.Readings, func(r norms.ReadingRow) bool { return r.Agreement == agreement && r.Assessor == by })
	if i < 0 {
		return norms.ReadingRow{}
	}
	return e.Readings[i]
}

func TestReadingIsByWhoeverActs(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ada := h.signIn(account.Editor)
	e, in := h.element().Slug, ours(h.element()).Agreement
	add := "/elements/" + e + "/readings/new?agreement=" + in
	form := h.get(add).status(http.StatusOK).typed("reading", "partly", "assessor", "account", "note", "As I read it", "confidence", "known", "reason", "r")
	h.post(add, append(form, "account_id", "999", "organization", "microsoft")...).leads(http.StatusSeeOther, "/elements/"+e)
	r := h.readingBy(e, in, "account")
	if r.AccountID == nil || *r.AccountID != ada.ID || r.Organization != "" || r.Note != "As I read it" {
		t.Fatalf("recorded is %+v", r)
	}
	edit := "/element-readings/" + number(r.ReadingID) + "/edit"
	h.submit(edit, "/elements/"+e, "note", "As I read it again", "reason", "r").has("main", "As I read it again")

	grace := h.signIn(account.Editor)
	if grace.ID == ada.ID {
		t.Fatal("both are the same account")
	}
	h.get(edit).status(http.StatusForbidden)
	h.post(edit, "reason", "r").status(http.StatusForbidden)
	if n := h.get("/elements/" + e).page().Find("a[href='" + edit + "']").Length(); n != 0 {
		t.Error("a reading of another person offers its form")
	}
	h.post(add, h.get(add).typed("reading", "no", "assessor", "account", "confidence", "known", "reason", "r")...).leads(http.StatusSeeOther, "/elements/"+e)
	if r := h.readingBy(e, in, "account"); *r.AccountID != ada.ID || r.Reading != "partly" {
		t.Errorf("another's reading took the place of %+v", r)
	}
}

func TestOrganizationReadsThroughItsOwnAccountOnly(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	stranger := h.signIn(account.Editor)
	e, in := h.element().Slug, ours(h.element()).Agreement
	add := "/elements/" + e + "/readings/new?agreement=" + in
	values := []string{"reading", "yes", "assessor", "organization", "confidence", "known", "reason", "r"}
	if n := h.get(add).page().Find("[name=assessor] option[value=organization]").Length(); n != 0 {
		t.Error("an account that is bound to no organization may read for one")
	}
	h.post(add, h.get(add).typed(values...)...).status(http.StatusForbidden)
	put := norms.PutElementReading{Element: e, Agreement: in, Reading: "yes", Assessor: "organization", Organization: "microsoft", Confidence: "known"}
	if _, err := h.store.Apply(t.Context(), stranger, "r", []norms.Edit{put}); norms.KindOf(err) != norms.Invalid {
		t.Errorf("a stranger reads for Microsoft: %v", err)
	}

	bound := h.signIn(account.Editor)
	if _, err := h.pool.Exec(t.Context(), "update account set organization_id = (select id from organization where slug = 'microsoft') where id = $1", bound.ID); err != nil {
		t.Fatal(err)
	}
	h.post(add, h.get(add).typed(values...)...).leads(http.StatusSeeOther, "/elements/"+e)
	if r := h.readingBy(e, in, "organization"); r.Organization != "microsoft" {
		t.Errorf("recorded is %+v", r)
	}
}

func TestVisitorsSeeNoWayToForms(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	pages := []string{"/agreements", "/agreements/gcsc", "/agreements/gcsc/editions/final-2019", "/agreements/gcsc/principles/1", "/sources", "/sources/microsoft-bpf-2019",
		"/elements", "/elements/" + h.element().Slug, "/initiatives/microsoft-cvd-policy", "/organizations/microsoft"}
	const forms = "main a[href$='/edit'], main a[href*='/new']"
	for _, page := range pages {
		if n := h.get(page).status(http.StatusOK).page().Find(forms).Length(); n != 0 {
			t.Errorf("%s shows visitors %d links to forms", page, n)
		}
	}
	h.signIn(account.Editor)
	for _, page := range pages {
		if n := h.get(page).page().Find(forms).Length(); n == 0 {
			t.Errorf("%s shows editors no link to a form", page)
		}
	}
}
