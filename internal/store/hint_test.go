package store_test

import (
	"testing"

	"normmap/internal/norms"
)

// What waits for review has hints by line and reference, with the text of its
// source or without.
func TestStagedLinesHaveHints(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	const text = "- We audit makers. Paris Call principle 2 (defend electoral processes).\n\n(Paris Call principle 3; paris-call 9)\n"
	reference := func(text string, start int, labels ...string) norms.Reference {
		return norms.Reference{Text: text, Start: start, End: start + len(text), Name: "Paris Call", Agreement: "paris-call", Labels: labels}
	}
	lines := []norms.PutCitationLine{
		{Source: "letter", Initiative: "one", Text: "- We audit makers. Paris Call principle 2 (defend electoral processes).", References: []norms.Reference{reference("Paris Call principle 2", 19, "2")}},
		{Source: "letter", Initiative: "two", Text: "(Paris Call principle 3; paris-call 9)", References: []norms.Reference{reference("Paris Call principle 3", 74, "3"), reference("paris-call 9", 98, "9")}},
	}
	for _, of := range []string{text, ""} {
		hints, err := s.StagedHints(t.Context(), of, lines, "2024")
		if err != nil || len(hints) != 2 || len(hints[0]) != 1 || len(hints[1]) != 2 {
			t.Fatalf("hints are %+v, %v", hints, err)
		}
		if h := hints[0][0]; h == nil || h.Principle != "paris-call/3" || h.Kind != "quoted" {
			t.Errorf("the wrong number: %+v", h)
		}
		if hints[1][0] != nil || hints[1][1] != nil {
			t.Errorf("right numbers: %+v", hints[1])
		}
	}
	if hints, err := s.StagedHints(t.Context(), "Another text", lines, "2024"); err != nil || hints[0][0] != nil {
		t.Errorf("in another text: %+v, %v", hints, err)
	}
}

// No number of the seeds is hinted at: what their sources say is about deeds.
func TestTheSeedsHaveNoHints(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	list := read[norms.List[norms.SourceRow]](t)(s.Sources(t.Context(), norms.SourceFilter{}, norms.Page{Limit: norms.MaxLimit}))
	looked := 0
	for _, row := range list.Items {
		for _, l := range read[norms.Source](t)(s.Source(t.Context(), row.Slug)).Lines {
			for _, r := range l.References {
				looked++
				if r.Hint != nil {
					t.Errorf("%s: %s: %+v", row.Slug, r.Text, r.Hint)
				}
			}
		}
	}
	if looked != 29 {
		t.Errorf("%d references were looked at", looked)
	}
}
