package site

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"unicode"

	"github.com/PuerkitoBio/goquery"

	"normmap/internal/account"
	"normmap/web/words"
)

// What the editing pages say comes from the catalogue or from the record; what
// comes from the record says so by its direction.
func TestWordsOfFormsAreInTheCatalogue(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	own := h.apply(curatorLink("microsoft-newsguard", "paris-call/4")).IDs[0]
	pages := append(h.editingPages(), "/links/"+number(own)+"/edit", "/initiatives/microsoft-newsguard/links/edit?q=e&principle=gcsc/1",
		"/initiatives/microsoft-newsguard/links/edit?q=nothing-has-this", "/agreements/paris-call/principles/4/links/edit?q=security")
	ctx := words.In(t.Context(), words.Marked(func(s string) string { return "⟦" + s + "⟧" }))
	for _, address := range pages {
		a := h.do(httptest.NewRequestWithContext(ctx, http.MethodGet, address, nil)).status(http.StatusOK)
		if got := uncatalogued(a.page().Find("main")); got != "" {
			t.Errorf("%s says beside the catalogue: %s", address, got)
		}
	}
	list := url.Values{"list": {"1 | Recorded\n9 | New"}, "step": {"read"}, "mark": {"other"}}
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/agreements/gcsc/editions/final-2019/principles/new/list", strings.NewReader(list.Encode()))
	r.Header.Set("Content-Type", urlEncoded)
	if got := uncatalogued(h.do(r).status(http.StatusOK).has(".understood", "New").page().Find("main")); got != "" {
		t.Errorf("a list that was read says beside the catalogue: %s", got)
	}
}

func TestWordsBesideTheCatalogueAreSeen(t *testing.T) {
	t.Parallel()
	tests := []struct{ main, want string }{
		{`⟦All ⟦of⟧ it⟧, <b dir="auto">Ada</b> · 5 → <time>May</time>`, ""},
		{`⟦This⟧ <p>and that</p>`, "and that"},
		{`<input aria-label="Look for">`, "Look for"},
		{`<select><option value="">Any</option><option value="x">Data</option></select>`, "Any"},
	}
	for _, tt := range tests {
		doc, err := goquery.NewDocumentFromReader(strings.NewReader("<main>" + tt.main + "</main>"))
		if err != nil {
			t.Fatal(err)
		}
		if got := uncatalogued(doc.Find("main")); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.main, got, tt.want)
		}
	}
}

// uncatalogued is what a page says in words that are neither marked nor of the
// record: texts of the record have a direction of their own, and a menu lists
// them with a value.
func uncatalogued(main *goquery.Selection) string {
	main.Find("[aria-label], [placeholder], [title]").Each(func(_ int, e *goquery.Selection) {
		e.AppendHtml("<i> " + e.AttrOr("aria-label", "") + e.AttrOr("placeholder", "") + e.AttrOr("title", "") + "</i>")
	})
	main.Find(`[dir=auto], time, textarea, option:not([value=""])`).Remove()
	var out strings.Builder
	depth := 0
	for _, r := range main.Text() {
		switch {
		case r == '⟦':
			depth++
		case r == '⟧':
			depth--
		case depth == 0:
			out.WriteRune(r)
		}
	}
	if !strings.ContainsFunc(out.String(), unicode.IsLetter) {
		return ""
	}
	return strings.Join(strings.Fields(out.String()), " ")
}
