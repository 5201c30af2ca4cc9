package synth

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"normmap/internal/norms"
)

// cites says whether a contribution cites principles for an initiative, and
// mostCited how many at most: about 2.8 a piece, counting all initiatives.
func (w *world) cites(i int) bool { return percent(w.rand(kindLine, i), 70) }

const mostCited = 7

// line is the line of citations of an initiative.
func (w *world) line(i int) norms.PutCitationLine {
	r := w.rand(kindLine, i+1<<32)
	reporter := w.reporter(i)
	e := norms.PutCitationLine{Source: contributionSlug(reporter), Initiative: initiativeSlug(i), Place: fmt.Sprintf("page %d", 1+r.IntN(30))}
	for _, group := range w.cited(r) {
		e.References = append(e.References, reference(group))
	}
	e.References = append(e.References, doubtful(r, w.agreements)...)
	printed := make([]string, len(e.References))
	for j, ref := range e.References {
		printed[j] = ref.Text
	}
	e.Text = strings.Join(printed, "; ")
	return e
}

// cited are principles by agreement, each group in the order of the text.
func (w *world) cited(r *rand.Rand) [][]slot {
	var groups [][]slot
	for _, rank := range w.popularity.several(r, 1+r.IntN(mostCited)) {
		s := w.slotOf(rank)
		at := slices.IndexFunc(groups, func(g []slot) bool { return g[0].agreement == s.agreement })
		if at < 0 {
			groups = append(groups, []slot{s})
			continue
		}
		groups[at] = append(groups[at], s)
	}
	for _, g := range groups {
		slices.SortFunc(g, func(a, b slot) int { return a.place - b.place })
	}
	return groups
}

// reference is a group as a contribution prints it.
func reference(group []slot) norms.Reference {
	a := group[0].agreement
	labels := make([]string, len(group))
	for i, s := range group {
		labels[i] = number(s)
	}
	return norms.Reference{Text: printed(agreementName(a), string(noun(a)), labels), Start: -1, End: -1, Name: agreementName(a),
		Agreement: agreementSlug(a), Labels: labels}
}

func printed(name, noun string, labels []string) string {
	if n := len(labels); n > 1 {
		return name + " " + noun + "s " + strings.Join(labels[:n-1], ", ") + " and " + labels[n-1]
	}
	return name + " " + noun + " " + labels[0]
}

// doubtful is, in a few lines, a reference that leads nowhere: to an agreement
// that is not on record, or to a number that it does not have.
func doubtful(r *rand.Rand, agreements int) []norms.Reference {
	switch n := r.IntN(100); {
	case n < 2:
		return []norms.Reference{{Text: "Willow Manifesto principle 3", Start: -1, End: -1, Name: "Willow Manifesto", Labels: []string{"3"}}}
	case n < 4:
		a := r.IntN(agreements)
		return []norms.Reference{{Text: printed(agreementName(a), string(noun(a)), []string{"99"}), Start: -1, End: -1, Name: agreementName(a),
			Agreement: agreementSlug(a), Labels: []string{"99"}}}
	}
	return nil
}

// resolved is how many links a line makes. A contribution without a date may
// mean either edition of an agreement that has two.
func (w *world) resolved(i int) (links int) {
	r := w.rand(kindLine, i+1<<32)
	r.IntN(30) // the page
	dated := w.contributedIn(w.reporter(i)) != 0
	for _, group := range w.cited(r) {
		if dated || !revised(group[0].agreement) {
			links += len(group)
		}
	}
	return links
}

func (w *world) writeLines() error {
	citing := make([]int, 0, w.initiatives)
	for i := range w.initiatives {
		if n := w.resolved(i); w.cites(i) && w.contributed+n <= w.links {
			w.contributed += n
			citing = append(citing, i)
		}
	}
	return w.writeEach("What the contributions cite", len(citing), func(i int) norms.Edit { return w.line(citing[i]) }, nil)
}
