package contribution_test

import (
	"strings"
	"testing"

	"normmap/internal/contribution"
	"normmap/internal/norms"
)

// A split offers the sentence that begins after what was cited before, wherever
// its lines end.
func TestASplitIsCalledByItsFirstSentence(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, text, title string
		line              int
	}{
		{"the next in a list", "- We run a help desk (Paris Call 1)\n\n- We train teachers (Paris Call 5)\n", "We train teachers", 3},
		{"a sentence that goes over a line", "We run a help desk (Paris Call 1). We also\ntrain teachers in schools (Paris Call 5).\n", "We also train teachers in schools", 1},
		{"the end of a sentence before it", "We run a help desk (Paris Call 1)\nfor all who ask. Since 2019 we\ntrain teachers (Paris Call 5).\n", "Since 2019 we train teachers", 2},
		{"one that begins on a line of its own", "We run a help desk (Paris Call 1)\nWe train teachers (Paris Call 5)\n", "We train teachers", 2},
		{"the same sentence", "We run a help desk (Paris Call 1) and train\nteachers (Paris Call 5).\n", "and train teachers", 1},
		{"nothing but citations", "We run a help desk\n\n(Paris Call 1)\n\n(Paris Call 5)\n", "", 5},
	} {
		cite := func(text string) norms.PutCitationLine {
			start := len([]rune(tt.text[:strings.Index(tt.text, text)]))
			return norms.PutCitationLine{Source: "s", Initiative: "i", Text: text, References: []norms.Reference{{Text: text, Start: start, End: start + len([]rune(text))}}}
		}
		p := norms.ProposalText{Text: tt.text, List: []norms.ProposedEdit{{Position: 1, Edit: cite("Paris Call 1"), State: norms.EditReady}}}
		if title, line := contribution.Opening(p, cite("Paris Call 5")); title != tt.title || line != tt.line {
			t.Errorf("%s: %q on line %d, want %q on line %d", tt.name, title, line, tt.title, tt.line)
		}
	}
}

// What is an initiative of the proposal already is not offered as a new one.
func TestASplitIsNotCalledAsAnotherInitiative(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.sends("letter.md", letter).Proposal
	p, err := d.store.ProposalText(t.Context(), d.proposer, id)
	if err != nil {
		t.Fatal(err)
	}
	line := d.at(id, "Charter of Rome").Edit.(norms.PutCitationLine)
	if title, n := contribution.Opening(p, line); title != "" || n != contribution.LinesOf(p.Text).Of(line.References[0].Start) {
		t.Errorf("after two parts of it %q on line %d is offered", title, n)
	}
}
