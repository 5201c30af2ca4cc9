package anchor

import (
	"context"
	"slices"
	"sort"
	"strings"
	"unicode"

	"normmap/internal/outline"
)

// text is a version with its blocks.
type text struct {
	runes  []rune
	lines  []int // where each begins
	blocks []block
}

// block is a block of a text.
type block struct {
	start, end int
	kind       outline.Kind
	level      int
	quotes     []Place  // that stand in it
	own        []string // its words but for what is quoted of it
	said       string   // all its words
}

// hanging tells of a block that says nothing but what is quoted: it belongs to
// the one before it or, if it is a heading, to the one after.
func (b block) hanging() bool { return len(b.own) < fewWords && len(b.quotes) > 0 }

// fewWords are too few to know a paragraph by.
const fewWords = 3

func read(ctx context.Context, s string) (text, error) {
	t := text{runes: []rune(s), lines: []int{0}}
	for i, r := range t.runes {
		if r == '\n' {
			t.lines = append(t.lines, i+1)
		}
	}
	at, bytes := 0, 0 // the same place, counted in both ways
	place := func(byteAt int) int {
		for range s[bytes:byteAt] {
			at++
		}
		bytes = byteAt
		return at
	}
	blocks, err := outline.Blocks(ctx, s)
	for _, b := range blocks {
		next := block{kind: b.Kind, level: b.Level}
		next.start, next.end = place(b.Whole.Start), place(b.Whole.End)
		next.own = words(t.runes[next.start:next.end])
		next.said = strings.Join(next.own, " ")
		t.blocks = append(t.blocks, next)
	}
	return t, err
}

// words are those of a text in small letters, without marks.
func words(runes []rune) []string {
	return strings.FieldsFunc(strings.ToLower(string(runes)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// blockOf is the block that holds a place, -1 for none.
func (t text) blockOf(at int) int {
	i := sort.Search(len(t.blocks), func(i int) bool { return t.blocks[i].end > at })
	if i == len(t.blocks) || t.blocks[i].start > at {
		return -1
	}
	return i
}

// lineOf is the line of a place, counted from 1.
func (t text) lineOf(at int) int {
	return sort.Search(len(t.lines), func(i int) bool { return t.lines[i] > at })
}

// quote notes what is quoted of each block, and takes it out of its own words.
func (t text) quote(quotes []Place) {
	for _, q := range quotes {
		if i := t.blockOf(q.Start); i >= 0 && q.Start < q.End && q.End <= len(t.runes) {
			t.blocks[i].quotes = append(t.blocks[i].quotes, q)
		}
	}
	for i := range t.blocks {
		t.without(&t.blocks[i])
	}
}

// without takes what is quoted of a block out of its own words.
func (t text) without(b *block) {
	if len(b.quotes) == 0 {
		return
	}
	left := slices.Clone(t.runes[b.start:b.end])
	for _, q := range b.quotes {
		for at := q.Start; at < min(q.End, b.end); at++ {
			left[at-b.start] = ' '
		}
	}
	b.own = words(left)
}

// quoted are the words of all quotes, each once.
func (t text) quoted() []string {
	said := map[string]bool{}
	var out []string
	for _, b := range t.blocks {
		for _, q := range b.quotes {
			if s := string(t.runes[q.Start:q.End]); !said[s] {
				said[s] = true
				out = append(out, s)
			}
		}
	}
	return out
}

// strip takes words that were quoted of another version out of the own words of
// blocks.
func (t text) strip(quoted []string) {
	for i, q := range quoted {
		quoted[i] = folded(q)
	}
	for i := range t.blocks {
		b := &t.blocks[i]
		inside := folded(string(t.runes[b.start:b.end]))
		for _, q := range quoted {
			if !strings.Contains(inside, q) {
				continue
			}
			runes := []rune(q)
			for _, start := range t.occurrences(runes, *b) {
				b.quotes = append(b.quotes, Place{start, start + len(runes)})
			}
		}
		t.without(b)
	}
}

// folded has a blank for each blank, tabulator and end of a line: another break of
// lines makes no other words.
func folded(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		return r
	}, s)
}

// occurrences are the places in a block at which words begin that stand there by
// themselves: no number or word goes on before or after them.
func (t text) occurrences(words []rune, b block) []int {
	var out []int
	for at := b.start; at < b.end && at+len(words) <= len(t.runes); at++ {
		if Same(t.runes[at:at+len(words)], words) && t.parted(at) && t.parted(at+len(words)) {
			out = append(out, at)
		}
	}
	return out
}

// Same compares words of one length letter for letter, but for the kind of a
// blank: where a line breaks is not what it says.
func Same(a, b []rune) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] && (!unicode.IsSpace(a[i]) || !unicode.IsSpace(b[i])) {
			return false
		}
	}
	return true
}

// parted tells whether no word or number goes on over a place.
func (t text) parted(at int) bool {
	inWord := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	return at == 0 || at == len(t.runes) || !inWord(t.runes[at-1]) || !inWord(t.runes[at])
}
