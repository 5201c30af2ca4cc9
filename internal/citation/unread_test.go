package citation

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestUnreadNumbersAreShown(t *testing.T) {
	t.Parallel()
	g := NewGrammar([]Name{{Agreement: "tech-accord", Text: "Tech Accord"}, {Agreement: "paris-call", Text: "Paris Call"}})
	for text, want := range map[string][]string{
		"(Tech Accord principle 2, Paris Call principles 1 and 9)": nil,
		"Tech Accord principle 2 and Foo 8":                        {"Foo 8"},
		"see 7; Tech Accord principle 2, also 3rd":                 {"see 7", "also 3rd"},
		"Tech Accord principle 2 – as agreed":                      nil,
		"nothing but 5 here":                                       {"nothing but 5 here"},
		"":                                                         nil,
	} {
		if d := cmp.Diff(want, Unread(text, g.Parse(text))); d != "" {
			t.Errorf("%q: %s", text, d)
		}
	}
}

// A list that nothing owns is read once, not again from each of its numbers:
// reading these would take hours.
func TestALongListThatNothingOwnsIsReadOnce(t *testing.T) {
	t.Parallel()
	g := NewGrammar([]Name{{Agreement: "paris-call", Text: "Paris Call"}})
	for _, again := range []string{"1 (a), ", "1 (a b), "} {
		if refs := g.Parse(strings.Repeat(again, 1<<20/len(again))); len(refs) != 0 {
			t.Errorf("%q again and again cites %d times", again, len(refs))
		}
	}
	if refs := g.Parse("See 1 (a), 2 (b), 13(f) and 13(g) of the Paris Call"); len(refs) != 1 || len(refs[0].Labels) != 4 {
		t.Errorf("a list that a name follows: %+v", refs)
	}
}
