package page_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"
	"golang.org/x/net/html"

	"normmap/internal/account"
	"normmap/web/ui"
	"normmap/web/words"
)

// modelled is a page that knows what it shows.
type modelled struct {
	templ.Component
	model any
}

// names are the same in every language.
var names = []string{ui.SiteName, "JSON", "CSV", "CC BY 4.0"}

func TestEveryWordOfThePagesIsInTheCatalogue(t *testing.T) {
	t.Parallel()
	for name, s := range screens() {
		for kind, show := range map[string]func(ui.Frame) templ.Component{"empty": s.empty, "full": s.full} {
			for who, actor := range map[string]account.Actor{"visitor": {}, "administrator": {ID: 7, Name: "Ada Lovelace", Role: account.Admin}} {
				t.Run(name+" "+kind+" for "+who, func(t *testing.T) {
					t.Parallel()
					f := frame(actor, s.path)
					f.Crumbs, f.Notice = []ui.Crumb{{Label: "Paris Call"}}, "Notice 1"
					c := show(f)
					for _, said := range uncatalogued(markedPage(t, c), dataOf(c, f)) {
						t.Errorf("beside the catalogue it says %q", said)
					}
				})
			}
		}
	}
}

func TestWordsBesideTheCatalogueAreSeen(t *testing.T) {
	t.Parallel()
	tests := []struct{ markup, want string }{
		{`<p>⟦All ⟦of⟧ <a>it</a>⟧, <b>Paris Call</b> · 5 → <code>as_of</code></p>`, ""},
		{`<p>⟦This⟧ <a>and that</a></p>`, "and that"},
		{`<p>Paris Call principle</p>`, "principle"},
		{`<input aria-label="Look for">`, "Look for"},
		{`<input type="submit" value="Save">`, "Save"},
		{`<input value="Save">`, ""},
		{`<button type="submit" name="do" value="Save"></button>`, ""},
		{`<table><tr><td data-label="Links">5</td></tr></table>`, "Links"},
		{`<meta name="description" content="What it is">`, "What it is"},
	}
	for _, tt := range tests {
		doc, err := html.Parse(strings.NewReader(tt.markup))
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(uncatalogued(doc, []string{"Paris Call"}), "|"); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.markup, got, tt.want)
		}
	}
}

// markedPage is a page with marks around everything from the catalogue.
func markedPage(t *testing.T, c templ.Component) *html.Node {
	t.Helper()
	var b strings.Builder
	ctx := words.In(t.Context(), words.Marked(func(s string) string { return "⟦" + s + "⟧" }))
	if err := c.Render(ctx, &b); err != nil {
		t.Fatalf("rendering: %v", err)
	}
	doc, err := html.ParseWithOptions(strings.NewReader(b.String()), html.ParseOptionEnableScripting(false))
	if err != nil {
		t.Fatalf("parsing: %v", err)
	}
	return doc
}

// uncatalogued is what a page says that is neither marked nor data.
func uncatalogued(doc *html.Node, data []string) []string {
	var out []string
	keep := func(s string) {
		for _, d := range data {
			s = strings.ReplaceAll(s, d, "")
		}
		if strings.ContainsFunc(s, unicode.IsLetter) {
			out = append(out, strings.Join(strings.Fields(s), " "))
		}
	}
	depth := 0
	for n := range doc.Descendants() {
		switch {
		case n.Type == html.ElementNode:
			for _, text := range saidBy(n) {
				_, outside := unmarked(text, 0)
				keep(outside)
			}
		case n.Type == html.TextNode && !slices.Contains([]string{"script", "style", "code"}, n.Parent.Data):
			var outside string
			depth, outside = unmarked(n.Data, depth)
			keep(outside)
		}
	}
	return out
}

// saidBy lists the attributes of an element that people hear or read.
func saidBy(n *html.Node) []string {
	e := goquery.NewDocumentFromNode(n)
	var out []string
	for _, name := range []string{"aria-label", "title", "placeholder", "alt", "data-label"} {
		out = append(out, e.AttrOr(name, ""))
	}
	if n.Data == "input" && e.AttrOr("type", "") == "submit" { // a button shows its content
		out = append(out, e.AttrOr("value", ""))
	}
	if e.AttrOr("name", "") == "description" {
		out = append(out, e.AttrOr("content", ""))
	}
	return out
}

// unmarked is what stands outside all marks, depth of which are open before
// the text, and how many are after it.
func unmarked(text string, depth int) (int, string) {
	var out strings.Builder
	for _, r := range text {
		switch {
		case r == '⟦':
			depth++
		case r == '⟧':
			depth--
		case depth == 0:
			out.WriteRune(r)
		}
	}
	return depth, out.String()
}

// dataOf lists what a page is given to show, the longest first. Values of closed
// lists are not data: the catalogue has words for them.
func dataOf(c templ.Component, f ui.Frame) []string {
	data := append(texts(reflect.ValueOf(f)), names...)
	if m, ok := c.(modelled); ok {
		data = append(data, texts(reflect.ValueOf(m.model))...)
	}
	for _, text := range data {
		if !strings.Contains(text, " ") {
			data = append(data, strings.Split(text, "/")...) // pages show hosts, refs without numbers
			data = append(data, strings.Split(text, ".")...) // and tables without their columns
		}
	}
	data = slices.DeleteFunc(data, plainWord)
	slices.SortFunc(data, func(a, b string) int { return len(b) - len(a) })
	return data
}

// plainWord tells names of kinds and fields, which could also be a word of the
// interface, from what the record says.
func plainWord(s string) bool {
	return strings.Trim(s, "abcdefghijklmnopqrstuvwxyz_") == ""
}

func texts(v reflect.Value) []string {
	var out []string
	switch v.Kind() {
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() {
			out = append(out, v.String())
		}
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			out = texts(v.Elem())
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			out = append(out, texts(v.Index(i))...)
		}
	case reflect.Struct:
		for _, field := range v.Fields() {
			out = append(out, texts(field)...)
		}
	}
	return out
}
