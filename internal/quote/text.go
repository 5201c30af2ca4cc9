package quote

import (
	"slices"
	"sort"
	"unicode/utf8"

	"normmap/internal/outline"
)

// block is a paragraph, an item, a heading or a row.
type block struct {
	from, to int // in code points
	kind     outline.Kind
}

// text is what is looked through.
type text struct {
	runes  []rune
	blocks []block
	cites  []Cite // in order of place
	stems  *stems
}

func newText(s string, cites []Cite) *text {
	t := &text{runes: []rune(s), cites: slices.Clone(cites), stems: newStems()}
	slices.SortStableFunc(t.cites, func(a, b Cite) int { return a.Start - b.Start })
	at, place := 0, 0
	for _, b := range outline.Blocks(s) {
		from := place + utf8.RuneCountInString(s[at:b.Body.Start])
		to := from + utf8.RuneCountInString(s[b.Body.Start:b.Body.End])
		t.blocks = append(t.blocks, block{from, to, b.Kind})
		at, place = b.Body.End, to
	}
	return t
}

// slice is a part of the text; of what lies outside of it there is none.
func (t *text) slice(from, to int) string {
	from, to = max(0, from), min(to, len(t.runes))
	return string(t.runes[min(from, to):to])
}

// furthest is how far from a citation its words are looked for.
const furthest = 600

// blockAt is the block in which a place lies, or what is around the place.
func (t *text) blockAt(place int) block {
	i := sort.Search(len(t.blocks), func(i int) bool { return t.blocks[i].from > place }) - 1
	if i >= 0 && place < t.blocks[i].to {
		return t.blocks[i]
	}
	return block{max(0, place-furthest), min(len(t.runes), place+furthest), ""}
}

// above is the item or paragraph right above a block.
func (t *text) above(b block) (block, bool) {
	i := sort.Search(len(t.blocks), func(i int) bool { return t.blocks[i].from >= b.from }) - 1
	if i < 0 || t.blocks[i].kind != outline.Item && t.blocks[i].kind != outline.Paragraph {
		return block{}, false
	}
	return t.blocks[i], true
}

// between is the part of a block around a citation that belongs to no other.
func (t *text) between(c Cite, b block) (from, to int) {
	from, to = max(b.from, c.Start-furthest), min(b.to, c.End+furthest)
	for _, o := range t.cites {
		if o.End <= c.Start {
			from = max(from, o.End)
		}
		if o.Start >= c.End {
			to = min(to, o.Start)
		}
	}
	return from, max(to, c.End)
}

// bare tells whether a block says nothing but what it cites.
func (t *text) bare(b block) bool { return len(t.said(b.from, b.to)) == 0 }

// said are the words of a stretch outside of citations.
func (t *text) said(from, to int) []word {
	all := t.stems.words(t.runes, max(0, from), min(to, len(t.runes)))
	return slices.DeleteFunc(all, func(w word) bool {
		return slices.ContainsFunc(t.cites, func(c Cite) bool { return c.Start < w.end && w.start < c.End && !(c.Start <= from && to <= c.End) })
	})
}
