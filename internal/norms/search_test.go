package norms_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/norms"
)

func TestFragmentsAreReadFromMarks(t *testing.T) {
	t.Parallel()
	mark := strings.NewReplacer("[", norms.HitStart, "]", norms.HitEnd, "|", norms.Pause)
	tests := map[string]norms.Fragment{
		"":           {},
		"a":          {{Text: "a"}},
		"[a]":        {{Text: "a", Hit: true}},
		"a [b] c":    {{Text: "a "}, {Text: "b", Hit: true}, {Text: " c"}},
		"[a][b]|c":   {{Text: "a", Hit: true}, {Text: "b", Hit: true}, {Text: " … c"}},
		"a [b":       {{Text: "a "}, {Text: "b", Hit: true}},
		"<b>[&]</b>": {{Text: "<b>"}, {Text: "&", Hit: true}, {Text: "</b>"}},
	}
	for text, want := range tests {
		if d := cmp.Diff(want, norms.ParseFragment(mark.Replace(text))); d != "" {
			t.Errorf("%q: %s", text, d)
		}
	}
	for text, want := range map[string]string{"": "", "Whole.": "Whole.", "cut [off] here": "… cut off here …", "Begins, but": "Begins, but …", ", and ends.": "… , and ends."} {
		if got := norms.ParseFragment(mark.Replace(text)).Elided().String(); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}
