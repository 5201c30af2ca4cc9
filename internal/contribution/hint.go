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

// hintOnDesk holds the piece of a text that the desk shows against what cards
// cite in it.
func (r Reader) hintOnDesk(ctx context.Context, d *desk, shown []*norms.DeskCard) error {
	var cites []browse.ReadReference
	var about []*norms.DeskReference
	for _, c := range shown {
		for i := range c.References {
			ref := &c.References[i]
			if cite, ok := d.cited(ref); ok && standing(*c) {
				cites, about = append(cites, cite), append(about, ref)
			}
		}
	}
	hints, err := r.Store.Hints(ctx, string(d.lines.runes[d.Start:d.End]), cites)
	if err != nil {
		return fmt.Errorf("comparing words on the desk with what is cited: %w", err)
	}
	for _, h := range hints {
		for i := range h.Words {
			h.Words[i].Start += d.Start
			h.Words[i].End += d.Start
		}
		about[h.Cite].Hint = &h.QuoteHint
	}
	return nil
}

// cited is a reference as the check takes it, with its places in the piece that
// is shown and with what somebody decided about it; false when it does not stand
// there. Of what is set aside nothing is said any more.
func (d *desk) cited(ref *norms.DeskReference) (browse.ReadReference, bool) {
	out := browse.ReadReference{Reference: asCited(ref.Reference)}
	out.Start, out.End = ref.Start-d.Start, ref.End-d.Start
	for _, m := range ref.Citations {
		c := browse.ReadCitation{Label: m.Label, Resolution: m.Resolution, Candidates: m.Candidates}
		switch m.Decided.Decision {
		case "resolve":
			c.Resolution, c.Candidates = norms.Resolved, []norms.Candidate{{Principle: m.Decided.Principle}}
		case "set_aside":
			out.Agreement = ""
		}
		out.Citations = append(out.Citations, c)
	}
	return out, ref.Stands && ref.Start >= d.Start && ref.End <= d.End
}

// better says what fits better, and why.
func better(h norms.QuoteHint) string {
	shares := fmt.Sprintf("%s “%s” (shares: %s)", h.Principle, h.Title, strings.Join(h.Shares(), ", "))
	if h.Open {
		return "of the principles that this may mean one fits the words beside it best: " + shares + ": decide which is meant"
	}
	return "another principle fits the words beside this better: " + shares + ": ask which is meant; the citation stays as it is printed"
}
