package site

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/web/href"
)

// holdText records a source whose text is held.
func (h *house) holdText(slug, text string) {
	h.t.Helper()
	sum := sha256.Sum256([]byte(text))
	hash := hex.EncodeToString(sum[:])
	by, err := h.store.AddAccount(h.t.Context(), slug+"@example.org", "Grace Editor", account.Editor)
	if err != nil {
		h.t.Fatal(err)
	}
	d := norms.Document{FileSHA256: hash, TextSHA256: hash, MediaType: "text/plain", Bytes: int64(len(text)), Text: text}
	if err := h.store.KeepDocument(h.t.Context(), by.Actor(), d); err != nil {
		h.t.Fatal(err)
	}
	h.apply(norms.PutSource{Slug: slug, Title: "A letter", Kind: "contribution", Exhaustiveness: "unknown"}, norms.PutSourceText{Source: slug, FileSHA256: hash})
}

// cites records that a text cites what is printed, at its place.
func cites(source, initiative, text, printed, agreement string, labels ...string) norms.PutCitationLine {
	start := len([]rune(text[:strings.Index(text, printed)]))
	return norms.PutCitationLine{Source: source, Initiative: initiative, Text: printed, References: []norms.Reference{
		{Text: printed, Start: start, End: start + len([]rune(printed)), Name: printed[:strings.Index(printed, " ")], Agreement: agreement, Labels: labels}}}
}

func TestTheTextOfASourceShowsWhatItCites(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	const text = "Très chers,\n\n- We   help.\n\n(Paris Call principles 1 and 5; GCSC norm 5)\n\nAsk ada@example.org or +33 1 23 45 67 89.\n"
	h.holdText("letter", text)
	h.apply(cites("letter", "microsoft-newsguard", text, "Paris Call principles 1 and 5", "paris-call", "1", "5"))
	h.apply(cites("letter", "microsoft-newsguard", text, "GCSC norm 5", "gcsc", "5"))
	a := h.get("/sources/letter").status(http.StatusOK)
	shown := strings.NewReplacer("ada@example.org", strings.Repeat("•", 15), "+33 1 23 45 67 89", strings.Repeat("•", 17)).Replace(text)
	if got := a.page().Find(".printed-text").Text(); got != shown {
		t.Errorf("the text is shown as %q, want %q", got, shown)
	}
	for _, hidden := range []string{"ada@", "23 45"} {
		if strings.Contains(a.body, hidden) {
			t.Errorf("the page shows %q", hidden)
		}
	}
	first, second := a.page().Find(".cited-here").First(), a.page().Find(".cited-here.waits")
	if first.Text() != "Paris Call principles 1 and 5" || first.AttrOr("id", "") != "at-28" || second.Text() != "GCSC norm 5" {
		t.Errorf("marked are %q at %s and %q", first.Text(), first.AttrOr("id", ""), second.Text())
	}
	a.has(first.AttrOr("href", ""), "for Support for the NewsGuard app").has(second.AttrOr("href", ""), "ambiguous")
	a.has(first.AttrOr("href", "")+" a[href='#at-28']", "Paris Call principles 1 and 5")
	h.get("/initiatives/microsoft-newsguard").has("a[href='/sources/letter?place=28#at-28']", "Paris Call principles 1 and 5")
	h.queries.take()
	h.get("/sources/letter?place=3")
	if n := h.queries.take(); len(n) > maxStatements {
		t.Errorf("%d statements: %v", len(n), n)
	}
	h.get("/sources/letter.json").says(`Très chers,\n\n`, `"start":28`)
	h.get("/sources/letter?as_of=1").status(http.StatusNotFound)
	h.get("/sources/letter?as_of=2").status(http.StatusOK).has(".printed-text", "Très chers")
	h.get("/sources/letter?place=x").status(http.StatusUnprocessableEntity)
}

// Every place of a long text is shown on one page, and only there.
func TestALongTextIsShownInPieces(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	var b strings.Builder
	for i := range 9000 {
		fmt.Fprintf(&b, "Línea %d. ", i)
		if i%7 == 0 {
			b.WriteByte('\n')
		}
	}
	b.WriteString("Paris Call principle 1")
	text := b.String()
	h.holdText("long", text)
	h.apply(cites("long", "microsoft-newsguard", text, "Paris Call principle 1", "paris-call", "1"))
	var whole string
	pages := 0
	for address := "/sources/long"; address != ""; pages++ {
		a := h.get(address).status(http.StatusOK)
		whole += a.page().Find(".printed-text").Text()
		address, _, _ = strings.Cut(a.page().Find("a[rel=next]").First().AttrOr("href", ""), "#")
	}
	if whole != text || pages != 3 {
		t.Errorf("%d pages with %d bytes, want 3 with %d", pages, len(whole), len(text))
	}
	place := len([]rune(text)) - 3
	h.get(fmt.Sprintf("/sources/long?place=%d", place)).has(".cited-here", "Paris Call principle 1")
	h.get("/sources/long").lacks(".cited-here")
}

