package intake_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/citation"
	"normmap/internal/intake"
)

// Lines that cite belong to the lists after them where they give the titles of what
// they cite, and to the paragraph before them where they only cite.
func TestWhatLinesThatCiteBelongTo(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"We keep to what we signed.\n\nParis Call, principle 1 - people\n\n- Help desk.\n- Courses.\n\nParis Call, principle 5 - arms\n\n- Reports.\n": {"Help desk: 1", "Courses: 1", "Reports: 5"},
		"We run a help desk for hospitals.\n\nParis Call principle 5\n\n- It answers by day.\n\nTech Accord principle 1\n\n- Web: example.org\n":       {"We run a help desk for hospitals: 5", "It answers by day: 1", "Web:"},
	} {
		var got []string
		for _, i := range read(t, citation.NewGrammar(names), "# Orrin\n\n"+text, intake.Options{}).Initiatives {
			line := i.Title + ":"
			for _, ref := range i.References {
				line += " " + ref.Labels[0].Text
			}
			got = append(got, line)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got)\n%s", text, diff)
		}
	}
}
