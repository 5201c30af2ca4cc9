package text_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/text"
)

func TestTextsHaveOneForm(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		" Cafe\u0301\r\nau\rlait\t": "Caf\u00e9\nau\nlait", "\u00a0a\u2003": "a", "": "", "a  b": "a  b",
	} {
		if got := text.Normalize(given); got != want {
			t.Errorf("%q becomes %q, want %q", given, got, want)
		}
	}
}

func TestFieldsOfAStruct(t *testing.T) {
	t.Parallel()
	type word string
	type body struct {
		Title string
		Word  *word
		None  *word
		Count int
		Raw   string `text:"verbatim"`
	}
	type input struct{ Body body }
	given := input{body{Title: " a\r\nb", Word: new(word(" x ")), Count: 3, Raw: " as it is\r\n"}}
	text.NormalizeFields(&given)
	want := input{body{Title: "a\nb", Word: new(word("x")), Count: 3, Raw: " as it is\r\n"}}
	if d := cmp.Diff(want, given); d != "" {
		t.Error(d)
	}
}
