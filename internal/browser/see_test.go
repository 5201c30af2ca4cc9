package browser

import (
	"slices"
	"strings"
)

// text is all that the page shows, in lines.
func (b *tab) text() string {
	b.t.Helper()
	return eval[string](b, `document.body ? document.body.innerText : ""`)
}

// path is where the tab is, without the host.
func (b *tab) path() string {
	b.t.Helper()
	return eval[string](b, `location.pathname + location.search`)
}

// heading fails the test unless the page's only h1 says so.
func (b *tab) heading(want string) *tab {
	b.t.Helper()
	got := eval[[]string](b, `Array.from(document.querySelectorAll("h1"), h => h.innerText)`)
	if len(got) != 1 || !strings.Contains(flat(got[0]), flat(want)) {
		b.t.Fatalf("%s has the headings %q, want %q", b.path(), got, want)
	}
	return b
}

// says fails the test unless the page shows every text.
func (b *tab) says(texts ...string) *tab {
	b.t.Helper()
	page := b.text()
	for _, text := range texts {
		if !strings.Contains(flat(page), flat(text)) {
			b.t.Fatalf("%s does not say %q:\n%s", b.path(), text, page)
		}
	}
	return b
}

// lacks fails the test if the page shows one of the texts.
func (b *tab) lacks(texts ...string) *tab {
	b.t.Helper()
	page := b.text()
	for _, text := range texts {
		if strings.Contains(flat(page), flat(text)) {
			b.t.Errorf("%s says %q:\n%s", b.path(), text, page)
		}
	}
	return b
}

// row fails the test unless one row of a table shows all the texts.
func (b *tab) row(texts ...string) *tab {
	b.t.Helper()
	rows := eval[[]string](b, `Array.from(document.querySelectorAll("tr"), r => r.innerText)`)
	if !slices.ContainsFunc(rows, func(row string) bool { return holds(row, texts) }) {
		b.t.Errorf("%s has no row that says %q, only\n%s", b.path(), texts, strings.Join(rows, "\n---\n"))
	}
	return b
}

func holds(s string, texts []string) bool {
	return !slices.ContainsFunc(texts, func(text string) bool { return !strings.Contains(flat(s), flat(text)) })
}

// flat makes texts alike that differ only in breaks and in case, which the
// style of a page may change.
func flat(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }
