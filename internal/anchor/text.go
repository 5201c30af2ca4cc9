package anchor

import (
	"context"
	"sort"
	"strings"
	"unicode"

	"normmap/internal/outline"
)

// vocabulary numbers the words of both versions, in small letters.
type vocabulary map[string]int32

func (v vocabulary) number(word string) int32 {
	n, known := v[word]
	if !known {
		n = int32(len(v)) //nolint:gosec // a text has fewer words than that
		v[word] = n
	}
	return n
}

// text is a version with its words, its sentences and what belongs together.
type text struct {
	source    string
	runes     []rune
	lines     []int // where each begins
	words     []word
	patterns  *patterns
	quotes    []quote // in order; none overlaps another one
	sentences []sentence
	units     []unit
}

// word is one of a text.
type word struct {
	Place
	number int32
}

// sentence is a sentence of a block.
type sentence struct {
	Place
	block  int
	kind   outline.Kind
	level  int
	own    []int32 // its words but for what is quoted of it
	quoted bool    // something is
	unit   int
}

// unit is a sentence with what hangs on it: sentences that say nothing but what
// is quoted.
type unit struct {
	sentences []int
	own, said []int32 // said are all its words
}

// between is after how many steps a reader asks whether it should go on.
const between = 256

// asked fails when whoever waits for a reader does so no more. It asks at some of
// the steps only.
func asked(ctx context.Context, step int) error {
	if step%between != 0 {
		return nil
	}
	return ctx.Err()
}

// tokens takes a text apart into words.
func tokens(ctx context.Context, s string, known vocabulary) (text, error) {
	t := text{source: s, runes: []rune(s), lines: []int{0}}
	from := -1
	for i, r := range t.runes {
		if err := asked(ctx, i); err != nil {
			return t, err
		}
		if r == '\n' {
			t.lines = append(t.lines, i+1)
		}
		switch {
		case inWord(r) && from < 0:
			from = i
		case !inWord(r) && from >= 0:
			t.words = append(t.words, t.word(from, i, known))
			from = -1
		}
	}
	if from >= 0 {
		t.words = append(t.words, t.word(from, len(t.runes), known))
	}
	return t, nil
}

func (t text) word(from, to int, known vocabulary) word {
	return word{Place{from, to}, known.number(strings.ToLower(string(t.runes[from:to])))}
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// wordsIn are the places, in the list of words, of those that stand in a stretch.
func (t text) wordsIn(p Place) (from, to int) {
	from = sort.Search(len(t.words), func(i int) bool { return t.words[i].Start >= p.Start })
	to = sort.Search(len(t.words), func(i int) bool { return t.words[i].Start >= p.End })
	return from, to
}

// lineOf is the line of a place, counted from 1.
func (t text) lineOf(at int) int {
	return sort.Search(len(t.lines), func(i int) bool { return t.lines[i] > at })
}

// sentenceOf is the sentence that holds a place, -1 for none.
func (t text) sentenceOf(at int) int {
	i := sort.Search(len(t.sentences), func(i int) bool { return t.sentences[i].End > at })
	if i == len(t.sentences) || t.sentences[i].Start > at {
		return -1
	}
	return i
}

// unitOf is the unit that holds a place, -1 for none.
func (t text) unitOf(at int) int {
	if i := t.sentenceOf(at); i >= 0 {
		return t.sentences[i].unit
	}
	return -1
}
