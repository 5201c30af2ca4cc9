package contribution

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"normmap/internal/intake"
	"normmap/internal/norms"
	"normmap/internal/store/browse"
)

// FitsAnother is the kind of problem of a citation whose words fit another
// principle clearly better than the one that it cites by number.
const FitsAnother intake.ProblemKind = "fits_another"

// Problems are what a person should look at, in order of place: what could not
// be read, and numbers that do not fit their words.
func (c Contribution) Problems() []intake.Problem {
	all := slices.Concat(c.Reading.Problems, c.hints)
	slices.SortStableFunc(all, func(a, b intake.Problem) int { return cmp.Compare(a.Start, b.Start) })
	return all
}

// hints holds what a text says against what it cites.
func (r Reader) hints(ctx context.Context, text string, found []browse.ReadReference) ([]intake.Problem, error) {
	hints, err := r.Store.Hints(ctx, text, found)
	if err != nil {
		return nil, fmt.Errorf("comparing words with what is cited: %w", err)
	}
	var all []intake.Problem
	for _, h := range hints {
		ref := found[h.Cite]
		all = append(all, intake.Problem{Span: intake.Span{Start: ref.Start, End: ref.End}, Kind: FitsAnother, Text: ref.Text, What: better(h.QuoteHint)})
	}
	return all, nil
}

// better says what fits better, and why.
func better(h norms.QuoteHint) string {
	shares := fmt.Sprintf("%s “%s” (shares: %s)", h.Principle, h.Title, strings.Join(h.Shares(), ", "))
	if h.Open {
		return "of the principles that this may mean one fits the words beside it best: " + shares + ": decide which is meant"
	}
	return "another principle fits the words beside this better: " + shares + ": ask which is meant; the citation stays as it is printed"
}