// An address is hidden wherever pieces of a text are cut, in the middle of a
// line without an end, too.
func TestAnAddressThatIsCutIsHidden(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	text := strings.Repeat("long ", norms.TextShown/5-2) + "ada.lovelace@example.org " + strings.Repeat("line ", 2000)
	h.holdText("long", text)
	h.get("/sources/long").status(http.StatusOK).has(".printed-text", "•").lacks("a[href*='ada']")
	for _, address := range []string{"/sources/long", fmt.Sprintf("/sources/long?place=%d", norms.TextShown+1)} {
		got := h.get(address).status(http.StatusOK).page().Find(".printed-text").Text()
		if strings.Contains(got, "ada") || strings.Contains(got, "example") || !strings.Contains(got, "•") {
			t.Errorf("%s shows %q … %q", address, got[:40], got[len(got)-40:])
		}
	}
}

// Beside a number that does not fit its words stands a quiet hint, on the page of
// the source, as of then too, and on that of the citation. What it was taken to
// mean stays, and a number that fits says nothing.
func TestAPageHintsAtANumberThatDoesNotFitItsWords(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	const text = "We follow principle 6 of the Paris Call (non-proliferation of malicious tools).\n\nWe follow Paris Call principle 9 (international norms).\n"
	h.holdText("letter", text)
	wrong := cites("letter", "microsoft-newsguard", text, "principle 6 of the Paris Call", "paris-call", "6")
	wrong.References[0].Name = "Paris Call"
	h.apply(wrong, cites("letter", "microsoft-newsguard", text, "Paris Call principle 9", "paris-call", "9"))
	for _, address := range []string{"/sources/letter", "/sources/letter?as_of=3"} {
		a := h.get(address).status(http.StatusOK)
		a.has(".readings .quote-hint", "another principle fits these words better: Non-proliferation").has(".readings", "Lifecycle security")
		if n := a.page().Find(".quote-hint").Length(); n != 1 {
			t.Errorf("%s has %d hints", address, n)
		}
	}
	h.get("/sources/letter.json").says(`"hint":{"principle":"paris-call/5"`)
	list, err := h.store.Citations(t.Context(), norms.CitationFilter{Source: "letter"}, norms.Page{})
	if err != nil || len(list.Items) != 2 {
		t.Fatalf("cited are %+v, %v", list.Items, err)
	}
	h.signIn(account.Editor)
	h.queries.take()
	h.get(href.CitationEdit(list.Items[0].ID)).has(".quote-hint", "Non-proliferation")
	if n := h.queries.take(); len(n) > maxStatements {
		t.Errorf("%d statements: %v", len(n), n)
	}
	h.get(href.CitationEdit(list.Items[1].ID)).lacks(".quote-hint")
}

// Where no text is held, the printed line tells.
func TestAPrintedLineHintsAtANumberThatDoesNotFitItsWords(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.apply(norms.PutSource{Slug: "mail", Title: "A mail", Kind: "contribution", Exhaustiveness: "unknown"},
		norms.PutCitationLine{Source: "mail", Initiative: "microsoft-newsguard", Text: "Paris Call principle 2, “Defend electoral processes”; Paris Call principle 3",
			References: []norms.Reference{
				{Text: "Paris Call principle 2", Start: -1, End: -1, Name: "Paris Call", Agreement: "paris-call", Labels: []string{"2"}},
				{Text: "Paris Call principle 3", Start: -1, End: -1, Name: "Paris Call", Agreement: "paris-call", Labels: []string{"3"}}}})
	h.queries.take()
	a := h.get("/sources/mail").has(".line .quote-hint", "Defend electoral processes. Quoted")
	if n := a.page().Find(".quote-hint").Length(); n != 1 {
		t.Errorf("%d hints", n)
	}
	if n := h.queries.take(); len(n) > maxStatements {
		t.Errorf("%d statements: %v", len(n), n)
	}
	h.get("/sources/microsoft-bpf-2019").lacks(".quote-hint")
}

// The page of a source names its language as the desk does.
func TestASourceNamesItsLanguage(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	_, _ = h.imports(h.signIn(account.Contributor), deskLetter)
	h.publish(1)
	h.get("/sources/microsoft-contribution").has("dl", "LanguageEnglish")
}
