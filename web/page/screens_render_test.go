package page_test

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"normmap/internal/account"
)

// render gives a page as markup and as a document.
func render(t *testing.T, c templ.Component) (string, *goquery.Document) {
	t.Helper()
	var b strings.Builder
	if err := c.Render(t.Context(), &b); err != nil {
		t.Fatalf("rendering: %v", err)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(b.String()))
	if err != nil {
		t.Fatalf("parsing: %v", err)
	}
	return b.String(), doc
}

// everyScreen runs check on each page, empty and full, for a visitor and for an
// editor.
func everyScreen(t *testing.T, check func(t *testing.T, markup string, doc *goquery.Document)) {
	for name, s := range screens() {
		for who, actor := range map[string]account.Actor{"visitor": {}, "editor": editor()} {
			t.Run(name+" empty for "+who, func(t *testing.T) {
				t.Parallel()
				markup, doc := render(t, s.empty(frame(actor, s.path)))
				check(t, markup, doc)
			})
			t.Run(name+" full for "+who, func(t *testing.T) {
				t.Parallel()
				markup, doc := render(t, s.full(frame(actor, s.path)))
				check(t, markup, doc)
			})
		}
	}
}

func TestEveryPageHasItsParts(t *testing.T) {
	t.Parallel()
	everyScreen(t, func(t *testing.T, _ string, doc *goquery.Document) {
		for selector, want := range map[string]int{
			"h1": 1, "main": 1, "nav[aria-label=Breadcrumb]": 1, "a.skip": 1, "link[rel=canonical]": 1, "footer a.address": 1,
		} {
			if got := doc.Find(selector).Length(); got != want {
				t.Errorf("%d of %s, want %d", got, selector, want)
			}
		}
		if strings.TrimSpace(doc.Find("title").Text()) == "" {
			t.Error("the window has no title")
		}
	})
}

func TestNoInlineStyleOrScript(t *testing.T) {
	t.Parallel()
	everyScreen(t, func(t *testing.T, _ string, doc *goquery.Document) {
		doc.Find("*").Each(func(_ int, s *goquery.Selection) {
			for _, a := range s.Nodes[0].Attr {
				if a.Key == "style" || strings.HasPrefix(a.Key, "on") || strings.HasPrefix(strings.ToLower(a.Val), "javascript:") {
					t.Errorf("<%s> carries %s=%q", s.Nodes[0].Data, a.Key, a.Val)
				}
			}
		})
		doc.Find("style, script:not([src])").Each(func(_ int, s *goquery.Selection) {
			t.Errorf("there is an inline <%s>", s.Nodes[0].Data)
		})
	})
}

func TestTextIsEscaped(t *testing.T) {
	t.Parallel()
	everyScreen(t, func(t *testing.T, markup string, _ *goquery.Document) {
		for _, bad := range []string{"<script>alert", "<b onmouseover"} {
			if strings.Contains(markup, bad) {
				t.Errorf("the page holds %q as markup", bad)
			}
		}
	})
}

func TestIdsAndTheirLinksFit(t *testing.T) {
	t.Parallel()
	everyScreen(t, func(t *testing.T, _ string, doc *goquery.Document) {
		ids := map[string]int{}
		doc.Find("[id]").Each(func(_ int, s *goquery.Selection) { ids[s.AttrOr("id", "")]++ })
		for id, n := range ids {
			if n > 1 {
				t.Errorf("the id %q occurs %d times", id, n)
			}
		}
		doc.Find(`a[href^="#"]`).Each(func(_ int, s *goquery.Selection) {
			if target := s.AttrOr("href", "")[1:]; ids[target] == 0 {
				t.Errorf("a link leads to #%s, which is not there", target)
			}
		})
		doc.Find("[aria-labelledby]").Each(func(_ int, s *goquery.Selection) {
			for _, id := range strings.Fields(s.AttrOr("aria-labelledby", "none")) {
				if ids[id] == 0 {
					t.Errorf("#%s names something and is not there", id)
				}
			}
		})
	})
}

func TestHeadingsSkipNoLevel(t *testing.T) {
	t.Parallel()
	everyScreen(t, func(t *testing.T, _ string, doc *goquery.Document) {
		level := 0
		doc.Find("h1, h2, h3, h4").Each(func(_ int, s *goquery.Selection) {
			next := int(s.Nodes[0].Data[1] - '0')
			if next > level+1 {
				t.Errorf("heading %q is of level %d after level %d", s.Text(), next, level)
			}
			level = next
		})
	})
}

func TestPagesNeverJudge(t *testing.T) {
	t.Parallel()
	everyScreen(t, func(t *testing.T, markup string, _ *goquery.Document) {
		for _, bad := range []string{"no evidence", "not implemented", "failed to", "did nothing", "@ui."} {
			if strings.Contains(strings.ToLower(markup), bad) {
				t.Errorf("the page says %q", bad)
			}
		}
	})
}

func TestCellsCarryTheirColumnsName(t *testing.T) {
	t.Parallel()
	everyScreen(t, func(t *testing.T, _ string, doc *goquery.Document) {
		doc.Find("table.cards").Each(func(_ int, table *goquery.Selection) {
			columns := table.Find("thead th").Map(func(_ int, s *goquery.Selection) string { return s.Text() })
			table.Find("tbody tr").Each(func(_ int, row *goquery.Selection) {
				row.Children().Each(func(i int, cell *goquery.Selection) {
					if label, is := cell.Attr("data-label"); is && label != columns[i] {
						t.Errorf("a cell says %q below the column %q", label, columns[i])
					}
				})
			})
		})
	})
}
