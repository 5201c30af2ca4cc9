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

// Numbers beside a cell that only tells of an agreement are of another one, or count
// something.
func TestNumbersThatAreOfNoAgreementBeside(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"| Activity | Number |\n|---|---|\n| Paris Call webinars | 4 |\n| Tech Accord workshops | 7 |\n":                                  "",
		"| Project | Partner | # |\n|---|---|---|\n| Night watch | Paris Call community | 3 |\n":                                          "",
		"| Project | Agreement | Principle |\n|---|---|---|\n| Workshop for Paris Call and Tech Accord members | Tech Accord | 1; 2 |\n":  "tech-accord 1; 2",
		"| Project | Agreement | Principle |\n|---|---|---|\n| Paris Call anniversary workshop | Tech Accord | 2 |\n":                     "tech-accord 2",
		"| Project | Paris Call or other framework | Accord | Principle |\n|---|---|---|---|\n| Watch | Paris Call | Tech Accord | 2 |\n": "",
	} {
		got := ""
		for _, i := range read(t, citation.NewGrammar(names), "# What we did\n\n"+text, intake.Options{}).Initiatives {
			for _, ref := range i.References {
				got += ref.Agreement + " " + ref.Text
			}
		}
		if got != want {
			t.Errorf("%s cites %q, want %q", text, got, want)
		}
	}
}
