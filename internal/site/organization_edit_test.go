package site

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/account"
	"normmap/internal/norms"
)

func TestOrganizationIsAddedAndChanged(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	form := h.get("/organizations/new").status(http.StatusOK).typed("name", "Forum of Networks", "kind", "collective", "stakeholder_group", "technical_community",
		"agreement", "manrs", "url", "https://example.org/", "summary", "It meets.", "slug", "networks", "reason", "r")
	h.post("/organizations/new", form...).leads(http.StatusSeeOther, "/organizations/networks")
	const edit = "/organizations/networks/edit"
	h.post(edit, h.get(edit).typed("name", "Networks' Forum", "stakeholder_group", "", "reason", "r")...).leads(http.StatusSeeOther, "/organizations/networks")
	o, err := h.store.Organization(t.Context(), "networks")
	if err != nil {
		t.Fatal(err)
	}
	got := norms.PutOrganization{Version: o.Version, Slug: o.Slug, Name: o.Name, Kind: o.Kind, StakeholderGroup: o.StakeholderGroup,
		Agreement: o.Agreement, URL: o.URL, Summary: o.Summary}
	want := norms.PutOrganization{Version: 3, Slug: "networks", Name: "Networks' Forum", Kind: "collective", Agreement: "manrs",
		URL: "https://example.org/", Summary: "It meets."}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestOrganizationFormNamesEveryProblem(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	form := h.get("/organizations/new").typed("name", "Kept", "kind", "", "url", "javascript:alert(1)", "agreement", "manrs")
	a := h.post("/organizations/new", form...).status(http.StatusUnprocessableEntity)
	a.has("#field-kind-problem", "is missing").has("#field-url-problem", "web address").has("#field-reason-problem", "say why").
		has("#field-agreement-problem", "only a collective")
	if got := a.page().Find("input[name=name]").AttrOr("value", ""); got != "Kept" {
		t.Errorf("the name typed became %q", got)
	}
}

func TestStaleOrganizationShowsBothTexts(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	const edit = "/organizations/microsoft/edit"
	form := h.get(edit).typed("stakeholder_group", "academia", "reason", "mine")
	h.post(edit, h.get(edit).typed("stakeholder_group", "civil_society", "reason", "theirs")...).status(http.StatusSeeOther)
	h.post(edit, form...).status(http.StatusConflict).has(".clash .recorded", "civil society").has(".clash .typed", "academia")
}

func TestAdherenceIsAddedChangedAndWithdrawn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	const add = "/organizations/microsoft/adherences/new"
	form := h.get(add).status(http.StatusOK).typed("agreement", "gcsc", "edition", "final-2019", "relation", "endorsed",
		"via", "cybersecurity-tech-accord", "founding", "true", "since", "2019-11", "source", "microsoft-bpf-2019", "place", "p. 1", "note", "n", "reason", "r")
	h.post(add, form...).leads(http.StatusSeeOther, "/organizations/microsoft")
	a := h.endorsed()
	want := norms.AdherenceRow{Organization: "microsoft", Agreement: "gcsc", Edition: "final-2019", Relation: "endorsed", Via: "cybersecurity-tech-accord",
		Founding: true, Since: "2019-11", Source: "microsoft-bpf-2019", Place: "p. 1", Note: "n", Version: 2}
	got := norms.AdherenceRow{Organization: a.Organization, Agreement: a.Agreement, Edition: a.Edition, Relation: a.Relation, Via: a.Via,
		Founding: a.Founding, Since: a.Since, Source: a.Source, Place: a.Place, Note: a.Note, Version: a.Version}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatal(diff)
	}
	edit := "/adherences/" + number(a.ID) + "/edit"
	stale := h.get(edit).typed("note", "mine", "reason", "r")
	h.post(edit, h.get(edit).typed("via", "", "note", "theirs", "reason", "r")...).leads(http.StatusSeeOther, "/organizations/microsoft")
	h.post(edit, stale...).status(http.StatusConflict).has(".clash .recorded", "theirs").has(".clash .typed", "mine").has(".clash .recorded", "Directly")
	h.post(edit, h.get(edit).typed("since", "soon", "source", "", "reason", "r")...).status(http.StatusUnprocessableEntity).
		has("#field-since-problem", "write a year").has("#field-source-problem", "is missing")
	h.post(edit, h.get(edit).typed("do", "withdraw", "reason", "never happened")...).leads(http.StatusSeeOther, "/organizations/microsoft")
	h.get(edit).status(http.StatusGone)
}

// endorsed is Microsoft's endorsement of the GCSC, which the tests add.
func (h *house) endorsed() norms.AdherenceRow {
	h.t.Helper()
	list, err := h.store.Adherences(h.t.Context(), norms.AdherenceFilter{Organization: "microsoft", Agreement: "gcsc", Relation: "endorsed"}, norms.Page{})
	if err != nil || len(list.Items) != 1 {
		h.t.Fatalf("%d adherences, %v", len(list.Items), err)
	}
	return list.Items[0]
}

func TestOrganizationStandsToSeveralEditions(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	const add = "/organizations/microsoft/adherences/new"
	for _, edition := range []string{"gcsc/final-2019", "gcsc/singapore-2018", ""} {
		form := h.get(add).typed("agreement", "gcsc", "edition", edition, "relation", "endorsed", "source", "microsoft-bpf-2019", "reason", "r")
		h.post(add, form...).leads(http.StatusSeeOther, "/organizations/microsoft")
		h.post(add, form...).status(http.StatusConflict).has("#field-relation-problem", "is already recorded")
	}
	list, err := h.store.Adherences(t.Context(), norms.AdherenceFilter{Organization: "microsoft", Agreement: "gcsc", Relation: "endorsed"}, norms.Page{})
	if err != nil || len(list.Items) != 3 {
		t.Errorf("%d adherences, %v; want one for each edition and one for the whole", len(list.Items), err)
	}
	h.get("/organizations/microsoft").has("td a.possibly", "4 unresolved citations")
	if n := h.get("/agreements/paris-call").page().Find("td a.possibly").Length(); n != 0 {
		t.Errorf("%d adherences to an agreement whose citations are resolved are marked", n)
	}
	h.post(add, h.get(add).typed("agreement", "gcsc", "edition", "paris-call/2018", "relation", "endorsed", "source", "microsoft-bpf-2019", "reason", "r")...).
		status(http.StatusUnprocessableEntity).has("#field-edition-problem", "is an edition of paris-call")
}

func TestAdherenceIsRecordedOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	a := h.adherence()
	form := h.get("/organizations/microsoft/adherences/new").typed("agreement", a.Agreement, "relation", string(a.Relation),
		"since", string(a.Since), "via", a.Via, "edition", a.Edition, "source", a.Source, "reason", "r")
	h.post("/organizations/microsoft/adherences/new", form...).status(http.StatusConflict).has("#field-relation-problem", "is already recorded")
}
