package anchor

import (
	"cmp"
	"context"
	"slices"
)

const (
	// likeness is the share of words that a sentence and what became of it have in
	// common at least.
	likeness = 0.5
	// clearly is by how much one that is more alike than others has to be so.
	clearly = 0.05
	// standing beside what became of a neighbour speaks for a unit by so much.
	standing = 0.15
	// rarest is by how many of its words one is looked for, and common in how many
	// units a word may stand to be one of them.
	rarest, common = 12, 60
	// fitting is with how many units one is compared.
	fitting = 10
)

// pair is a unit and one that may have become of it.
type pair struct {
	from, to int
	like     float64
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
	byFrom, byTo := map[int][]pair{}, map[int][]pair{}
	for _, p := range pairs {
		byFrom[p.from], byTo[p.to] = append(byFrom[p.from], p), append(byTo[p.to], p)
	}
	for again := true; again; {
		again = false
		for _, p := range pairs {
			if a.open(p) && !a.doubted(p, byFrom[p.from]) && !a.doubted(p, byTo[p.to]) {
				a.match(p.from, p.to)
				again = true
			}
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return nil
}

func (a aligning) open(p pair) bool { return a.to[p.from] < 0 && !a.taken[p.to] }

// doubted tells whether another pair is nearly as likely as one, or likelier.
func (a aligning) doubted(p pair, others []pair) bool {
	return slices.ContainsFunc(others, func(o pair) bool { return o != p && a.open(o) && o.like > p.like-clearly })
}

// pairs are units that have rare words in common, or stand between the same
// neighbours, and are alike.
func (a aligning) pairs(ctx context.Context) ([]pair, error) {
	index := a.index()
	count := make([]int32, a.words)
	var out []pair
	for i, u := range a.before.units {
		if i%between == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if a.to[i] >= 0 || len(u.own) < fewWords {
			continue
		}
		for _, j := range a.candidates(i, index) {
			if like := alike(u.own, a.after.units[j].own, count); like >= likeness {
				if a.besideIt(i, j) {
					like += standing
				}
				out = append(out, pair{i, j, like})
			}
		}
	}
	return out, nil
}

// index lists for each word the units of the later version in which it stands.
func (a aligning) index() [][]int {
	out := make([][]int, a.words)
	for j, u := range a.after.units {
		if a.taken[j] || len(u.own) < fewWords {
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

// next is the unit that stands where unit i would if only its words had changed,
// by the neighbour on one side; -1 for none.
func (a aligning) next(i, step int) int {
	if i+step < 0 || i+step >= len(a.to) || a.to[i+step] < 0 {
		return -1
	}
	j := a.to[i+step] - step
	if j < 0 || j >= len(a.taken) || a.taken[j] {
		return -1
	}
	return j
}

func (a aligning) besideIt(i, j int) bool { return a.next(i, -1) == j || a.next(i, 1) == j }

// alike is the share of words that two units have in common, each counted as
// often as it is said. Count is all zeros, before and after.
func alike(a, b, count []int32) float64 {
	for _, w := range a {
		count[w]++
	}
	both := 0
	for _, w := range b {
		if count[w] > 0 {
			count[w]--
			both++
		}
	}
	for _, w := range a {
		count[w] = 0
	}
	return 2 * float64(both) / float64(len(a)+len(b))
}
