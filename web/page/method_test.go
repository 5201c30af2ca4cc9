package page_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"normmap/internal/account"
	"normmap/internal/norms"
)

// Other pages lead to these anchors.
func TestTheMethodPageHasItsParts(t *testing.T) {
	t.Parallel()
	doc := shown(t, "method", account.Actor{})
	parts := doc.Find("main h2").Map(func(_ int, h *goquery.Selection) string { return h.AttrOr("id", "") })
	listed := doc.Find("nav.contents a").Map(func(_ int, a *goquery.Selection) string { return strings.TrimPrefix(a.AttrOr("href", ""), "#") })
	if !slices.Equal(parts, listed) {
		t.Errorf("the contents list %v, the parts are %v", listed, parts)
	}
	for _, part := range []string{"counts", "states", "numberings", "strength", "confidence", "time", "cite", "limits"} {
		if !slices.Contains(parts, part) {
			t.Errorf("there is no part %q", part)
		}
	}
}

// A message that is not in the catalogue shows as its id.
func TestNothingOnTheMethodAndDataPagesIsUnsaid(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"method", "data", "dataset"} {
		text := shown(t, name, account.Actor{}).Find("main").Text()
		if unsaid(text) {
			t.Errorf("%s shows ids instead of words:\n%s", name, text)
		}
	}
	if !unsaid("method.counts.none") || !unsaid("see data.all.x ") {
		t.Error("the check finds nothing")
	}
}

func unsaid(text string) bool {
	return slices.ContainsFunc(strings.Fields(text), func(w string) bool {
		return strings.HasPrefix(w, "method.") || strings.HasPrefix(w, "data.")
	})
}

func TestEveryWordOfTheRubricsIsExplained(t *testing.T) {
	t.Parallel()
	doc := shown(t, "method", account.Actor{})
	for section, n := range map[string]int{
		"numberings": len(norms.Resolutions), "adherence": len(norms.AdherenceRelations), "strength": len(norms.Strengths), "confidence": len(norms.Confidences),
		"origins": len(norms.Origins),
	} {
		terms := doc.Find(`section[aria-labelledby=` + section + `] .terms > div`)
		if terms.Length() != n {
			t.Errorf("%s explains %d words, want %d", section, terms.Length(), n)
		}
		terms.Each(func(_ int, term *goquery.Selection) {
			if len(term.Find("dd").Text()) < len("put the text forward.") {
				t.Errorf("%s: %q is not explained: %q", section, term.Find("dt").Text(), term.Find("dd").Text())
			}
		})
	}
}

// The table of who may do what is the one by which the program decides.
func TestThePermissionTableIsShown(t *testing.T) {
	t.Parallel()
	rows := shown(t, "method", account.Actor{}).Find("section[aria-labelledby=who] tbody tr")
	if rows.Length() != len(account.Actions()) {
		t.Fatalf("%d rows for %d actions", rows.Length(), len(account.Actions()))
	}
	rows.Each(func(i int, row *goquery.Selection) {
		action := account.Actions()[i]
		cells := row.Find("td")
		for j, role := range append([]account.Role{account.Visitor}, account.Roles()...) {
			if shown := cells.Eq(j).Text() != "no"; shown != role.Can(action) {
				t.Errorf("%s, %q: %s", action, role, cells.Eq(j).Text())
			}
		}
		if _, can := action.Scope(); strings.HasPrefix(cells.Last().Text(), "scope") != can {
			t.Errorf("%s by a token: %s", action, cells.Last().Text())
		}
	})
}
