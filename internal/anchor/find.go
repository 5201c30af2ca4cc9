package anchor

import (
	"context"
	"slices"
)

// findAll finds every quote. Outer says in which other one each is held.
func (v *Versions) findAll(ctx context.Context, outer map[Place]Place, quotes []Place) error {
	v.found = map[Place]Found{}
	if v.same {
		for _, p := range quotes {
			v.found[p] = Found{p, Kept}
		}
		return nil
	}
	byUnit := map[int][]quote{}
	for _, q := range v.before.quotes {
		if u := v.before.unitOf(q.Start); u >= 0 && v.to[u] >= 0 {
			byUnit[u] = append(byUnit[u], q)
		}
	}
	now := map[int][]quote{}
	for _, q := range v.after.quotes {
		if u := v.after.unitOf(q.Start); u >= 0 {
			now[u] = append(now[u], q)
		}
	}
	for u, list := range byUnit {
		if err := ctx.Err(); err != nil {
			return err
		}
		v.findIn(u, list, now[v.to[u]])
	}
	for _, p := range quotes {
		v.findWithin(p, outer)
	}
	return nil
}

// findWithin finds a quote that stands in another one where that does.
func (v *Versions) findWithin(p Place, outer map[Place]Place) {
	holds, known := outer[p]
	if !known || holds == p {
		return
	}
	if f, found := v.found[holds]; found {
		start := f.Start + p.Start - holds.Start
		v.found[p] = Found{Place{start, start + p.End - p.Start}, f.How}
	}
}

// findIn finds the quotes of a unit in what became of it, those of the same words
// together.
func (v *Versions) findIn(unit int, list, now []quote) {
	how, unchanged := v.how(unit), slices.Equal(v.before.units[unit].said, v.after.units[v.to[unit]].said)
	same := map[int][2][]quote{}
	for side, quotes := range [][]quote{list, now} {
		for _, q := range quotes {
			both := same[q.pattern]
			both[side] = append(both[side], q)
			same[q.pattern] = both
		}
	}
	for _, both := range same {
		was, is := v.before.spots(both[0]), v.after.spots(both[1])
		became := v.pairUp(was, is, unchanged && len(was) == len(is))
		for i, j := range became {
			if j < 0 || v.clings(was[i], is[j]) {
				continue
			}
			v.found[was[i].Place] = Found{is[j].Place, how}
		}
	}
}

// spot is a place with its words, and those of its sentence, in the list of words.
type spot struct {
	Place
	first, last int
	begin, end  int
	until       int // where the next sentence of its block ends
}

func (t text) spots(quotes []quote) []spot {
	out := make([]spot, len(quotes))
	for i, q := range quotes {
		out[i].Place = q.Place
		out[i].first, out[i].last = t.wordsIn(q.Place)
		n := t.sentenceOf(q.Start)
		s := t.sentences[n]
		out[i].begin, out[i].end = t.wordsIn(s.Place)
		out[i].until = s.End
		if n+1 < len(t.sentences) && t.sentences[n+1].block == s.block {
			out[i].until = t.sentences[n+1].End
		}
	}
	return out
}

// mostPairs is how many places of the same words in one sentence are compared.
const mostPairs = 1_000

// pairUp tells which of the places of quoted words became which, -1 for none: in
// order when all around them is as it was, or each where the words before and
// after speak for one and for no other. What is left is paired only where as many
// stand there as before and none changes its order, and where these words speak
// for it at all.
func (v *Versions) pairUp(was, now []spot, unchanged bool) []int {
	became := slices.Repeat([]int{-1}, len(was))
	if unchanged {
		for i := range was {
			became[i] = i
		}
		return became
	}
	if len(was)*len(now) > mostPairs {
		return became // nobody could tell
	}
	likely := make([][]int, len(was))
	for i, q := range was {
		likely[i] = make([]int, len(now))
		for j, o := range now {
			likely[i][j] = v.around(q, o)
		}
	}
	used := make([]bool, len(now))
	for again := true; again; {
		again = false
		for i := range was {
			if j := surest(likely, became, used, i); j >= 0 {
				became[i], used[j], again = j, true, true
			}
		}
	}
	if len(was) == len(now) && keepsOrder(became) {
		for i := range became {
			if likely[i][i] > 0 {
				became[i] = i
			}
		}
	}
	return became
}

// surest is the place for which most speaks of those that are left for i, and
// which speaks for i most; -1 when there is none, or several.
func surest(likely [][]int, became []int, used []bool, i int) int {
	if became[i] >= 0 {
		return -1
	}
	best := -1
	for j := range used {
		if !used[j] && likely[i][j] > 0 && (best < 0 || likely[i][j] > likely[i][best]) {
			best = j
		}
	}
	if best < 0 {
		return -1
	}
	for j := range used {
		if j != best && !used[j] && likely[i][j] == likely[i][best] {
			return -1
		}
	}
	for k := range became {
		if k != i && became[k] < 0 && likely[k][best] >= likely[i][best] {
			return -1
		}
	}
	return best
}

// keepsOrder tells whether what was found stands where it stood among the others.
func keepsOrder(became []int) bool {
	for i, j := range became {
		if j >= 0 && j != i {
			return false
		}
	}
	return true
}

// besides is how many words before and after quoted ones are compared.
const besides = 8

// around is how many words next before and after two places are the same. Where
// either sentence begins or ends is the same, too.
func (v *Versions) around(was, now spot) int {
	n := 0
	for k := 1; k <= besides; k++ {
		then, is := was.first-k, now.first-k
		if then < was.begin && is < now.begin {
			n++
		}
		if then < was.begin || is < now.begin || v.before.words[then].number != v.after.words[is].number {
			break
		}
		n++
	}
	for k := range besides {
		then, is := was.last+k, now.last+k
		if then >= was.end && is >= now.end {
			n++
		}
		if then >= was.end || is >= now.end || v.before.words[then].number != v.after.words[is].number {
			break
		}
		n++
	}
	return n
}
