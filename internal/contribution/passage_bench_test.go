package contribution

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"normmap/internal/norms"
)

// longText is a letter that tells of one initiative in so many places that no
// line of it is short work.
func longText(lines int) norms.ProposalText {
	p := norms.ProposalText{Source: "letter", List: []norms.ProposedEdit{{Position: 1, Edit: norms.PutInitiative{Slug: "one", Source: "letter", Place: "line 1"}, Decision: norms.Undecided}}}
	var b strings.Builder
	at := 0
	for i := range lines {
		const cited = "Paris Call principle 1"
		line := norms.PutCitationLine{Source: "letter", Initiative: "one", References: []norms.Reference{{Text: cited, Start: at + 2, End: at + 2 + len(cited), Labels: []string{"1"}}}}
		p.List = append(p.List, norms.ProposedEdit{Position: i + 2, Version: 1, Edit: line, Decision: norms.Undecided})
		n, _ := fmt.Fprintf(&b, "- %s is what we do.\n\n", cited)
		at += n
	}
	p.Text = b.String()
	return p
}

// BenchmarkDesk lays out texts of which one is ten times as long as the other:
// the time goes up tenfold, not a hundredfold.
func BenchmarkDesk(b *testing.B) {
	for _, lines := range []int{2_000, 20_000} {
		p := longText(lines)
		b.Run(fmt.Sprint(lines), func(b *testing.B) {
			for b.Loop() {
				d := newDesk(p)
				if err := d.cut(context.Background(), 0); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
