package site

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"normmap/internal/account"
	"normmap/internal/store/naming"
	"normmap/web/href"
)

const thought = "A long thought about hygiene"

// kept fails the test unless the page shows the text in a form that sends it
// to an address again, and returns that form.
func (a answer) kept(to, name, text string) []string {
	a.t.Helper()
	if got := a.page().Find("main dd .kept").Text(); !strings.Contains(got, text) {
		a.t.Errorf("it shows %q, want %q", got, text)
	}
	form := a.page().Find("form.edit")
	if got := form.AttrOr("action", ""); got != href.Sent(to) {
		a.t.Errorf("it is sent again to %q, want %q", got, to)
	}
	if got := form.Find("input[type=hidden][name="+name+"]").AttrOr("value", ""); got != text {
		a.t.Errorf("sending again would send %q", got)
	}
	if got := a.Header.Values("Cache-Control"); len(got) != 1 || got[0] != keptForBack {
		a.t.Errorf("what was typed may be kept by others: %q", got)
	}
	return a.typed()
}

func TestNothingTypedIsLostWhenTheRoleWasTaken(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Contributor)
	const page = "/changesets/1/revert"
	h.post(page, "note", thought).status(http.StatusForbidden).kept(page, "note", thought)
}

func TestNothingTypedIsLostWhenTheDatabaseIsAway(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	pages := h.editingPages()
	h.pool.Close()
	for _, page := range pages {
		a := h.post(page, "note", thought, "step", "save", "old-password", "canary").status(http.StatusServiceUnavailable)
		a.kept(page, "note", thought)
		if a.Header.Get("Retry-After") == "" || strings.Contains(a.body, "canary") {
			t.Errorf("%s: headers %v, body\n%.1000s", page, a.Header, a.body)
		}
	}
}

// Also when the time for the answer is over, and for faults of our own.
func TestNothingTypedIsLostByFaults(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	for address, err := range map[string]error{
		"/test/late": context.DeadlineExceeded, "/test/fault": errors.New("secret_table"), "/test/old-name": &naming.MovedError{Kind: "initiative", Slug: "new-name"},
	} {
		pattern := address
		if strings.HasSuffix(address, "name") {
			pattern = "/test/{slug}"
		}
		h.site.post(pattern, account.EditMappings, func(http.ResponseWriter, *http.Request) error { return err })
	}
	h.post("/test/late", "note", thought).status(http.StatusServiceUnavailable).kept("/test/late", "note", thought)
	a := h.post("/test/fault", "note", thought).status(http.StatusInternalServerError)
	a.kept("/test/fault", "note", thought)
	if a.says(a.Header.Get("X-Request-Id")); strings.Contains(a.body, "secret_table") {
		t.Error("the fault is told")
	}
	h.post("/test/old-name", "note", thought).status(http.StatusConflict).kept("/test/new-name", "note", thought)

	over, cancel := context.WithDeadline(t.Context(), time.Unix(0, 0))
	defer cancel()
	r := httptest.NewRequestWithContext(over, http.MethodPost, "/initiatives/new", strings.NewReader(url.Values{"note": {thought}}.Encode()))
	r.Header.Set("Content-Type", urlEncoded)
	h.do(r).status(http.StatusServiceUnavailable).kept("/initiatives/new", "note", thought)
}

// Secrets do not come back, and another site cannot have its text sent for it.
func TestWhatIsNotKept(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for _, page := range []string{"/account", "/admin/accounts", "/admin/accounts/1", "/login", "/setup/x", "/nowhere", "/gaps"} {
		a := h.post(page, "email", thought, "password", thought, "note", thought)
		if a.page().Find("main form.edit input[name=note]").Length() > 0 {
			t.Errorf("%s keeps what was typed", page)
		}
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/initiatives/new", strings.NewReader(url.Values{"title": {thought}}.Encode()))
	r.Header.Set("Content-Type", urlEncoded)
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	if a := h.do(r).status(http.StatusForbidden); strings.Contains(a.body, thought) {
		t.Error("a form of another site is offered to be sent again")
	}
	h.post("/initiatives/new").leads(http.StatusSeeOther, "/login?next=%2Finitiatives%2Fnew")
}

// A search by a script gets its errors in place of what it would have found.
func TestSearchesInFormsFailInTheirPlace(t *testing.T) {
	t.Parallel()
	h, clock := timed(t)
	h.signIn(account.Editor)
	search := func(status int) answer {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/initiatives/microsoft-newsguard/links/edit?q=x&principle=paris-call%2F4", nil)
		r.Header.Set("HX-Request", "true")
		a := h.do(r).status(status)
		if n := a.page().Find("header, h1, form").Length(); n != 0 || a.page().Find("#found[role=alert]").Length() != 1 {
			t.Errorf("the part is\n%.800s", a.body)
		}
		if got := a.page().Find("#found input[name=principle]").AttrOr("value", ""); got != "paris-call/4" {
			t.Errorf("what was ticked became %q", got)
		}
		return a
	}
	clock.pass(account.SessionIdle)
	search(http.StatusUnauthorized).has("#found a[target=_blank]", "Sign in")
	h.signIn(account.Editor)
	h.pool.Close()
	search(http.StatusServiceUnavailable)
}
