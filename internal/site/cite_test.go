package site

import (
	"net/http"
	"strings"
	"testing"

	"normmap/internal/account"
)

const newsguardCite = "/initiatives/microsoft-newsguard/cite"

func TestPrintedLineIsShownAsUnderstoodAndSaved(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	const printed = "(Tech Accord principle 1, Paris Call principles 4 and 77, GCSC norm 5, Charter of Rome article 3)"
	form := h.get(newsguardCite).status(http.StatusOK).typed("text", printed, "place", "p. 9", "reason", "From the letter", "step", "read")
	read := h.post(newsguardCite, form...).status(http.StatusOK)
	read.has("#understood ~ p", "4 references, 5 citations. Saving makes 2 contributor's links; 3 citations wait")
	refs := read.page().Find(".reference")
	for i, want := range [][]string{
		{"Tech Accord principle 1", "resolved", "tech-accord/1"},
		{"Paris Call principles 4 and 77", "paris-call/4", "out of range"},
		{"GCSC norm 5", "ambiguous", "gcsc/5", "gcsc/6", "gcsc@singapore-2018/5"},
		{"Charter of Rome article 3", "No agreement is recorded under the name Charter of Rome"},
	} {
		text := strings.Join(strings.Fields(refs.Eq(i).Text()), " ")
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("reference %d says %q, want %q", i+1, text, w)
			}
		}
	}
	if got := h.stats(); got.Revision != 1 {
		t.Fatal("reading a line wrote something")
	}
	h.post(newsguardCite, read.typed("step", "save")...).leads(http.StatusSeeOther, "/initiatives/microsoft-newsguard")
	got := h.stats()
	if got.References != 29+4 || got.Citations != 38+5 || got.Links != 34+2 || got.Unresolved != 4+3 || got.Revision != 2 {
		t.Errorf("recorded: %+v", got)
	}
	h.get("/initiatives/microsoft-newsguard").says(printed)
}

func TestNothingIsSavedThatWasNotShown(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	read := h.post(newsguardCite, h.get(newsguardCite).typed("text", "Paris Call principle 4", "reason", "r", "step", "read")...)
	a := h.post(newsguardCite, read.typed("text", "Paris Call principle 8", "step", "save")...).status(http.StatusConflict)
	a.has(".understood .problem", "look again").has(".understood", "paris-call/8").has("textarea[name=text]", "Paris Call principle 8")
	if got := h.stats().Revision; got != 1 {
		t.Errorf("revision %d", got)
	}
	h.post(newsguardCite, a.typed("step", "save")...).status(http.StatusSeeOther)
	if got := h.stats().Links; got != 35 {
		t.Errorf("%d links", got)
	}
}

func TestLineThatCitesNothingIsRefusedAndKept(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	tests := []struct{ text, source, field, message string }{
		{"", "microsoft-bpf-2019", "text", "is missing"},
		{"nothing is cited here", "microsoft-bpf-2019", "text", "no citation was found"},
		{"Paris Call principle 4", "", "source", "is missing"},
		{"Paris Call principle 4", "no-such-source", "source", "no source"},
		{strings.Repeat("Paris Call principle 4. ", 90), "microsoft-bpf-2019", "text", "at most 2000 fit"},
		{"Paris Call principles 1-90 and 101-150", "microsoft-bpf-2019", "text", "cites 140 numbers"},
	}
	for _, tt := range tests {
		a := h.post(newsguardCite, h.get(newsguardCite).typed("text", tt.text, "source", tt.source, "reason", "r", "step", "read")...)
		a.status(http.StatusUnprocessableEntity).has("#field-"+tt.field+"-problem", tt.message)
		if got := a.page().Find("textarea[name=text]").Text(); got != strings.TrimSpace(tt.text) {
			t.Errorf("the line typed became %q", got)
		}
	}
}

func TestSavingALineNeedsAReason(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	read := h.post(newsguardCite, h.get(newsguardCite).typed("text", "Paris Call principle 4", "step", "read")...).status(http.StatusOK)
	a := h.post(newsguardCite, read.typed("step", "save")...).status(http.StatusUnprocessableEntity).has("#field-reason-problem", "say why")
	a.has(".understood", "paris-call/4")
}

func TestNumbersThatWereNotReadAreNamed(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	read := h.post(newsguardCite, h.get(newsguardCite).typed("text", "Tech Accord principle 2 and Foo 8", "reason", "r", "step", "read")...)
	read.status(http.StatusOK).has(".understood .problem", "Foo 8")
}
