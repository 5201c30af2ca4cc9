package site

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"

	"normmap/internal/account"
	"normmap/internal/site/serve"
)

// postedForm is a form of the record: its address, and what is typed into it.
type postedForm struct {
	address string
	marked  string // field that holds the thought
	more    []string
}

// fileOnly is a form of nothing but a file, which no page can keep.
const fileOnly = "/import/table"

// postedForms has every form of the record that the routes take.
func (h *house) postedForms(proposal, claim string) []postedForm {
	h.t.Helper()
	out := []postedForm{
		{proposal, "comment", []string{"do", "comment"}},
		{proposal + "/edits/1/links", "rationale", []string{"step", "save"}},
		{proposal + "/edits/1/cite", "text", []string{"step", "save"}},
		{proposal + "/edits/1", "decision_note", []string{"title", "A title", "edit_version", "1", "seen", "0"}},
		{"/import", "text", []string{"do", "read"}},
		{proposal + "/text", "note_1", []string{"do", "reject", "position", "1", "edit_version", "1", "seen", "0", "code_1", "too_vague"}},
		{proposal + "/edits/1/regroup", "new_title", []string{"do", "split", "position", "1", "edit_version", "1", "seen", "0"}},
		{fileOnly, "reason", nil},
		{"/import/table/1", "reason", []string{"do", "propose", "kind", "links"}},
		{"/batch", "reason", append(pick("initiative", "/initiatives", "microsoft-newsguard@1"), "step", "save", "action", "status", "set_status", "ended")},
		{"/agreements/paris-call/grid?q=newsguard", "rationale", []string{"rows", "1", "seen", ""}},
		{"/assessments/" + claim + "/answer", "text", nil},
		{"/assessments/" + claim + "/edit", "rationale", nil},
		{"/links/" + number(h.contributorLink().ID) + "/assessments/new", "rationale", nil},
		{"/withdraw?kind=initiative&key=microsoft-newsguard", "reason", []string{"kind", "initiative", "key", "microsoft-newsguard"}},
		{"/rename?kind=initiative&key=microsoft-cvd-policy", "reason", []string{"kind", "initiative", "key", "microsoft-cvd-policy"}},
		{"/restore?kind=initiative&key=microsoft-cyber-mentors", "reason", []string{"kind", "initiative", "key", "microsoft-newsguard"}},
		{"/cells/review?principle=paris-call%2F3&organization=microsoft", "note", nil},
		{"/cells/ruling?principle=paris-call%2F3&organization=microsoft", "rationale", nil},
		{"/agreements/paris-call/editions/2018/principles/4/links/edit", "reason", nil},
	}
	for _, page := range h.editingPages() {
		out = append(out, postedForm{page, "reason", []string{"step", "save"}})
	}
	return out
}

// Whatever form is sent after the session ended is in the answer; no route is
// left out.
func TestEveryFormOfTheRecordIsKeptWhenTheSessionEnded(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	left := map[string]bool{}
	for _, o := range h.site.routes {
		if o.ChangesRecord() {
			left[o.Pattern] = true
		}
	}
	for _, f := range h.postedForms("/proposals/1", "1") {
		match, path := chi.NewRouteContext(), f.address
		if u, err := url.Parse(f.address); err == nil {
			path = u.Path
		}
		if !h.site.router.Match(match, http.MethodPost, path) {
			t.Errorf("no route takes %s", f.address)
		}
		delete(left, match.RoutePattern())
		a := h.post(f.address, append([]string{f.marked, thought, "version", "1"}, f.more...)...).status(http.StatusUnauthorized)
		if got := a.page().Find("form.edit input[type=hidden][name="+f.marked+"]").AttrOr("value", ""); got != thought {
			t.Errorf("%s keeps %q", f.address, got)
		}
		a.has("main dd .kept", thought)
	}
	for pattern := range left {
		t.Errorf("no form of %s is tried", pattern)
	}
}

// And it is there again after signing in: in the form, or to be sent again.
func TestTheFormsOfProposalsBatchesAndTheGridComeBack(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.site.accounts.SignIns = serve.NewLimit(1000)
	owner := h.owner(account.Reviewer)
	proposal := h.proposes("title", "A better title", "reason", "as printed")
	for _, f := range h.postedForms(proposal, "1") {
		if strings.HasPrefix(f.address, "/assessments/") || strings.HasPrefix(f.address, "/restore") || strings.HasSuffix(f.address, "/revert") || f.address == fileOnly {
			continue // of things that the seeds do not hold; plain forms like those below
		}
		h.cookies = map[string]*http.Cookie{}
		a := h.post(f.address, append([]string{f.marked, thought, "version", "1"}, f.more...)...).status(http.StatusUnauthorized)
		to := a.page().Find("form.edit").AttrOr("action", "")
		back := h.post(to, a.typed("sign-in-email", owner.Email, "sign-in-password", goodPassword)...).status(http.StatusOK)
		if !strings.Contains(back.body, thought) && back.page().Find("form.edit").Length() > 0 {
			t.Errorf("%s lost what was typed", f.address)
		}
	}
}

// The page says what a person typed and changed, in words.
func TestWhatIsKeptIsToldInWords(t *testing.T) {
	t.Parallel()
	h, clock := timed(t)
	h.signIn(account.Editor)
	a := signedOut(h, clock, cvd, "summary", thought, "reason", "r")
	if told := a.page().Find("main dt").Length(); told != 2 {
		t.Errorf("%d fields are told, of which two were changed:\n%s", told, a.page().Find("main dl").Text())
	}
	i, err := h.store.Initiative(t.Context(), "microsoft-newsguard")
	if err != nil {
		t.Fatal(err)
	}
	a = h.post("/batch", append(pick("initiative", "/initiatives", "microsoft-newsguard@1"), "step", "save", "action", "status", "set_status", "ended", "reason", "r")...).status(http.StatusUnauthorized)
	a.has("main dd .kept", i.Title).has("main dd .kept", "Set the status")
	if strings.Contains(a.page().Find("main dl").Text(), "/initiatives") {
		t.Error("the hidden address is told")
	}
}

// Forms whose address has a query are sent to what they are about.
func TestFormsOfAddressesWithAQueryAreSentThere(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	for _, f := range h.postedForms("/proposals/1", "1") {
		asked, err := url.Parse(f.address)
		if err != nil || asked.RawQuery == "" || strings.HasPrefix(f.address, "/restore") {
			continue
		}
		a := h.get(f.address).status(http.StatusOK)
		to, err := url.Parse(a.page().Find("form.edit").AttrOr("action", ""))
		if err != nil {
			t.Fatal(err)
		}
		for name := range asked.Query() {
			if got := to.Query().Get(name); got != asked.Query().Get(name) && !strings.HasPrefix(to.Path, "/withdraw") && !strings.HasPrefix(to.Path, "/rename") {
				t.Errorf("%s is sent with %s=%q", f.address, name, got)
			}
		}
		if got := h.post(to.String(), a.typed("reason", "r", f.marked, thought, "step", "preview")...); got.StatusCode >= http.StatusInternalServerError || got.StatusCode == http.StatusNotFound || got.StatusCode == http.StatusBadRequest {
			t.Errorf("%s answers its form with %d", f.address, got.StatusCode)
		}
	}
}
