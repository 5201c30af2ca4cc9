package citation

import (
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
