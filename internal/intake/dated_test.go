package intake_test

import (
	"strings"
	"testing"

	"normmap/internal/citation"
	"normmap/internal/intake"
	"normmap/internal/norms"
)

// The day of a document stands on a line of its own, at its other end or at its
// foot; other days of it are not.
func TestWhereADocumentSaysItsDay(t *testing.T) {
	t.Parallel()
	work := "We run a help desk for schools (Paris Call principle 1).\n\n"
	for text, want := range map[string]norms.Date{
		"Reference: MNC/118                    11 August 2022\n\n" + work:     "2022-08-11",
		strings.Repeat(work, 40) + "Geneva, 8 July 2022\n":                    "2022-07-08",
		strings.Repeat(work, 40) + "Fait à Namur, le 8 juillet 2022\n":        "2022-07-08",
		strings.Repeat(work, 40) + "Sources:\n- Report of ENISA, May 2020\n":  "",
		strings.Repeat(work, 40) + "Completed: 8 July 2022\n":                 "",
		strings.Repeat(work, 40) + "The bank has done so since 8 July 2022\n": "",
	} {
		if r := read(t, citation.NewGrammar(names), text, intake.Options{}); r.Dated != want {
			t.Errorf("%q is of %q, want %q", text[max(0, len(text)-80):], r.Dated, want)
		}
	}
}
