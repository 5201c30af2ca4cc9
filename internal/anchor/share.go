package anchor

import (
	"hash/fnv"
	"strings"
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

// hashes are the words of a text as numbers.
func hashes(s string) []uint64 {
	all := words([]rune(s))
	out := make([]uint64, len(all))
	for i, w := range all {
		h := fnv.New64a()
		_, _ = h.Write([]byte(w)) // never fails
		out[i] = h.Sum64()
	}
	return out
}

func together(run []uint64) uint64 {
	var h uint64
	for _, w := range run {
		h = h*0x9E3779B97F4A7C15 + w
	}
	return h
}

func join(words []string) string { return strings.Join(words, " ") }
