package page_test

import (
	"strings"
	"testing"

	"github.com/a-h/templ"

	"normmap/internal/norms"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

func addSearch(add func(name, path string, empty, full func(ui.Frame) templ.Component)) {
	found := norms.Search{List: list(
		norms.Found{Kind: "initiative", Key: "cvd", Title: nasty, Context: nasty, Match: "words",
			Heading: norms.Fragment{{Text: nasty, Hit: true}}, Excerpt: norms.Fragment{{Text: nasty}, {Text: nasty, Hit: true}}},
		norms.Found{Kind: "principle", Key: "paris-call/5", Title: "Non-proliferation", Match: "similar_spelling", Heading: norms.Fragment{{Text: "Non-proliferation"}}}),
		Kinds: []norms.KindCount{{Kind: "principle", Count: 3}, {Kind: "source"}}, Capped: true,
		Understood: []norms.Meant{{Principle: "paris-call/5", Name: "Paris Call principle 5", Title: nasty, Reason: nasty}, {Principle: "gcsc/5", Name: "GCSC norm 5", Part: true}}, UnderstoodTotal: 1234}
	e, f := of(page.Search, page.SearchList{Search: found, Filter: norms.SearchFilter{Q: nasty, Kind: "source", Agreement: "paris-call"},
		Agreements: []norms.Choice{{Kind: "agreement", Slug: "paris-call", Title: nasty}}})
	add("search", "/search", e, f)
	nothing := page.SearchList{Filter: norms.SearchFilter{Q: nasty}}
	add("search without results", "/search", func(f ui.Frame) templ.Component { return modelled{page.Search(f, nothing), nothing} }, f)
}

func TestHitsAreMarked(t *testing.T) {
	t.Parallel()
	l := page.SearchList{Filter: norms.SearchFilter{Q: "b"}, Search: norms.Search{Kinds: []norms.KindCount{{Kind: "source", Count: 1}},
		List: norms.List[norms.Found]{Total: 1, Items: []norms.Found{{Kind: "source", Key: "x", Match: "words",
			Heading: norms.ParseFragment("a" + norms.HitStart + "b" + norms.HitEnd + "c, d"), Excerpt: norms.ParseFragment("plain")}}}}}
	markup, doc := render(t, page.Search(frame(editor(), "/search"), l))
	if got := doc.Find(".found mark").Text(); got != "b" {
		t.Errorf("%q is marked", got)
	}
	if got := doc.Find(".found .title a").Text(); got != "abc, d" {
		t.Errorf("the title is %q in\n%s", got, markup)
	}
}

// What is understood is shown once, with its reason.
func TestUnderstoodIsNoOtherResult(t *testing.T) {
	t.Parallel()
	five := norms.Found{Kind: "principle", Key: "x/5", Title: "Five", Match: "number", Heading: norms.Fragment{{Text: "Five"}}}
	l := page.SearchList{Filter: norms.SearchFilter{Q: "x 5"}, Search: norms.Search{Kinds: []norms.KindCount{{Kind: "principle", Count: 2}},
		List: norms.List[norms.Found]{Total: 2, Items: []norms.Found{five}}, Understood: []norms.Meant{{Principle: "x/5", Name: "X principle 5", Part: true}}, UnderstoodTotal: 41}}
	_, doc := render(t, page.Search(frame(editor(), "/search"), l))
	text := doc.Find("main").Text()
	for _, want := range []string{"May mean one of 41 principles", "Here are 1 of 41. Name the agreement", "a part of it", "2 results", "Nothing else on record"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not say %q:\n%s", want, text)
		}
	}
	if n := doc.Find(`main a[href="/agreements/x/principles/5"]`).Length(); n != 1 {
		t.Errorf("a principle is shown %d times", n)
	}
	l.Items = append(l.Items, norms.Found{Kind: "source", Key: "s", Match: "some_words", Heading: norms.Fragment{{Text: "A source"}}})
	_, doc = render(t, page.Search(frame(editor(), "/search"), l))
	if got := doc.Find("main .found .title").Text(); strings.TrimSpace(got) != "A source" {
		t.Errorf("beside what was understood stands %q", got)
	}
}

func TestWordsOfSearch(t *testing.T) {
	t.Parallel()
	for _, k := range norms.FoundKinds {
		if words.Of(t.Context(), "found_kinds", k) == string(k) || words.Text(t.Context(), "found_kind."+string(k)) == "found_kind."+string(k) {
			t.Errorf("the kind %s has no word", k)
		}
	}
	for _, m := range norms.Matches {
		if words.Text(t.Context(), "match."+string(m)) == "match."+string(m) {
			t.Errorf("the match %s has no words", m)
		}
	}
}

// Where nothing was found, the page says why that need not mean that there is
// nothing.
func TestNothingFoundIsExplained(t *testing.T) {
	t.Parallel()
	const frequent, inside, none = "are not looked for", "only the beginning of a run", "None recorded that match"
	for _, c := range []struct {
		l         page.SearchList
		says, not []string
	}{
		{page.SearchList{Filter: norms.SearchFilter{Q: "of the"}, Search: norms.Search{TooFrequent: true}}, []string{frequent}, []string{inside, none}},
		{page.SearchList{Filter: norms.SearchFilter{Q: "\u94f6\u884c"}}, []string{inside, none}, []string{frequent}},
		{page.SearchList{Filter: norms.SearchFilter{Q: "banks"}}, []string{none}, []string{inside, frequent}},
	} {
		_, doc := render(t, page.Search(frame(editor(), "/search"), c.l))
		text := doc.Find("main").Text()
		for _, want := range c.says {
			if !strings.Contains(text, want) {
				t.Errorf("%q: the page does not say %q:\n%s", c.l.Filter.Q, want, text)
			}
		}
		for _, other := range c.not {
			if strings.Contains(text, other) {
				t.Errorf("%q: the page says %q", c.l.Filter.Q, other)
			}
		}
	}
}
