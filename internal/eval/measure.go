package main

import (
	"context"
	"slices"

	"normmap/internal/norms"
	"normmap/internal/store"
)

// question hides links of an initiative; an answer is good that names them.
type question struct {
	initiative string
	hidden     []string
	among      []string // agreements from which to choose; nil means all
}

// method answers a question: how likely it names a hidden principle among its
// first n, which is 0 or 1 for all that do not draw lots.
type method func(context.Context, question) (func(ref string, n int) float64, error)

// hits is how many of the hidden links were named among the first 3 and 5.
type hits struct {
	of3, of5 float64
	links    int
}

// each hides the links one by one: the initiative cites only its others.
func (t truth) each(among []string) []question {
	var all []question
	for _, i := range t.initiatives {
		for _, ref := range t.cites[i] {
			all = append(all, question{i, []string{ref}, among})
		}
	}
	return all
}

// whole hides all links of an initiative at once: only its words and its heading are left.
func (t truth) whole(among []string) []question {
	var all []question
	for _, i := range t.initiatives {
		all = append(all, question{i, t.cites[i], among})
	}
	return all
}

func measure(ctx context.Context, questions []question, ask method) (hits, error) {
	var h hits
	for _, q := range questions {
		among, err := ask(ctx, q)
		if err != nil {
			return h, err
		}
		for _, ref := range q.hidden {
			h.links++
			h.of3 += among(ref, 3)
			h.of5 += among(ref, 5)
		}
	}
	return h, nil
}

// suggested asks as pages do. What is hidden is left out by the question:
// nothing is written.
func suggested(s *store.Store, w norms.Weighing) method {
	return func(ctx context.Context, q question) (func(string, int) float64, error) {
		got, err := s.SuggestionsBy(ctx, norms.SuggestionsAsked{Initiative: q.initiative, Without: q.hidden, Among: q.among}, w)
		var refs []string
		for _, g := range got.Items {
			refs = append(refs, g.Principle)
		}
		return amongFirst(refs), err
	}
}

func amongFirst(refs []string) func(string, int) float64 {
	return func(ref string, n int) float64 {
		if slices.Contains(refs[:min(n, len(refs))], ref) {
			return 1
		}
		return 0
	}
}

// mostCited and byLot are the methods to be better than.
func mostCited(t truth) method {
	return func(_ context.Context, q question) (func(string, int) float64, error) {
		refs, _ := t.mostCited(q)
		return amongFirst(refs), nil
	}
}

func byLot(t truth) method {
	return func(_ context.Context, q question) (func(string, int) float64, error) {
		_, standings := t.mostCited(q)
		return func(ref string, n int) float64 { return standings[ref].among(n) }, nil
	}
}

// better tells whether h is better than o by the margin, among the first 3 and
// among the first 5.
func (h hits) better(o hits) bool {
	least := float64(margin*h.links) / 100
	return h.links > 0 && h.of3-o.of3 >= least && h.of5-o.of5 >= least
}
