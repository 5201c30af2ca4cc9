package contribution

import (
	"strings"
	"testing"

	"normmap/internal/citation"
)

// In a letter whose lines were broken by hand, what is recorded of a citation is
// its sentence and no half of one; elsewhere it is its line.
func TestPassagesAreSentences(t *testing.T) {
	t.Parallel()
	g := citation.NewGrammar([]citation.Name{{Agreement: "paris-call", Text: "Paris Call"}, {Agreement: "tech-accord", Text: "Tech Accord"}})
	for text, want := range map[string]string{
		"We keep a copy of everything for five weeks. Nobody can\ndelete it, our own staff included, and that serves Paris\nCall principle 1 as much as Tech Accord principles\n1 and 3. Of late we have added more.": "Nobody can\ndelete it, our own staff included, and that serves Paris\nCall principle 1 as much as Tech Accord principles\n1 and 3.",
		"We watch elections, as in\nprinciple 7 of the Paris Call,\nand we teach.":                                                          "principle 7 of the Paris Call",
		"- Two-step login for every customer that has an account.\n  (Paris Call principle 7)\n- Another thing.":                            "(Paris Call principle 7)",
		"- Two-step login for every customer that has one (Paris\n  Call principle 7), free of charge\n- Another thing.":                    "- Two-step login for every customer that has one (Paris\n  Call principle 7), free of charge",
		strings.Repeat("A whole paragraph. ", 12) + "\nThe next one cites Paris Call principle 3. And ends.\nThe last.":                     "The next one cites Paris Call principle 3.",
		"| A long cell that tells of what was done for it | Paris Call 5 |\n| Another cell of the table that is as long | Paris Call 6 |\n": "| A long cell that tells of what was done for it | Paris Call 5 |",
	} {
		l := LinesOf(text)
		if got := l.text(l.printed(g.Parse(text))[0]); got != want {
			t.Errorf("of %q\n%q is recorded, want\n%q", text, got, want)
		}
	}
}
