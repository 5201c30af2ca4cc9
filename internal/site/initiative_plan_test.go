package site

import (
	"net/http"
	"testing"

	"normmap/internal/account"
	"normmap/internal/norms"
)

// planned sends a new initiative with a status, start and due date as typed.
func (h *house) planned(slug, status, started, due string) answer {
	h.t.Helper()
	return h.post("/initiatives/new", h.get("/initiatives/new").typed("title", "A promise", "slug", slug, "kind", "policy", "organization", "microsoft",
		"reported_by", "microsoft", "status", status, "started_on", started, "due_on", due, "reason", "r")...)
}

func TestPlansAreReadAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	type plan struct {
		Status       norms.Status
		Started, Due norms.Date
	}
	tests := []struct {
		slug, status, started, due string
		want                       plan
		notice                     string // beside that it was saved; "" when everything is recorded as typed
	}{
		{"p1", "planned", "2018", "November 2027", plan{"planned", "2018", "2027-11"}, ""},
		{"p2", "", "", "planned for 2027", plan{"planned", "", "2027"}, "“planned for 2027” was read as status planned, due 2027."},
		{"p3", "", "", "by the end of 2027", plan{"planned", "", "2027"}, "“by the end of 2027” was read as status planned, due 2027."},
		{"p4", "ongoing", "Nov 2018", "by the end of 2027", plan{"ongoing", "2018-11", "2027"}, "“Nov 2018” was read as Started: November 2018."},
		{"p5", "", "planned for November 2027", "", plan{"planned", "", "2027-11"}, "status planned, due November 2027."},
		{"p6", "planned for 2027", "", "", plan{"planned", "", "2027"}, "status planned, due 2027."},
		{"p7", "completed", "25/12/2018", "", plan{"completed", "2018-12-25", ""}, "“25/12/2018” was read as Started: 25 December 2018."},
	}
	for _, tt := range tests {
		h.planned(tt.slug, tt.status, tt.started, tt.due).leads(http.StatusSeeOther, "/initiatives/"+tt.slug)
		a := h.get("/initiatives/"+tt.slug).has(".notice", "Saved as changeset").has(".notice", tt.notice)
		if tt.notice == "" {
			if got := a.page().Find(".notice > span").Text(); len(got) > len("Saved as changeset 99.")+4 {
				t.Errorf("%s: the notice says %q", tt.slug, got)
			}
		}
		i, err := h.store.Initiative(t.Context(), tt.slug)
		if got := (plan{i.Status, i.StartedOn, i.DueOn}); err != nil || got != tt.want {
			t.Errorf("%s is recorded as %+v, %v; want %+v", tt.slug, got, err, tt.want)
		}
	}
}

func TestPlansThatContradictThemselvesAreRefused(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	tests := []struct{ status, started, due, field, message string }{
		{"ongoing", "", "planned for 2027", "status", "“planned for 2027” says that it is planned, and this says ongoing"},
		{"planned", "planned for 2026", "2027", "started-on", "names another date than 2027"},
		{"planned", "", "planned for 12/11/2027", "due-on", "could be 12 November 2027 or 11 December 2027"},
		{"planned", "12/11/2018", "", "started-on", "could be 12 November 2018 or 11 December 2018: write 2018-11-12 or 2018-12-11"},
		{"", "", "soon", "due-on", "write a year"},
	}
	for _, tt := range tests {
		a := h.planned("p", tt.status, tt.started, tt.due).status(http.StatusUnprocessableEntity).has("#field-"+tt.field+"-problem", tt.message)
		if got := a.page().Find("[name=due_on]").AttrOr("value", ""); got != tt.due {
			t.Errorf("what was typed as due became %q", got)
		}
	}
}

func TestPartsAreAddedFromTheWhole(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	whole := h.get("/initiatives/microsoft-cvd-policy")
	add := whole.page().Find("nav.tools a:contains('Add a part')").AttrOr("href", "")
	form := h.get(add).status(http.StatusOK)
	for name, want := range map[string]string{"parent": "microsoft-cvd-policy", "organization": "microsoft", "reported_by": "microsoft", "source": "microsoft-bpf-2019"} {
		if got := form.page().Find("select[name="+name+"] option[selected]").AttrOr("value", ""); got != want {
			t.Errorf("a part begins with %s %q, want %q", name, got, want)
		}
	}
	h.post("/initiatives/new", form.typed("title", "Rewards", "kind", "programme", "status", "ongoing", "reason", "r")...).leads(http.StatusSeeOther, "/initiatives/rewards")
	change := h.get("/initiatives/microsoft-cvd-policy").page().Find("main a[href='/initiatives/rewards/edit']")
	if change.Length() != 1 {
		t.Errorf("%d links lead to the form of the part", change.Length())
	}
	if n := h.get("/initiatives/rewards").page().Find("nav.tools a:contains('Add a part')").Length(); n != 0 {
		t.Error("a part offers to add parts to it")
	}
}

func TestPartnersMayBeNamed(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	const edit = "/initiatives/microsoft-cvd-policy/edit"
	h.get(edit).has("details.names", "Microsoft | microsoft")
	h.post(edit, h.get(edit).typed("partners", "Us | MICROSOFT\nThem", "reason", "r")...).status(http.StatusSeeOther)
	i, err := h.store.Initiative(t.Context(), "microsoft-cvd-policy")
	if err != nil || len(i.Partners) != 2 || i.Partners[0] != (norms.Partner{Name: "Us", Organization: "microsoft"}) {
		t.Errorf("partners are %+v, %v", i.Partners, err)
	}
	h.post(edit, h.get(edit).typed("partners", "Us | Nobody Known", "reason", "r")...).status(http.StatusUnprocessableEntity).
		has("#field-partners-problem", "line 1").has("textarea[name=partners]", "Nobody Known")
}
