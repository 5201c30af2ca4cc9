package contribution

import "slices"

// Lines tells on which lines of a text its code points stand.
type Lines struct{ starts []int }

// LinesOf looks through a text once.
func LinesOf(text string) Lines {
	l := Lines{starts: []int{0}}
	at := 0
	for _, r := range text {
		at++
		if r == '\n' {
			l.starts = append(l.starts, at)
		}
	}
	return l
}

// Of is the number of the line of a code point, counted from 1.
func (l Lines) Of(place int) int {
	i, found := slices.BinarySearch(l.starts, place)
	if found {
		i++
	}
	return max(i, 1)
}
