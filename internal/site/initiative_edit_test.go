package site

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/account"
	"normmap/internal/norms"
)

func TestNewInitiative(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	form := h.get("/initiatives/new?organization=microsoft").status(http.StatusOK).typed(
		"title", "Bug bounty: Café", "summary", "Rewards for reports.\r\nTwo lines.", "kind", "programme", "reported_by", "microsoft",
		"parent", "microsoft-cvd-policy", "status", "ongoing", "started_on", "2013-06", "due_on", "2020", "status_note", "Its page says so",
		"partners", "HackerOne\r\nTech Accord | cybersecurity-tech-accord\r\n", "url", "https://example.org/bounty",
		"source", "microsoft-bpf-2019", "place", "p. 3", "heading", "Products", "position", "7", "reason", "New report")
	h.post("/initiatives/new", form...).leads(http.StatusSeeOther, "/initiatives/bug-bounty-cafe")
	h.get("/initiatives/bug-bounty-cafe").status(http.StatusOK).has(".notice", "Saved as changeset 2.")
	i, err := h.store.Initiative(t.Context(), "bug-bounty-cafe")
	if err != nil {
		t.Fatal(err)
	}
	got := norms.PutInitiative{Version: i.Version, Slug: i.Slug, Title: i.Title, Summary: i.Summary, Kind: i.Kind, Parent: i.Parent,
		Organization: i.Organization, ReportedBy: i.ReportedBy, Heading: i.Heading, Position: i.Position, Status: i.Status,
		StatusNote: i.StatusNote, StartedOn: i.StartedOn, EndedOn: i.EndedOn, DueOn: i.DueOn, URL: i.URL, Source: i.Source, Place: i.Place, Partners: i.Partners}
	want := norms.PutInitiative{Version: 2, Slug: "bug-bounty-cafe", Title: "Bug bounty: Café", Summary: "Rewards for reports.\nTwo lines.", Kind: "programme",
		Parent: "microsoft-cvd-policy", Organization: "microsoft", ReportedBy: "microsoft", Heading: "Products", Position: 7, Status: "ongoing",
		StatusNote: "Its page says so", StartedOn: "2013-06", DueOn: "2020", URL: "https://example.org/bounty", Source: "microsoft-bpf-2019", Place: "p. 3",
		Partners: []norms.Partner{{Name: "HackerOne"}, {Name: "Tech Accord", Organization: "cybersecurity-tech-accord"}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got := h.changeset().Reason; got != "New report" {
		t.Errorf("the reason recorded is %q", got)
	}
}

func TestUnchangedFormChangesNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	for _, page := range []string{"/initiatives/microsoft-accountguard/edit", "/organizations/microsoft/edit", "/adherences/" + number(h.adherence().ID) + "/edit"} {
		h.post(page, h.get(page).status(http.StatusOK).typed("reason", "looking")...).status(http.StatusSeeOther)
	}
	if rev := h.stats().Revision; rev != 1 {
		t.Errorf("saving what was recorded made revision %d", rev)
	}
	h.get("/initiatives").has(".notice", "Nothing had to be changed")
}

func TestInitiativeFormNamesEveryProblemAndKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	const edit = "/initiatives/microsoft-cvd-policy/edit"
	form := h.get(edit).typed("title", "", "summary", "Kept summary", "url", "ftp://example.org", "started_on", "last year",
		"partners", "Fine\n | no-name", "kind", "miracle", "reason", "")
	a := h.post(edit, form...).status(http.StatusUnprocessableEntity)
	for field, message := range map[string]string{"title": "is missing", "url": "must be a web address", "started-on": "write a year",
		"partners": "line 2: is missing", "kind": "none of", "reason": "is missing: say why"} {
		a.has("#field-"+field+"-problem", message)
		a.has(".errors a[href='#field-"+field+"']", message)
		if a.page().Find("#field-"+field+"[aria-invalid=true]").Length() != 1 {
			t.Errorf("field %s is not marked as invalid", field)
		}
	}
	a.has("textarea[name=summary]", "Kept summary").has("textarea[name=partners]", "no-name")
	if got := a.page().Find("input[name=url]").AttrOr("value", ""); got != "ftp://example.org" {
		t.Errorf("the address typed became %q", got)
	}
}

func TestStaleInitiativeShowsBothTexts(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	const edit = "/initiatives/microsoft-cvd-policy/edit"
	form := h.get(edit).typed("title", "My title", "reason", "mine")
	h.post(edit, h.get(edit).typed("title", "Their title", "reason", "theirs")...).status(http.StatusSeeOther)
	a := h.post(edit, form...).status(http.StatusConflict).has(".clash .recorded", "Their title").has(".clash .typed", "My title")
	if got := a.page().Find(".clash h3").Length(); got != 1 {
		t.Errorf("%d fields are said to differ, want the title alone", got)
	}
	if got := a.page().Find("input[name=title]").AttrOr("value", ""); got != "My title" {
		t.Errorf("the form holds %q", got)
	}
	h.post(edit, a.typed()...).status(http.StatusSeeOther)
	h.get("/initiatives/microsoft-cvd-policy").has("h1", "My title")
}

func TestBadSlugsAndNumbersOfInitiatives(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	tests := []struct {
		name, value, field, message string
		status                      int
	}{
		{"slug", "microsoft-cvd-policy", "slug", "is already recorded", http.StatusConflict},
		{"slug", "new", "slug", "is an address of the site itself", http.StatusUnprocessableEntity},
		{"slug", "Not A Slug", "slug", "may hold only", http.StatusUnprocessableEntity},
		{"position", "first", "position", "is no whole number", http.StatusUnprocessableEntity},
		{"organization", "nobody", "organization", "is none of the choices: “nobody”", http.StatusUnprocessableEntity},
		{"parent", "microsoft-accountguard", "parent", "parts have no parts", http.StatusUnprocessableEntity},
	}
	for _, tt := range tests {
		form := h.get("/initiatives/new").typed("title", "T", "kind", "policy", "status", "planned", "organization", "microsoft",
			"reported_by", "microsoft", "reason", "r", "slug", "fresh")
		for i := 0; i < len(form); i += 2 {
			if form[i] == tt.name {
				form[i+1] = tt.value
			}
		}
		h.post("/initiatives/new", form...).status(tt.status).has("#field-"+tt.field+"-problem", tt.message)
	}
}

func TestNumbersThatCannotBeReadHideNoOtherProblem(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	form := h.get("/initiatives/new").typed("position", "first", "slug", "Not A Slug", "title", "", "reason", "")
	a := h.post("/initiatives/new", form...).status(http.StatusUnprocessableEntity)
	for field, message := range map[string]string{"position": "is no whole number", "slug": "may hold only", "title": "is missing", "reason": "say why"} {
		a.has("#field-"+field+"-problem", message)
	}
}
