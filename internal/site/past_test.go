package site

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"normmap/internal/account"
	"normmap/internal/norms"
)

// withLater is a house with a second changeset: a link to Paris Call 8.
func withLater(t *testing.T) *house {
	h := newHouse(t)
	h.apply(norms.PutLink{Initiative: "microsoft-cvd-policy", Principle: "paris-call/8", Relation: "supports", Origin: "curator",
		Rationale: "The policy keeps finders from striking back."})
	return h
}

func TestAPageShowsTheRecordAsItWas(t *testing.T) {
	t.Parallel()
	h := withLater(t)
	const address = "/agreements/paris-call/principles/8"
	h.get(address).status(http.StatusOK).says("keeps finders from striking back", address+"?as_of=2")
	then := h.get(address + "?as_of=1").status(http.StatusOK)
	then.has("div.past strong", "The record as of revision 1").has("div.past", "1 changeset has been recorded since.")
	if text := then.page().Find("main").Text(); strings.Contains(text, "striking back") {
		t.Error("the past shows what was recorded later")
	}
	if then.Header.Get("Memento-Datetime") == "" {
		t.Error("the answer does not say of when it is")
	}
	h.get(address + ".json?as_of=1").status(http.StatusOK).says(`"curator_links":0`)
	h.get(address + ".json").says(`"curator_links":1`)
}

func TestLinksOfAPastPageStayThere(t *testing.T) {
	t.Parallel()
	h := withLater(t)
	h.signIn(account.Editor)
	doc := h.get("/initiatives?status=ongoing&as_of=1").status(http.StatusOK).page()
	stays := map[string]bool{"/agreements": true, "/initiatives/microsoft-cvd-policy": true, "/organizations/microsoft": true, "/method": false, "/account": false}
	for path, past := range stays {
		want := path
		if past {
			want += "?as_of=1"
		}
		if doc.Find(`a[href="`+want+`"]`).Length() == 0 {
			t.Errorf("no link to %s", want)
		}
	}
	if doc.Find(`form[action="/initiatives"] input[name=as_of][value="1"]`).Length() != 1 {
		t.Error("the filter leaves the past")
	}
	if edits := doc.Find(`main a[href$="/edit"], main a[href$="/new"]`).Length(); edits > 0 {
		t.Errorf("%d links to forms on a page about the past", edits)
	}
	if doc.Find(`div.past a[href="/initiatives?status=ongoing"]`).Length() != 1 {
		t.Error("the banner does not lead to the present")
	}
}

func TestAsksAboutThePastThatHaveNoAnswer(t *testing.T) {
	t.Parallel()
	h := withLater(t)
	h.signIn(account.Editor)
	tests := []struct {
		address string
		status  int
		says    string
	}{
		{"/initiatives?as_of=yesterday", http.StatusBadRequest, "The moment asked for cannot be read"},
		{"/initiatives?as_of=", http.StatusBadRequest, "The moment asked for cannot be read"},
		{"/initiatives?as_of=3", http.StatusNotFound, "There is no revision 3; the record has 1 to 2"},
		{"/agreements/paris-call?as_of=2001-09-09", http.StatusNotFound, "the record begins on"},
		{"/initiatives/new?as_of=1", http.StatusBadRequest, "This page has no past"},
		{"/changesets/1?as_of=1", http.StatusBadRequest, "This page has no past"},
		{"/initiatives?as_of=2999-01-01", http.StatusNotFound, "That moment is yet to come"},
		{"/initiatives?as_of=1&as_of=2", http.StatusBadRequest, "The moment asked for is given 2 times"},
		{"/initiatives?as_of=" + time.Now().UTC().Format(time.DateOnly), http.StatusOK, "The record as of revision 2"},
		{"/changes?as_of=1&thing=organization/nobody", http.StatusNotFound, "No organization"},
	}
	for _, tt := range tests {
		h.get(tt.address).status(tt.status).says(tt.says)
	}
}

// The banner says how much of what came since is about the same thing.
func TestTheBannerCountsWhatConcernsThePage(t *testing.T) {
	t.Parallel()
	h := withLater(t)
	h.apply(norms.PutOrganization{Slug: "another", Name: "Another", Kind: "body"})
	for address, want := range map[string]string{
		"/agreements/paris-call": "1 of them changed what this page is about", "/agreements/gcsc": "None of them changed what this page is about. ",
		"/agreements/paris-call/principles/8": "1 of them", "/agreements/paris-call/editions/2018/principles/9": "None of them changed what this page is about. ",
		"/initiatives/microsoft-cvd-policy": "1 of them", "/organizations/microsoft": "1 of them", "/sources/microsoft-bpf-2019": "None of them changed what this page is about; 1 changed something",
	} {
		h.queries.take()
		h.get(address+"?as_of=1").status(http.StatusOK).has("div.past", "2 changesets have been recorded since.").has("div.past", want)
		if n := h.queries.take(); len(n) > maxStatements {
			t.Errorf("%s runs %d statements", address, len(n))
		}
	}
	h.get("/agreements/paris-call?as_of=1").has(`div.past a[href="/changes?since=1&thing=agreement%2Fparis-call"]`, "")
	for _, address := range []string{"/agreements", "/gaps?as_of=1", "/agreements/paris-call?as_of=3"} {
		if text := h.get(address).status(http.StatusOK).page().Find("div.past").Text(); strings.Contains(text, "this page is about") {
			t.Errorf("%s: %s", address, text)
		}
	}
}

// An error about the past says so, and leads to the present.
func TestWhatIsNotFoundInThePast(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.apply(norms.PutOrganization{Slug: "another", Name: "Another", Kind: "body"})
	a := h.get("/organizations/another?as_of=1").status(http.StatusNotFound).says("was not on record at revision 1")
	a.has("div.past", "revision 1").has(`div.past a[href="/organizations/another"]`, "This page now").has(`nav.main a[href="/agreements?as_of=1"]`, "")
	h.get("/organizations/another.json?as_of=1").status(http.StatusNotFound)
	h.get("/organizations/another?as_of=2").status(http.StatusOK)
}

func TestHeadOfThePast(t *testing.T) {
	t.Parallel()
	h := withLater(t)
	a := h.do(httptest.NewRequestWithContext(t.Context(), http.MethodHead, "/initiatives.json?q=policy&as_of=1", nil)).status(http.StatusOK)
	if at, err := http.ParseTime(a.Header.Get("Memento-Datetime")); err != nil || at.IsZero() {
		t.Errorf("dated %v: %v", at, err)
	}
	if links := strings.Join(a.Header.Values("Link"), ", "); !strings.Contains(links, `</initiatives.json?q=policy>; rel="original"`) {
		t.Errorf("no link to the present: %s", links)
	}
}
