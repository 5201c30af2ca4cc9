package page

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"normmap/internal/norms"
	"normmap/web/href"
	"normmap/web/ui"
	"normmap/web/words"
)

// SearchList is what the search page shows. Agreements and Organizations are
// the choices of its form.
type SearchList struct {
	norms.Search
	Filter        norms.SearchFilter
	Agreements    []norms.Choice
	Organizations []norms.Choice
}

// Address is that of the search, from its beginning.
func (l SearchList) Address() string { return l.only(norms.FoundKind(l.Filter.Kind)) }

// only is the address of the search for things of one kind, "" is all.
func (l SearchList) only(kind norms.FoundKind) string {
	f := l.Filter
	return href.With(href.Search(), "q", f.Q, "kind", string(kind), "agreement", f.Agreement, "organization", f.Organization)
}

// searchFor is the address of a search for words.
func searchFor(q string) string { return href.With(href.Search(), "q", q) }

// facet is one kind of results with its count.
type facet struct {
	Label  string
	Count  int
	Href   string
	Chosen bool
}

// facets are the kinds of which something was found, after all of them.
func (l SearchList) facets(ctx context.Context) []facet {
	out := []facet{{Label: words.Text(ctx, "search.all"), Count: l.All(), Href: l.only(""), Chosen: l.Filter.Kind == ""}}
	for _, k := range l.Kinds {
		chosen := string(k.Kind) == l.Filter.Kind
		if k.Count > 0 || chosen {
			out = append(out, facet{words.Of(ctx, "found_kinds", k.Kind), k.Count, l.only(k.Kind), chosen})
		}
	}
	return out
}

// onlyNear tells that nothing, beside what was understood, holds all the words.
func (l SearchList) onlyNear() bool {
	beside := l.beside()
	return len(beside) > 0 && near(beside[0].Match)
}

// beside are the items that are not shown as understood already.
func (l SearchList) beside() []norms.Found {
	return slices.DeleteFunc(slices.Clone(l.Items), func(f norms.Found) bool {
		return f.Kind == "principle" && slices.ContainsFunc(l.Understood, func(m norms.Meant) bool { return m.Principle == f.Key })
	})
}

// unspaced tells whether some of the words are of a script that is written
// without blanks between them.
func unspaced(q string) bool {
	return strings.ContainsFunc(q, func(r rune) bool {
		return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
	})
}

// current is the value of aria-current for one of several links.
func current(chosen bool) string {
	if chosen {
		return "true"
	}
	return "false"
}

func near(m norms.Match) bool { return m == "similar_spelling" || m == "some_words" }

// choice is a menu whose first entry chooses nothing.
func choice(name, label, none, value string, all []norms.Choice) ui.Field {
	return ui.Field{Name: name, Label: label, Value: value, Options: ui.OrNone(none, options(all))}
}

// reason says why a number may mean a principle.
func reason(ctx context.Context, m norms.Meant) string {
	if m.Part {
		return words.Text(ctx, "search.part")
	}
	if m.Reason == "" {
		return words.Text(ctx, "search.own_number")
	}
	return words.Text(ctx, "search.by_numbering", "Numberings", m.Reason)
}
