package anchor

import (
	"cmp"
	"context"
	"encoding/binary"
	"slices"
)

// aligning is the search for which unit became which.
type aligning struct {
	*Versions
	from   []int     // for each unit of the later version the one that became it, -1 for none
	like   []float64 // for each unit how like it is to what became of it, 0 where the words are the same
	weight []float64 // of each word
}

// align finds out which unit became which: first those whose words are the same
// and stand once in either version, then those that say the same as others beside
// the same neighbours, then those that differ in what is quoted only, then those
// that are most alike.
func (v *Versions) align(ctx context.Context, known vocabulary) error {
	v.to = slices.Repeat([]int{-1}, len(v.before.units))
	a := aligning{Versions: v, from: slices.Repeat([]int{-1}, len(v.after.units)), like: make([]float64, len(v.to))}
	if v.same {
		for i := range v.to {
			a.match(i, i)
		}
	} else {
		for _, words := range []func(unit) []int32{func(u unit) []int32 { return u.said }, func(u unit) []int32 { return u.own }} {
			before, after := keys(v.before.units, words), keys(v.after.units, words)
			a.once(before, after)
			if err := a.neighbours(ctx, before, after); err != nil {
				return err
			}
			a.inOrder(before, after)
		}
		a.weight = known.weights(v.before.units, v.after.units)
		if err := a.alike(ctx); err != nil {
			return err
		}
	}
	v.moved = outOfOrder(v.to)
	for i, like := range a.like {
		if v.moved[i] && like > 0 && like < elsewhere {
			v.to[i], v.moved[i] = -1, false
		}
	}
	return nil
}

func (a aligning) match(from, to int) { a.to[from], a.from[to] = to, from }

func (a aligning) taken(j int) bool { return a.from[j] >= 0 }

// keys tell units by words of theirs.
func keys(units []unit, words func(unit) []int32) []string {
	out := make([]string, len(units))
	for i, u := range units {
		key := make([]byte, 0, 4*len(words(u)))
		for _, w := range words(u) {
			key = binary.LittleEndian.AppendUint32(key, uint32(w)) //nolint:gosec // numbers of words
		}
		out[i] = string(key)
	}
	return out
}

// places are those of each key that is not aligned yet.
func places(keys []string, done func(int) bool) map[string][]int {
	out := map[string][]int{}
	for i, k := range keys {
		if !done(i) && k != "" {
			out[k] = append(out[k], i)
		}
	}
	return out
}

func (a aligning) once(before, after []string) {
	now := places(after, a.taken)
	for key, was := range places(before, func(i int) bool { return a.to[i] >= 0 }) {
		if len(was) == 1 && len(now[key]) == 1 {
			a.match(was[0], now[key][0])
		}
	}
}

// inOrder aligns units that say the same where as many are left in either
// version: which is which makes no difference but for their order.
func (a aligning) inOrder(before, after []string) {
	now := places(after, a.taken)
	for key, was := range places(before, func(i int) bool { return a.to[i] >= 0 }) {
		if len(was) != len(now[key]) {
			continue
		}
		for n, i := range was {
			a.match(i, now[key][n])
		}
	}
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
