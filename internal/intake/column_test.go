package intake_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/citation"
	"normmap/internal/intake"
)

// Numbers beside several agreements are those of each in turn, or nobody's; what
// stands over the table has no say then.
func TestNumbersBesideSeveralAgreements(t *testing.T) {
	t.Parallel()
	for _, column := range []string{"Principle", "Numbers", "No."} {
		text := "## What we did for the Paris Call\n\n| Project | Agreement | " + column + " |\n|---|---|---|\n" +
			"| Night watch | Paris Call; Tech Accord | 6; 1 |\n| Courses | Paris Call | 8, 3 |\n| Help desk | Tech Accord, Paris Call | 1; 2; 4 |\n"
		r := read(t, citation.NewGrammar(names), text, intake.Options{})
		var got []string
		for _, i := range r.Initiatives {
			line := i.Title + ":"
			for _, ref := range i.References {
				line += " " + ref.Agreement + " " + ref.Text
			}
			got = append(got, line)
		}
		if diff := cmp.Diff([]string{"Night watch: paris-call 6 tech-accord 1", "Courses: paris-call 8, 3", "Help desk:"}, got); diff != "" {
			t.Errorf("under %s (-want +got)\n%s", column, diff)
		}
		if !slices.ContainsFunc(r.Problems, func(p intake.Problem) bool {
			return p.Kind == intake.NotRead && p.Text == "1; 2; 4" && strings.Contains(p.What, "name the one that is meant")
		}) {
			t.Errorf("under %s the problems are %+v", column, r.Problems)
		}
	}
	r := read(t, citation.NewGrammar(names), "## Paris Call\n\n| No. | Project |\n|---|---|\n| 1 | Night watch |\n| 2 | Courses |\n", intake.Options{})
	for _, i := range r.Initiatives {
		if len(i.References) > 0 {
			t.Errorf("the number of a row is read as %+v", i.References)
		}
	}
}
