package intake

import (
	"cmp"
	"fmt"
	"slices"

	"normmap/internal/citation"
)

// reasons say why numbers could not be read and what to do.
var reasons = map[citation.Reason]string{
	citation.NoAgreement:       "nothing says of which agreement this is: name it, or leave it out",
	citation.SeveralAgreements: "this may be of any of the agreements named before: name the one that is meant",
	citation.NotKnown:          "no agreement is known by these letters: write its name, or add them to the names of the one that is meant",
	citation.OnlyCounts:        "these numbers may be of the agreement named above, or only count what stands there: cite it by its name if it is meant",
	citation.NotNamed:          "this belongs to a text without a name: name the agreement if it is one, or leave it out",
}

// problems are what a person should look at, in order of place.
func (d *document) problems(r Reading, passages []citation.Passage) []Problem {
	var out []Problem
	for _, p := range passages {
		out = append(out, Problem{Span{p.Start, p.End}, NotRead, p.Text, reasons[p.Reason]})
	}
	for _, ref := range d.references() {
		if ref.Agreement == "" {
			out = append(out, Problem{Span{ref.Start, ref.End}, UnknownName, ref.Text, fmt.Sprintf("no agreement is recorded under the name %q: record it, or add the name to one that is", ref.Name)})
		}
	}
	for _, i := range r.Initiatives {
		if len(i.References) == 0 && !slices.ContainsFunc(i.Parts, func(p Initiative) bool { return len(p.References) > 0 }) {
			out = append(out, Problem{i.Span, NothingCited, i.Title, "nothing is cited for this: say which principles it supports, or leave it out"})
		}
	}
	for _, i := range d.leftOut {
		b := d.blocks[i]
		out = append(out, Problem{d.span(b.Whole), LeftOut, plain(b.Body.Of(d.text)), "this reads like a courtesy, like what somebody stands by, or like something that was not done: add it if it tells of something that was done"})
	}
	for _, l := range r.Links {
		if l.Missing {
			out = append(out, Problem{l.Span, AddressMissing, l.Text, "the address of this link was lost: if it is known, correct the initiative and write it into its web address"})
		}
	}
	slices.SortStableFunc(out, func(a, b Problem) int { return cmp.Compare(a.Start, b.Start) })
	return out
}
