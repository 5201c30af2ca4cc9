package citation_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/citation"
)

func TestCellsOfNumbers(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"1, 5": "1 5 ", "principles 2–4.": "2 3 4 principles", "**3**": "3 ", "13(f)": "13(f) ", "IV": "IV ", "n/a": "", "": "", "–": "", "5 people": "", "We do 5": "", "x": "x ",
	} {
		labels, noun := citation.Numbers(text)
		got := ""
		for _, l := range labels {
			got += l.Text + " "
		}
		if got += noun; got != want {
			t.Errorf("%q holds %q, want %q", text, got, want)
		}
	}
}

func TestAgreementsThatATextNames(t *testing.T) {
	t.Parallel()
	got := citation.NewGrammar(names).Named("Paris Call, GCSC and the paris call; Common Code")
	want := []citation.Name{{Agreement: "paris-call", Text: "Paris Call"}, {Agreement: "gcsc", Text: "GCSC"}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}
