package site

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

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
		{"/initiatives?as_of=2999-01-01", http.StatusOK, "The record as of revision 2"},
	}
	for _, tt := range tests {
		h.get(tt.address).status(tt.status).says(tt.says)
	}
}

// What is not about the past goes through letter for letter.
func TestAPastPageIsOtherwiseThePage(t *testing.T) {
	t.Parallel()
	h := newBare(t)
	const page = `<!doctype html><a href="https://example.org/agreements?a=1&amp;b=2" rel=x>a</a><p title='"'>1 &lt; 2 <br/><!-- c --><a href="/changes" rel="original">now</a>`
	var out bytes.Buffer
	if err := h.site.stay(&out, bytes.NewBufferString(page+`<a class=b href="/agreements?a=1&amp;b=2">x</a>`), 4); err != nil {
		t.Fatal(err)
	}
	if want := page + `<a class="b" href="/agreements?a=1&amp;as_of=4&amp;b=2">x</a>`; out.String() != want {
		t.Errorf("%s\nwant\n%s", out.String(), want)
	}
}
