package dossier

import "slices"

// moved are the fewest things of a list that must have been moved for those of
// another list, which all stand in it, to come in its order.
func moved(before, now []string) []string {
	var places []int // in before, of what is in both, in the order of now
	var common []string
	for _, key := range now {
		if i := slices.Index(before, key); i >= 0 {
			places, common = append(places, i), append(common, key)
		}
	}
	stays := rising(places)
	var out []string
	for i, key := range common {
		if !stays[i] {
			out = append(out, key)
		}
	}
	return out
}

// rising marks the longest run of numbers that rise, not necessarily side by side.
func rising(numbers []int) map[int]bool {
	longest, from := make([]int, len(numbers)), make([]int, len(numbers))
	end := -1
	for i, n := range numbers {
		longest[i], from[i] = 1, -1
		for j := range i {
			if numbers[j] < n && longest[j] >= longest[i] {
				longest[i], from[i] = longest[j]+1, j
			}
		}
		if end < 0 || longest[i] > longest[end] {
			end = i
		}
	}
	marks := map[int]bool{}
	for ; end >= 0; end = from[end] {
		marks[end] = true
	}
	return marks
}
