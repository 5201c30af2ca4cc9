package citation_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/citation"
)

// A citation is the same whichever of its blanks is the end of a line.
func TestCitationsOverLineEnds(t *testing.T) {
	t.Parallel()
	g := citation.NewGrammar(append(names, citation.Name{Agreement: "manrs", Text: "Network operators", Edition: "network-operators"}))
	for _, before := range []string{"We teach 2,000 pupils in the schools of the north since 2019 ", "- We teach 2,000 pupils in the schools of the north since 2019 ", "A course "} {
		for _, cited := range []string{
			"(Tech Accord 1; Paris Call 6, 8)",
			"[Tech Accord #3, #4]",
			"(MANRS actions 1 and 4 for network operators)",
			"(Cybersecurity Tech Accord principles 1 and 2)",
			"(Paris Call principles 1 to 3)",
			"(see principle 9 of the Paris Call)",
			"(UN GGE norms 13 (f) and (g))",
			"under Paris Call 6, 8",
			"under MANRS actions 1 and 4 for network operators",
			"under norms (f) and (g) of the UN GGE",
			"under the fifth principle of the Paris Call",
			"under principles 5 and 9 of the Paris Call",
			"under Article 21 NIS 2",
		} {
			if before == "A course " && !strings.HasPrefix(cited, "(") && !strings.HasPrefix(cited, "[") {
				continue
			}
			want := labelled(g, before+cited+".")
			for i, r := range cited {
				if r != ' ' {
					continue
				}
				text := before + cited[:i] + "\n" + cited[i+1:] + "."
				if diff := cmp.Diff(want, labelled(g, text)); diff != "" {
					t.Errorf("%q (-want +got)\n%s", text, diff)
				}
			}
		}
	}
}

// labelled is what a text cites, line ends being blanks.
func labelled(g *citation.Grammar, text string) []string {
	var all []string
	for _, r := range g.Parse(text) {
		for _, l := range r.Labels {
			all = append(all, strings.Join(strings.Fields(fmt.Sprintf("%s/%s %s %s", r.Agreement, r.Edition, r.Name, l.Text)), " "))
		}
	}
	return all
}

// Lines that somebody ended are not read as one.
func TestShortLinesStandByThemselves(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"Friends of the Paris Call\n1, Main Street\nAndorra",
		"We joined in 2019:\nParis Call\n2 countries\n",
	} {
		if got := citation.NewGrammar(names).Parse(text); len(got) > 0 {
			t.Errorf("%q cites %+v", text, got)
		}
	}
}
