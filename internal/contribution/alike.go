package contribution

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"normmap/internal/anchor"
)

// Alike is a recorded source whose text is largely that of a document.
type Alike struct {
	Slug  string
	Title string
	Share int // of its words stand in the document too, in percent
}

const (
	// versionFrom is the share of the words of a text, in percent, from which a
	// document may be a new version of it, and backFrom that of the document's own
	// words that it then has from there: a volume that reprints a letter is none.
	versionFrom = 60
	backFrom    = 30
	// mostAlike is how many sources are told.
	mostAlike = 3
)

// alike finds the sources that a document may be a new version of, the likest
// first. It only says so: nothing is made of it unless somebody does.
func (r Reader) alike(ctx context.Context, c Contribution) ([]Alike, error) {
	texts, err := r.Store.LikelyTexts(ctx, c.Organization.Slug, probes(c.Received.Text))
	if err != nil {
		return nil, fmt.Errorf("looking for an earlier version of the document: %w", err)
	}
	var out []Alike
	for _, t := range texts {
		there, back := share(t.Text, c.Received.Text), share(c.Received.Text, t.Text)
		if there >= versionFrom && back >= backFrom {
			out = append(out, Alike{t.Slug, t.Title, there})
		}
	}
	slices.SortStableFunc(out, func(a, b Alike) int { return cmp.Compare(b.Share, a.Share) })
	return out[:min(len(out), mostAlike)], nil
}

// share is how many of the words of a text stand in another one, in percent,
// rounded down: 100 is all of them.
func share(of, in string) int {
	common, all := anchor.Share(of, in)
	if all == 0 {
		return 0
	}
	return common * 100 / all
}

const (
	probeCount  = 12
	probeLength = 40 // code points
)

// probes are pieces of long lines, spread over a text: where none of them stands,
// there is no earlier version.
func probes(text string) []string {
	var long [][]rune
	for line := range strings.Lines(text) {
		if runes := []rune(strings.TrimSpace(line)); len(runes) >= probeLength {
			long = append(long, runes)
		}
	}
	var out []string
	for i := range min(probeCount, len(long)) {
		line := long[i*len(long)/min(probeCount, len(long))]
		out = append(out, string(line[(len(line)-probeLength)/2:][:probeLength]))
	}
	return out
}
