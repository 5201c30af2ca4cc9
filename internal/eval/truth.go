package main

import (
	"cmp"
	"context"
	"slices"

	"normmap/internal/norms"
	"normmap/internal/store"
)

// truth is what the record says: the principles that each initiative's own
// contributor cites for it, of current editions, and all that could be meant.
type truth struct {
	initiatives []string
	cites       map[string][]string // principles of an initiative
	links       int
	principles  []principle
	cited       []string // agreements of which any is cited
}

// principle is one that could be suggested.
type principle struct{ ref, agreement string }

func readTruth(ctx context.Context, s *store.Store) (truth, error) {
	t := truth{cites: map[string][]string{}}
	links, err := everything(func(p norms.Page) (norms.List[norms.LinkRow], error) {
		return s.Links(ctx, norms.LinkFilter{Origin: "contributor", Relation: "supports"}, p)
	})
	if err != nil {
		return t, err
	}
	for _, l := range links {
		if !l.Current || slices.Contains(t.cites[l.Initiative], l.Principle) {
			continue
		}
		t.cites[l.Initiative] = append(t.cites[l.Initiative], l.Principle)
		t.links++
		if !slices.Contains(t.initiatives, l.Initiative) {
			t.initiatives = append(t.initiatives, l.Initiative)
		}
		if !slices.Contains(t.cited, l.Agreement) {
			t.cited = append(t.cited, l.Agreement)
		}
	}
	rows, err := everything(func(p norms.Page) (norms.List[norms.PrincipleRow], error) {
		return s.Principles(ctx, norms.PrincipleFilter{}, p)
	})
	for _, p := range rows {
		t.principles = append(t.principles, principle{p.Ref, p.Agreement})
	}
	return t, err
}

// everything reads a list page by page.
func everything[T any](page func(norms.Page) (norms.List[T], error)) ([]T, error) {
	var all []T
	for p := (norms.Page{Limit: norms.MaxLimit}); ; {
		list, err := page(p)
		if err != nil {
			return nil, err
		}
		all = append(all, list.Items...)
		if list.Next == nil {
			return all, nil
		}
		p.Cursor = *list.Next
	}
}

// standing is how a principle stands among all that could be named, by how
// many others cite it.
type standing struct{ above, equal int }

// among is how likely it is to be one of the first n, when lot decides between
// equals.
func (s standing) among(n int) float64 {
	return max(0, min(1, float64(n-s.above)/float64(s.equal)))
}

// mostCited guesses without looking at the initiative: the principles that
// most others cite come first. What it cites already is left out, and what is
// hidden is not counted. Equals come in the order of the texts; how they would
// stand by lot is told of those that are hidden.
func (t truth) mostCited(q question) (refs []string, byLot map[string]standing) {
	count := map[string]int{}
	for _, i := range t.initiatives {
		if i != q.initiative {
			for _, ref := range t.cites[i] {
				count[ref]++
			}
		}
	}
	for _, p := range t.principles {
		known := slices.Contains(t.cites[q.initiative], p.ref) && !slices.Contains(q.hidden, p.ref)
		if !known && (q.among == nil || slices.Contains(q.among, p.agreement)) {
			refs = append(refs, p.ref)
		}
	}
	slices.SortStableFunc(refs, func(a, b string) int { return cmp.Compare(count[b], count[a]) })
	byLot = map[string]standing{}
	for _, h := range q.hidden {
		var s standing
		for _, ref := range refs {
			switch {
			case count[ref] > count[h]:
				s.above++
			case count[ref] == count[h]:
				s.equal++
			}
		}
		byLot[h] = s
	}
	return refs, byLot
}
