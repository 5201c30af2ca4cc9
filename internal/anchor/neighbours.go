package anchor

import (
	"context"
	"slices"
)

// neighbours aligns units that say what others say, too, where only one stands
// beside what became of a neighbour, and only for that one. Each turn looks at
// those only for which the one before it made a difference.
func (a aligning) neighbours(ctx context.Context, before, after []string) error {
	look := make([]int, len(a.to))
	for i := range look {
		look[i] = i
	}
	for len(look) > 0 {
		var found []pair
		for n, i := range look {
			if err := asked(ctx, n); err != nil {
				return err
			}
			if j := a.wanted(i, before, after); j >= 0 && !a.claimed(i, j, before, after) {
				found = append(found, pair{from: i, to: j})
			}
		}
		for _, p := range found {
			a.match(p.from, p.to)
		}
		look = look[:0]
		for _, p := range found {
			look = a.touched(look, p)
		}
		slices.Sort(look)
		look = slices.Compact(look)
	}
	return nil
}

// wanted is the unit of the same words beside what became of a neighbour of unit
// i, -1 when there is none, or two.
func (a aligning) wanted(i int, before, after []string) int {
	if a.to[i] >= 0 || before[i] == "" {
		return -1
	}
	found := -1
	for _, step := range []int{-1, 1} {
		j := a.next(i, step)
		if j < 0 || j == found || before[i] != after[j] {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = j
	}
	return found
}

// claimed tells whether another unit than i wants unit j as well.
func (a aligning) claimed(i, j int, before, after []string) bool {
	return slices.ContainsFunc(a.beside(nil, j), func(k int) bool { return k != i && a.wanted(k, before, after) == j })
}

// next is the unit that stands where unit i would if only its words had changed,
// by the neighbour on one side; -1 for none.
func (a aligning) next(i, step int) int {
	if i+step < 0 || i+step >= len(a.to) || a.to[i+step] < 0 {
		return -1
	}
	j := a.to[i+step] - step
	if j < 0 || j >= len(a.from) || a.taken(j) {
		return -1
	}
	return j
}

// beside adds to a list the units that could want unit j: those beside which a
// neighbour of it stood.
func (a aligning) beside(list []int, j int) []int {
	for _, step := range []int{-1, 1} {
		if j+step < 0 || j+step >= len(a.from) || a.from[j+step] < 0 {
			continue
		}
		if i := a.from[j+step] - step; i >= 0 && i < len(a.to) {
			list = append(list, i)
		}
	}
	return list
}

// touched adds to a list the units for which a pair may make a difference: those
// that want another one now, or none, and those that want the same as these.
func (a aligning) touched(list []int, p pair) []int {
	begun := len(list)
	for _, i := range []int{p.from - 1, p.from + 1} {
		if i >= 0 && i < len(a.to) {
			list = append(list, i)
		}
	}
	list = a.beside(list, p.to)
	for _, i := range list[begun:] {
		for _, step := range []int{-1, 1} {
			if j := a.next(i, step); j >= 0 {
				list = a.beside(list, j)
			}
		}
	}
	return list
}
