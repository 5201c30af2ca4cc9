package anchor

import (
	"cmp"
	"slices"

	"normmap/internal/outline"
)

const (
	// likeness is the share of words that a paragraph and what became of it have
	// in common at least.
	likeness = 0.5
	// farthest is how many paragraphs on either side are compared in long texts.
	farthest = 500
	// lookAhead is how many paragraphs after another one what hangs on it may stand.
	lookAhead = 3
)

// align finds out which block became which: first those whose words are the same
// and stand once in either version, then those that are most alike, then those
// that belong to one of these.
func (v *Versions) align() {
	v.to = slices.Repeat([]int{-1}, len(v.before.blocks))
	taken := make([]bool, len(v.after.blocks))
	v.alignSame(taken)
	v.alignLike(taken)
	v.alignHanging(taken)
	v.moved = outOfOrder(v.to)
}

// once are the blocks whose own words stand in no other one.
func once(blocks []block, known func(block) bool) map[string]int {
	out := map[string]int{}
	for i, b := range blocks {
		if !known(b) {
			continue
		}
		key := join(b.own)
		if _, again := out[key]; again {
			out[key] = -1
			continue
		}
		out[key] = i
	}
	return out
}

func (v *Versions) alignSame(taken []bool) {
	known := func(b block) bool { return len(b.own) > 0 && !b.hanging() }
	now := once(v.after.blocks, known)
	for key, i := range once(v.before.blocks, known) {
		if j, there := now[key]; there && i >= 0 && j >= 0 {
			v.to[i], taken[j] = j, true
		}
	}
}

// pair is a block and one that may have become of it.
type pair struct {
	from, to int
	like     float64
	apart    float64 // how far from each other they stand, as a share of the texts
}

func (v *Versions) alignLike(taken []bool) {
	var pairs []pair
	for i, b := range v.before.blocks {
		if v.to[i] < 0 && len(b.own) >= fewWords {
			pairs = v.alikeTo(pairs, i, taken)
		}
	}
	slices.SortFunc(pairs, func(a, b pair) int {
		return cmp.Or(cmp.Compare(b.like, a.like), cmp.Compare(a.apart, b.apart), cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to))
	})
	for _, p := range pairs {
		if v.to[p.from] < 0 && !taken[p.to] {
			v.to[p.from], taken[p.to] = p.to, true
		}
	}
}

func (v *Versions) alikeTo(pairs []pair, from int, taken []bool) []pair {
	n, m := len(v.before.blocks), len(v.after.blocks)
	middle := from * m / n
	for j := max(0, middle-farthest); j < min(m, middle+farthest); j++ {
		if taken[j] || len(v.after.blocks[j].own) < fewWords {
			continue
		}
		if like := alike(v.before.blocks[from].own, v.after.blocks[j].own); like >= likeness {
			apart := float64(from)/float64(n) - float64(j)/float64(m)
			pairs = append(pairs, pair{from, j, like, max(apart, -apart)})
		}
	}
	return pairs
}

// alike is the share of words that two blocks have in common, each counted as
// often as it is said.
func alike(a, b []string) float64 {
	count := map[string]int{}
	for _, w := range a {
		count[w]++
	}
	common := 0
	for _, w := range b {
		if count[w] > 0 {
			count[w]--
			common++
		}
	}
	return 2 * float64(common) / float64(len(a)+len(b))
}

// alignHanging puts what hangs on a block where that one went.
func (v *Versions) alignHanging(taken []bool) {
	for i, b := range v.before.blocks {
		if v.to[i] >= 0 || !b.hanging() {
			continue
		}
		if with := v.owner(i); with >= 0 && v.to[with] >= 0 {
			if j := v.besides(i, with, taken); j >= 0 {
				v.to[i], taken[j] = j, true
			}
		}
	}
}

// owner is the block on which one hangs, -1 for none: the next one of a heading,
// else the one before, but for what is nested in that.
func (v *Versions) owner(i int) int {
	if !v.before.blocks[i].hanging() {
		return -1
	}
	if v.before.blocks[i].kind == outline.Heading {
		if i+1 < len(v.before.blocks) {
			return i + 1
		}
		return -1
	}
	for j := i - 1; j >= 0; j-- {
		if v.to[j] >= 0 || v.before.blocks[j].level == 0 {
			return j
		}
	}
	return -1
}

// besides is the block of the later version that prints what block i quotes and
// stands beside what became of its owner, -1 for none.
func (v *Versions) besides(i, with int, taken []bool) int {
	step := 1
	if with > i {
		step = -1
	}
	owner := v.after.blocks[v.to[with]]
	for j := v.to[with] + step; j >= 0 && j < len(v.after.blocks) && (j-v.to[with])*step <= lookAhead; j += step {
		now := v.after.blocks[j]
		if taken[j] {
			return -1
		}
		if v.prints(now, v.before.blocks[i].quotes) {
			return j
		}
		if now.kind == outline.Heading || now.kind == outline.Item && now.level <= owner.level {
			return -1 // something else begins
		}
	}
	return -1
}

// prints tells whether a block of the later version prints any of some quotes.
func (v *Versions) prints(now block, quotes []Place) bool {
	return slices.ContainsFunc(quotes, func(q Place) bool {
		return len(v.after.occurrences(v.before.runes[q.Start:q.End], now)) > 0
	})
}

// outOfOrder marks those that do not stand in the longest sequence that kept its
// order.
func outOfOrder(to []int) []bool {
	var tails []int // places of the last of the best sequence of each length
	before := make([]int, len(to))
	for i, t := range to {
		if t < 0 {
			continue
		}
		n, _ := slices.BinarySearchFunc(tails, t, func(at, t int) int { return cmp.Compare(to[at], t) })
		before[i] = -1
		if n > 0 {
			before[i] = tails[n-1]
		}
		if n == len(tails) {
			tails = append(tails, i)
		}
		tails[n] = i
	}
	moved := make([]bool, len(to))
	for i, t := range to {
		moved[i] = t >= 0
	}
	if len(tails) > 0 {
		for i := tails[len(tails)-1]; i >= 0; i = before[i] {
			moved[i] = false
		}
	}
	return moved
}
