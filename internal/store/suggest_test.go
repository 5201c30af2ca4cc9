package store_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/pgtest"
	"normmap/internal/store"
	"normmap/internal/store/naming"
)

func suggest(t *testing.T, s *store.Store, f norms.SuggestionsAsked) []norms.Suggestion {
	t.Helper()
	got, err := s.Suggestions(t.Context(), f)
	must(t, err)
	return got.Items
}

func refsOf(list []norms.Suggestion) []string {
	out := []string{}
	for _, l := range list {
		out = append(out, l.Principle)
	}
	return out
}

// whatIsCited is each initiative's principles, of every origin and relation,
// and of those the ones that figures count.
func whatIsCited(t *testing.T, s *store.Store) (linked, counted map[string][]string) {
	t.Helper()
	linked, counted = map[string][]string{}, map[string][]string{}
	for _, l := range read[norms.List[norms.LinkRow]](t)(s.Links(t.Context(), norms.LinkFilter{}, norms.Page{Limit: norms.MaxLimit})).Items {
		linked[l.Initiative] = append(linked[l.Initiative], l.Principle)
		if l.Origin == "contributor" && l.Relation == "supports" {
			counted[l.Initiative] = append(counted[l.Initiative], l.Principle)
		}
	}
	return linked, counted
}

func TestSuggestionsAreNewCurrentAndInAStableOrder(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	linked, _ := whatIsCited(t, s)
	current := map[string]bool{}
	for _, p := range everyPage(t, "principles", func(p norms.Page) (norms.List[norms.PrincipleRow], error) {
		p.Limit = norms.MaxLimit
		return s.Principles(t.Context(), norms.PrincipleFilter{}, p)
	}, func(p norms.PrincipleRow) string { return p.Ref }) {
		current[p.Ref] = true
	}
	initiatives := read[norms.List[norms.InitiativeRow]](t)(s.Initiatives(t.Context(), norms.InitiativeFilter{}, norms.Page{Limit: 50})).Items
	for _, i := range initiatives {
		asked := norms.SuggestionsAsked{Initiative: i.Slug, Limit: norms.MaxSuggestions}
		got := suggest(t, s, asked)
		if len(got) == 0 {
			t.Errorf("%s: nothing is suggested", i.Slug)
		}
		for _, g := range got {
			if slices.Contains(linked[i.Slug], g.Principle) || !current[g.Principle] || len(g.Reasons) == 0 {
				t.Errorf("%s: %+v is linked already, is not current or has no reason", i.Slug, g)
			}
		}
		if again := suggest(t, s, asked); !cmp.Equal(got, again) {
			t.Errorf("%s: another order when asked again: %v, %v", i.Slug, refsOf(got), refsOf(again))
		}
		asked.Limit = 0
		if few := suggest(t, s, asked); !cmp.Equal(refsOf(few), refsOf(got[:min(norms.DefaultSuggestions, len(got))])) {
			t.Errorf("%s: the first few are %v, of more %v", i.Slug, refsOf(few), refsOf(got))
		}
	}
}

// What is left out by the question is left out, and a link of any origin and
// relation is one; only what an initiative supports speaks for others.
func TestSuggestionsLeaveOutWhatIsLinked(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	const webinars = "microsoft-security-webinars"
	first := refsOf(suggest(t, s, norms.SuggestionsAsked{Initiative: webinars}))
	if got := refsOf(suggest(t, s, norms.SuggestionsAsked{Initiative: webinars, Not: first[:1]})); slices.Contains(got, first[0]) || got[0] != first[1] {
		t.Errorf("without %s it suggests %v", first[0], got)
	}
	if got := suggest(t, s, norms.SuggestionsAsked{Initiative: webinars, Among: []string{"gcsc"}}); len(got) == 0 || got[0].Agreement != "gcsc" {
		t.Errorf("of one agreement: %v", got)
	}
	_, err := s.Apply(t.Context(), editor(t, pool), "link by hand", []norms.Edit{
		norms.PutLink{Initiative: "microsoft-newsguard", Principle: "paris-call/4", Relation: "contrary", Origin: "curator", Rationale: "For a test."},
		norms.PutLink{Initiative: webinars, Principle: first[0], Relation: "supports", Origin: "curator", Rationale: "For a test."},
	})
	must(t, err)
	if got := refsOf(suggest(t, s, norms.SuggestionsAsked{Initiative: webinars, Limit: 20})); slices.Contains(got, first[0]) {
		t.Errorf("%s is linked by a curator and suggested", first[0])
	}
	for _, g := range suggest(t, s, norms.SuggestionsAsked{Initiative: "microsoft-newsguard", Limit: 20}) {
		if g.Principle == "paris-call/4" || slices.ContainsFunc(g.Reasons, func(r norms.Reason) bool { return r.Kind == "cited_together" || r.Kind == "alike" }) {
			t.Errorf("the initiative runs contrary to its only principle, and this is suggested: %+v", g)
		}
	}
}

