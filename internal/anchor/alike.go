package anchor

import (
	"cmp"
	"context"
	"slices"
)

const (
	// likeness is the share of words, by their weights, that a sentence and what
	// became of it have in common at least, and elsewhere where it was moved as well.
	likeness, elsewhere = 0.55, 0.8
	// clearly is by how much one that is more alike than others has to be so.
	clearly = 0.05
	// standing beside what became of a neighbour speaks for a unit by so much.
	standing = 0.15
	// rarest is by how many of its words one is looked for, and common in how many
	// units a word may stand to be one of them.
	rarest, common = 12, 60
	// fitting is with how many units one is compared.
	fitting = 10
	// uneven are two units of which one has so many times the words of the other:
	// they are not alike.
	uneven = 4
)

// pair is a unit and one that may have become of it.
type pair struct {
	from, to int
	like     float64 // and how well it stands
	words    float64 // how like its words are
}

// alike aligns the units whose words are most alike, where no other one is nearly
// as much so.
func (a aligning) alike(ctx context.Context) error {
	pairs, err := a.pairs(ctx)
	if err != nil {
		return err
	}
	slices.SortFunc(pairs, func(p, q pair) int {
		return cmp.Or(cmp.Compare(q.like, p.like), cmp.Compare(p.from, q.from), cmp.Compare(p.to, q.to))
	})
	byFrom, byTo := make([][]pair, len(a.to)), make([][]pair, len(a.from))
	var look []int
	for _, p := range pairs {
		byFrom[p.from], byTo[p.to] = append(byFrom[p.from], p), append(byTo[p.to], p)
		look = append(look, p.from)
	}
	for n := 0; len(look) > 0; n++ {
		if err := asked(ctx, n); err != nil {
			return err
		}
		i := look[len(look)-1]
		look = look[:len(look)-1]
		best, sure := a.likeliest(&byFrom[i])
		if !sure {
			continue
		}
		if other, sure := a.likeliest(&byTo[best.to]); !sure || other != best {
			continue
		}
		a.match(best.from, best.to)
		a.like[best.from] = best.words
		for _, p := range byTo[best.to] {
			look = append(look, p.from)
		}
		for _, p := range byFrom[i] {
			if other, _ := a.likeliest(&byTo[p.to]); other.like > 0 {
				look = append(look, other.from)
			}
		}
	}
	return nil
}

func (a aligning) open(p pair) bool { return a.to[p.from] < 0 && !a.taken(p.to) }

// likeliest is the first of the pairs that are open, the likeliest first, and
// whether no other one is nearly as likely. It forgets those that are not open.
func (a aligning) likeliest(list *[]pair) (pair, bool) {
	for len(*list) > 0 && !a.open((*list)[0]) {
		*list = (*list)[1:]
	}
	for len(*list) > 1 && !a.open((*list)[1]) {
		(*list)[1] = (*list)[0]
		*list = (*list)[1:]
	}
	if len(*list) == 0 {
		return pair{}, false
	}
	best := (*list)[0]
	return best, len(*list) == 1 || (*list)[1].like <= best.like-clearly
}

// pairs are units that have rare words in common, or stand between the same
// neighbours, and are alike.
func (a aligning) pairs(ctx context.Context) ([]pair, error) {
	index := a.index()
	count := make([]int32, len(a.weight))
	var out []pair
	for i, u := range a.before.units {
		if err := asked(ctx, i); err != nil {
			return nil, err
		}
		if a.to[i] >= 0 || len(u.own) < fewWords {
			continue
		}
		for _, j := range a.candidates(i, index) {
			other := a.after.units[j].own
			if len(other) > uneven*len(u.own) || len(u.own) > uneven*len(other) {
				continue
			}
			words := a.alikeness(u.own, other, count)
			if words < likeness {
				continue
			}
			p := pair{i, j, words, words}
			if a.besideIt(i, j) {
				p.like += standing
			}
			out = append(out, p)
		}
	}
	return out, nil
}

// index lists for each word the units of the later version in which it stands.
func (a aligning) index() [][]int {
	out := make([][]int, len(a.weight))
	for j, u := range a.after.units {
		if a.taken(j) || len(u.own) < fewWords {
			continue
		}
		for _, w := range u.own {
			if n := len(out[w]); n <= common && (n == 0 || out[w][n-1] != j) {
				out[w] = append(out[w], j)
			}
		}
	}
	return out
}

// candidates are the units that have most of the rare words of unit i, and those
// beside what became of its neighbours.
func (a aligning) candidates(i int, index [][]int) []int {
	own := slices.Clone(a.before.units[i].own)
	slices.Sort(own)
	own = slices.DeleteFunc(slices.Compact(own), func(w int32) bool { return len(index[w]) == 0 || len(index[w]) > common })
	slices.SortStableFunc(own, func(v, w int32) int { return cmp.Compare(len(index[v]), len(index[w])) })
	votes := map[int]int{}
	for _, w := range own[:min(len(own), rarest)] {
		for _, j := range index[w] {
			votes[j]++
		}
	}
	out := make([]int, 0, len(votes))
	for j := range votes {
		out = append(out, j)
	}
	slices.SortFunc(out, func(j, k int) int { return cmp.Or(cmp.Compare(votes[k], votes[j]), cmp.Compare(j, k)) })
	out = out[:min(len(out), fitting)]
	for _, j := range []int{a.next(i, -1), a.next(i, 1)} {
		if j >= 0 && !slices.Contains(out, j) {
			out = append(out, j)
		}
	}
	return out
}

func (a aligning) besideIt(i, j int) bool { return a.next(i, -1) == j || a.next(i, 1) == j }

// alikeness is the share of words that two units have in common, by their weights,
// each as often as it is said. Count is all zeros, before and after.
func (a aligning) alikeness(was, now, count []int32) float64 {
	both, all := 0.0, 0.0
	for _, w := range was {
		count[w]++
		all += a.weight[w]
	}
	for _, w := range now {
		all += a.weight[w]
		if count[w] > 0 {
			count[w]--
			both += a.weight[w]
		}
	}
	for _, w := range was {
		count[w] = 0
	}
	return 2 * both / all
}
