package store_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"normmap/internal/account"
	"normmap/internal/norms"
)

// withText gives a source a text that it holds, and tells which it is.
func withText(text string) (slug, sql string) {
	slug = "microsoft-norms-paper"
	return slug, "update source set version = 2, body = '" + strings.ReplaceAll(text, "'", "''") + "' where slug = '" + slug + "'"
}

// What pages hide of a text it is not found by either: not as a whole, and not by
// any piece of it.
func TestATextIsNotFoundByWhatPagesHide(t *testing.T) {
	t.Parallel()
	hidden := []string{"0033 1 42 68 53 00", "0044 20 7946 0958", "0032475123456", "06 12 34 56 78", "06.12.34.56.78", "020 7946 0958", "0161-496-0123",
		"06\u00a012\u00a034\u00a056\u00a078", "+32 475 12 34 56", "o’quintus@example.org", "quintus@société.fr"}
	s, pool := seeded(t)
	slug, sql := withText("Of zebrafish: " + strings.Join(hidden, ", then ") + ". Of quaggas: 4711.")
	rewrite(t, pool, sql)
	finds := func(q string) bool {
		return slices.Contains(keysOf(searched(t, s, norms.SearchFilter{Q: q, Kind: "source"})), slug)
	}
	for _, q := range []string{"zebrafish", "quaggas", "4711"} {
		if !finds(q) {
			t.Errorf("%q, which the text shows, does not find it", q)
		}
	}
	for _, number := range hidden {
		for _, q := range append(strings.FieldsFunc(number, func(r rune) bool { return strings.ContainsRune(" .-@’\u00a0", r) }), number, `"`+number+`"`) {
			if q != "fr" && q != "o" && finds(q) {
				t.Errorf("%q of %q finds the text", q, number)
			}
		}
	}
}

// A number that is cut where the index ends is not found by what is left of it.
func TestANumberAtTheEndOfTheIndexIsNotFound(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	slug, sql := withText("Zebrafish " + strings.Repeat("word ", 40_076) + "06 12 34 56 78 soon " + strings.Repeat("word ", 100))
	rewrite(t, pool, sql)
	for q, want := range map[string]bool{"zebrafish": true, "zebrafish 06": false, "zebrafish 12": false} {
		found := searched(t, s, norms.SearchFilter{Q: q, Kind: "source"})
		i := slices.Index(keysOf(found), slug)
		if got := i >= 0 && found.Items[i].Match == "words"; got != want {
			t.Errorf("%q finds it: %v, want %v", q, got, want)
		}
	}
}

// The index leaves out what excerpts leave out, by the same pattern.
func TestTheIndexHidesWhatExcerptsHide(t *testing.T) {
	t.Parallel()
	_, pool := seeded(t)
	var same bool
	must(t, pool.QueryRow(t.Context(), "select strpos(pg_get_functiondef('source_shown'::regproc), $1) > 0", norms.HiddenPattern).Scan(&same))
	if !same {
		t.Errorf("the pages hide %s, the index something else: a migration has to make source_shown anew, and the indexes", norms.HiddenPattern)
	}
}

// Whoever tries edits is not told what stands in a text where pages hide it.
func TestWhatPagesHideIsNotFoundOutByQuotingIt(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	const text = "Ask 06 12 34 56 78 about Paris Call principle 1."
	slug, sql := withText(text)
	rewrite(t, pool, sql)
	thief := person(t, pool, "Carl", account.Contributor)
	tries := func(words string, at int) string {
		t.Helper()
		line := norms.PutCitationLine{Source: slug, Initiative: "microsoft-newsguard", Text: words, References: []norms.Reference{
			{Text: words, Start: at, End: at + utf8.RuneCountInString(words), Name: "Paris Call", Agreement: "paris-call", Labels: []string{"1"}}}}
		found, err := s.Preview(t.Context(), thief, []norms.Edit{line})
		must(t, err)
		if found[0].Problem == nil {
			return ""
		}
		return strings.ReplaceAll(found[0].Problem.Error(), words, "WORDS")
	}
	at := strings.Index(text, "12 34")
	right, wrong, dots := tries("12 34", at), tries("12 35", at), tries("•••••", at)
	if right == "" || right != wrong || right != dots {
		t.Errorf("the right guess is answered %q, a wrong one %q, dots %q", right, wrong, dots)
	}
	const shown = "Paris Call principle 1"
	if problem := tries(shown, strings.Index(text, shown)); problem != "" {
		t.Errorf("what pages show is refused: %s", problem)
	}
	if problem := tries(shown, 2); !strings.Contains(problem, "in the text of “") || strings.Contains(problem, slug) {
		t.Errorf("what stands elsewhere is answered %q", problem)
	}
}