// A principle is found by its own words alone, too, when the initiative is not
// recorded yet and nobody cites the principle.
func TestSuggestionsForWhatIsBeingWritten(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	got := suggest(t, s, norms.SuggestionsAsked{Text: "Refusal to hack back\nNo counter-attacks are launched on our own account or for somebody else."})
	if !slices.Contains(refsOf(got), "paris-call/8") {
		t.Fatalf("suggested: %v", refsOf(got))
	}
	for _, g := range got {
		for _, r := range g.Reasons {
			if r.Kind == "cited_together" || r.Kind == "alike" {
				t.Errorf("it cites nothing yet, and %s is suggested for %+v", g.Principle, r)
			}
		}
	}
}

func TestAnEmptyRecordSuggestsNothing(t *testing.T) {
	t.Parallel()
	s := store.New(pgtest.New(t))
	got, err := s.Suggestions(t.Context(), norms.SuggestionsAsked{Text: "Security of supply chains"})
	if err != nil || got.Items == nil || len(got.Items) > 0 {
		t.Errorf("an empty record suggests %v, %v", got.Items, err)
	}
	if _, err := s.Suggestions(t.Context(), norms.SuggestionsAsked{Initiative: "none"}); norms.KindOf(err) != norms.NotFound {
		t.Errorf("an initiative that is not recorded: %v", err)
	}
	if _, err := s.Suggestions(t.Context(), norms.SuggestionsAsked{Text: strings.Repeat("x", norms.MaxText+1)}); norms.KindOf(err) != norms.Invalid {
		t.Errorf("a text that is too long: %v", err)
	}
}

func TestSuggestionsOfARenamedInitiative(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	rewrite(t, pool, "update initiative set slug = 'webinars', version = 2 where slug = 'microsoft-security-webinars'")
	_, err := s.Suggestions(t.Context(), norms.SuggestionsAsked{Initiative: "microsoft-security-webinars"})
	if moved, ok := errors.AsType[*naming.MovedError](err); !ok || moved.Slug != "webinars" {
		t.Errorf("the earlier name leads to %v", err)
	}
}

// Nothing that is written breaks the statement, and words are words however
// they are dressed.
func TestSuggestionsForHostileTexts(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	for _, text := range []string{"'", `\`, `\'`, `''\\''`, "a:*&|!()<->", "& | !", "%", "<b>security</b>", "https://example.org/a'b?c=\\d", "a-b-c 'd' \"e\"",
		"ﷺ ㏂ ß é ĳ", "日本語", strings.Repeat("x", 9000), strings.Repeat("word-", 1900), strings.Repeat("security ", 1000), "5 2018 1", "the and of", ""} {
		if _, err := s.Suggestions(t.Context(), norms.SuggestionsAsked{Text: text}); err != nil {
			t.Errorf("%.40q: %v", text, err)
		}
	}
	got := suggest(t, s, norms.SuggestionsAsked{Text: `vulnerabilities' ) or 1=1 -- \`})
	if len(got) == 0 || !slices.Contains(got[0].Reasons[len(got[0].Reasons)-1].Words, "vulnerabilities") {
		t.Errorf("of a word among marks: %+v", got)
	}
	if got := suggest(t, s, norms.SuggestionsAsked{Text: "5 2018 1, 13"}); len(got) > 0 {
		t.Errorf("numbers alone are taken for the numbers of principles: %+v", got)
	}
}

func TestSuggestionsTakeOneStatement(t *testing.T) {
	t.Parallel()
	_, pool := seeded(t)
	s, c := counted(t, pool)
	before := c.n.Load()
	suggest(t, s, norms.SuggestionsAsked{Initiative: "microsoft-digital-crimes-unit"})
	if n := c.n.Load() - before; n != 1 {
		t.Errorf("%d statements", n)
	}
}

// The past suggests what it would have.
func TestSuggestionsOfThePast(t *testing.T) {
	t.Parallel()
	url := pgtest.Founding(t)
	s, end, err := store.Connect(t.Context(), url, 2, 2)
	must(t, err)
	t.Cleanup(end)
	asked := norms.SuggestionsAsked{Initiative: "microsoft-accountguard", Limit: norms.MaxSuggestions}
	before := suggest(t, s, asked)
	_, err = s.Apply(t.Context(), account.SeedFiles(), "link what was suggested first", []norms.Edit{
		norms.PutLink{Initiative: asked.Initiative, Principle: before[0].Principle, Relation: "supports", Origin: "curator", Rationale: "For a test."}})
	must(t, err)
	if diff := cmp.Diff(before, suggest(t, s.AsOf(1), asked)); diff != "" {
		t.Errorf("as of revision 1 (-then +now)\n%s", diff)
	}
	if cmp.Equal(before, suggest(t, s, asked)) {
		t.Error("a link changes nothing")
	}
}
