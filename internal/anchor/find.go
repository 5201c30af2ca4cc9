package anchor

import (
	"context"
	"slices"
	"strings"
	"unicode"
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
		became := v.pairUp(both[0], both[1], unchanged && len(both[0]) == len(both[1]))
		for i, j := range became {
			if j < 0 || v.goesOn(both[0][i].Place, both[1][j].Start) {
				continue
			}
			v.found[both[0][i].Place] = Found{both[1][j].Place, how}
		}
	}
}

// mostPairs is how many places of the same words in one sentence are compared.
const mostPairs = 1_000

// pairUp tells which of the places of quoted words became which, -1 for none: in
// order when all around them is as it was, or each where the words before and
// after speak for one and for no other. What is left is paired only where as many
// stand there as before and none changes its order.
func (v *Versions) pairUp(was, now []quote, unchanged bool) []int {
	became := slices.Repeat([]int{-1}, len(was))
	if unchanged || len(was) == 1 && len(now) == 1 {
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
			likely[i][j] = v.around(q.Place, o.Place)
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
			became[i] = i
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

// around is how many words next before and after two places are the same.
func (v *Versions) around(was, now Place) int {
	n := 0
	beforeWas, afterWas := v.before.wordsIn(was)
	beforeNow, afterNow := v.after.wordsIn(now)
	for k := 1; k <= min(besides, beforeWas, beforeNow) && v.before.words[beforeWas-k].number == v.after.words[beforeNow-k].number; k++ {
		n++
	}
	for k := 0; k < min(besides, len(v.before.words)-afterWas, len(v.after.words)-afterNow) && v.before.words[afterWas+k].number == v.after.words[afterNow+k].number; k++ {
		n++
	}
	return n
}

// goesOn tells whether a list of numbers that ended with the words goes on after
// them now: then another group of numbers is printed there.
func (v *Versions) goesOn(p Place, start int) bool {
	return listGoesOn(v.after.runes[start+p.End-p.Start:]) && !listGoesOn(v.before.runes[p.End:])
}

// listGoesOn tells whether a text begins as the rest of a list of numbers.
func listGoesOn(rest []rune) bool {
	s := strings.TrimLeftFunc(string(rest[:min(len(rest), 16)]), unicode.IsSpace)
	for _, mark := range []string{",", ";", "/", "&", "-", "–", "and ", "or ", "to ", "et ", "ou ", "à "} {
		if after, found := strings.CutPrefix(s, mark); found {
			after = strings.TrimLeftFunc(after, unicode.IsSpace)
			return after != "" && after[0] >= '0' && after[0] <= '9'
		}
	}
	return false
}
