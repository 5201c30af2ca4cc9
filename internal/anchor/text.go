package anchor

import (
	"context"
	"slices"
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

// tokens takes a text apart into words.
func tokens(s string, known vocabulary) text {
	t := text{source: s, runes: []rune(s), lines: []int{0}}
	from := -1
	for i, r := range t.runes {
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
	return t
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

// divide finds the sentences of a text and what belongs together.
func (t *text) divide(ctx context.Context) error {
	blocks, err := outline.Blocks(ctx, t.source)
	if err != nil {
		return err
	}
	at, bytes := 0, 0 // the same place, counted in both ways
	place := func(byteAt int) int {
		for range t.source[bytes:byteAt] {
			at++
		}
		bytes = byteAt
		return at
	}
	for n, b := range blocks {
		start := place(b.Whole.Start)
		for _, p := range t.sentencesIn(Place{start, place(b.Whole.End)}) {
			t.sentences = append(t.sentences, t.read(sentence{Place: p, block: n, kind: b.Kind, level: b.Level, unit: -1}))
		}
	}
	t.join()
	return ctx.Err()
}

// read gives a sentence its own words.
func (t text) read(s sentence) sentence {
	q := sort.Search(len(t.quotes), func(i int) bool { return t.quotes[i].End > s.Start })
	from, to := t.wordsIn(s.Place)
	for _, w := range t.words[from:to] {
		for q < len(t.quotes) && t.quotes[q].End <= w.Start {
			q++
		}
		if q < len(t.quotes) && t.quotes[q].overlaps(w.Place) {
			s.quoted = true
			continue
		}
		s.own = append(s.own, w.number)
	}
	return s
}

// sentencesIn parts a block after full stops. What is quoted is not parted.
func (t text) sentencesIn(block Place) []Place {
	var out []Place
	q := sort.Search(len(t.quotes), func(i int) bool { return t.quotes[i].End > block.Start })
	from := block.Start
	for at := block.Start; at < block.End; at++ {
		next := t.endsAt(at, block.End)
		if next < 0 {
			continue
		}
		for q < len(t.quotes) && t.quotes[q].End < next {
			q++
		}
		if q < len(t.quotes) && t.quotes[q].Start < next && next < t.quotes[q].End {
			continue
		}
		out = append(out, Place{from, next})
		from, at = next, next-1
	}
	return append(out, Place{from, block.End})
}

const (
	stops   = ".!?…"
	closers = ")]\"'”’»*_"
	openers = "([\"'“‘«*_"
)

// endsAt is where the next sentence begins if one ends with the mark at a place,
// -1 when none does.
func (t text) endsAt(at, end int) int {
	if !strings.ContainsRune(stops, t.runes[at]) {
		return -1
	}
	next := at + 1
	for next < end && strings.ContainsRune(stops+closers, t.runes[next]) {
		next++
	}
	blank := next
	for next < end && unicode.IsSpace(t.runes[next]) {
		next++
	}
	if next == blank || next == end || !unicode.IsUpper(t.runes[next]) && !unicode.IsDigit(t.runes[next]) && !strings.ContainsRune(openers, t.runes[next]) {
		return -1
	}
	return next
}

// fewWords are too few to know a sentence by.
const fewWords = 3

// hanging tells of a sentence that says hardly more than what is quoted: it
// belongs to another one. A row of a table stands for itself.
func (s sentence) hanging() bool {
	return s.quoted && (len(s.own) == 0 || len(s.own) < fewWords && s.kind != outline.Row)
}

// join makes units of sentences: each with those that hang on it.
func (t *text) join() {
	on := make([]int, len(t.sentences))
	for i, s := range t.sentences {
		on[i] = -1
		if s.hanging() {
			on[i] = t.owner(i)
		}
		if on[i] < 0 {
			t.begin(i)
		}
	}
	for i, owner := range on {
		if owner >= 0 {
			t.sentences[i].unit = t.sentences[owner].unit
			u := &t.units[t.sentences[i].unit]
			u.sentences = append(u.sentences, i)
		}
	}
	for i := range t.units {
		u := &t.units[i]
		slices.Sort(u.sentences)
		for _, s := range u.sentences {
			from, to := t.wordsIn(t.sentences[s].Place)
			for _, w := range t.words[from:to] {
				u.said = append(u.said, w.number)
			}
		}
	}
}

func (t *text) begin(sentence int) {
	s := &t.sentences[sentence]
	s.unit = len(t.units)
	t.units = append(t.units, unit{sentences: []int{sentence}, own: s.own})
}

// owner is the sentence on which one hangs, -1 for none: one beside it in its
// block, the one after a heading, else the last one before it that is no deeper
// in a list than the item that it continues.
func (t text) owner(i int) int {
	s := t.sentences[i]
	stands := func(j int) bool { return j >= 0 && j < len(t.sentences) && !t.sentences[j].hanging() }
	for j := i - 1; j >= 0 && t.sentences[j].block == s.block; j-- {
		if stands(j) {
			return j
		}
	}
	for j := i + 1; j < len(t.sentences) && (t.sentences[j].block == s.block || s.kind == outline.Heading); j++ {
		if stands(j) {
			return j
		}
	}
	for j := i - 1; j >= max(0, i-reach); j-- {
		if stands(j) && t.sentences[j].carries(s) {
			return j
		}
	}
	return -1
}

// reach is how many sentences before it may be that on which another one hangs.
const reach = 200

// carries tells whether another sentence may hang on s, by how deep in lists both
// stand.
func (s sentence) carries(o sentence) bool {
	switch {
	case s.kind != outline.Item:
		return s.level <= o.level || s.kind == outline.Heading
	case o.kind == outline.Item:
		return s.level <= o.level
	}
	return s.level < max(o.level, 1)
}
