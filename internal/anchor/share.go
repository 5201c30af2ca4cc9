package anchor

import (
	"slices"
	"unicode"
)

// run is how many words in a row are compared: by fewer, any two texts on one
// subject would be alike.
const run = 4

// Share is how many of the words of a text stand in another one too, in runs of
// the same words, and how many it has. Marks, blanks and the breaks of lines do
// not count, so that it tells the same of a letter as a text and as a PDF.
func Share(of, in string) (common, all int) {
	mine, theirs := hashes(of), hashes(in)
	n := min(run, len(mine), len(theirs))
	if n == 0 {
		return 0, len(mine)
	}
	there := map[uint64]bool{}
	for i := 0; i+n <= len(theirs); i++ {
		there[together(theirs[i:i+n])] = true
	}
	covered := 0 // up to which word
	for i := 0; i+n <= len(mine); i++ {
		if there[together(mine[i:i+n])] {
			common += i + n - max(covered, i)
			covered = i + n
		}
	}
	return common, len(mine)
}

// MaxSketch is how many numbers a sketch has at most.
const MaxSketch = 64

// Sketch is a text in few numbers: of two texts that have much in common, in runs
// of the same words, the sketches have numbers in common, and hardly ever else.
// They are the least of the sums of its runs, so that either text picks the same.
func Sketch(s string) []int64 {
	words := hashes(s)
	n := min(run, len(words))
	if n == 0 {
		return []int64{}
	}
	sums := make([]uint64, 0, len(words))
	for i := 0; i+n <= len(words); i++ {
		sums = append(sums, mixed(together(words[i:i+n])))
	}
	slices.Sort(sums)
	sums = slices.Compact(sums)
	out := make([]int64, min(len(sums), MaxSketch))
	for i := range out {
		out[i] = int64(sums[i]) //nolint:gosec // the same bits
	}
	return out
}

const (
	fnvBase  = 14695981039346656037
	fnvPrime = 1099511628211
)

// hashes are the words of a text as numbers (FNV-1a of their small letters).
func hashes(s string) []uint64 {
	var out []uint64
	h, inside := uint64(fnvBase), false
	for _, r := range s {
		if inWord(r) {
			h, inside = (h^uint64(unicode.ToLower(r)))*fnvPrime, true //nolint:gosec // a character is no negative number
			continue
		}
		if inside {
			out = append(out, h)
			h, inside = fnvBase, false
		}
	}
	if inside {
		out = append(out, h)
	}
	return out
}

func together(run []uint64) uint64 {
	var h uint64
	for _, w := range run {
		h = h*base + w
	}
	return h
}

// mixed spreads numbers so that the least of them are as good as drawn by lot.
func mixed(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}
