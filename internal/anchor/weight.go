package anchor

import (
	"math"
	"unicode/utf8"
)

// Words of few letters, which most languages have to put others together, say less
// than others do. So do words that stand in many sentences.
const (
	fewLetters  = 3
	littleWords = 0.3
)

// weights are what each word says, by its number.
func (v vocabulary) weights(before, after []unit) []float64 {
	then, now := unitsOf(before, len(v)), unitsOf(after, len(v))
	all := float64(max(len(before), len(after)))
	out := make([]float64, len(v))
	for word, n := range v {
		out[n] = math.Log1p(all / float64(max(then[n], now[n], 1)))
		if utf8.RuneCountInString(word) <= fewLetters {
			out[n] *= littleWords
		}
	}
	return out
}

// unitsOf counts in how many units each word stands.
func unitsOf(units []unit, words int) []int {
	out, last := make([]int, words), make([]int, words)
	for i, u := range units {
		for _, w := range u.own {
			if last[w] != i+1 {
				last[w] = i + 1
				out[w]++
			}
		}
	}
	return out
}
