package norms_test

import (
	"testing"

	"normmap/internal/norms"
)

func TestOneLetterInTwoFormatsHasTheSameWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ one, two string }{
		{"# What we do\n\n12 March 2024\n\n- 12 schools (Paris Call principles 1, 5).", "What we do\n\n12 March 2024\n• 12 schools (Paris Call principles 1,\n5)."},
		{"We **really** help, see [the policy](https://example.org/a).", "“We really help”, see the policy."},
		{"principles **1**, **5**", "principles 1, 5"},
		{"principles 1–5", "principles 1-5"},
		{"In 2024\n\n## 12 towns\n", "In 2024\r\n12 towns"},
	} {
		if one, two := words(c.one), words(c.two); one != two {
			t.Errorf("%q and %q are different words", c.one, c.two)
		}
	}
}

// What stands between two numbers says what is cited.
func TestOtherNumbersAreOtherWords(t *testing.T) {
	t.Parallel()
	said := map[string]string{}
	for _, text := range []string{"principles 1, 5", "principles 1-5", "principles 15", "principles 1.5", "principles 1 5", "principles 1/5", "principles 1, 3, 5"} {
		sum := words(text)
		if other, taken := said[sum]; taken {
			t.Errorf("%q has the words of %q", text, other)
		}
		said[sum] = text
	}
}

func words(text string) string { return norms.Document{Text: text}.WordsSHA256() }
