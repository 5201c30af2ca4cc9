package quote

import (
	"cmp"
	"context"
	"slices"
	"sort"
	"unicode/utf8"

	"normmap/internal/outline"
)

// block is a paragraph, an item, a heading or a row, or as much of it as is
// looked at.
type block struct {
	from, to int // in code points
	kind     outline.Kind
	at       int // which of all it is, -1 for none
}

// text is what is looked through.
type text struct {
	runes   []rune
	blocks  []block
	cites   []Cite // in order of place
	longest int    // of the cites
	stems   *stems
}

func newText(ctx context.Context, s string, cites []Cite, known *stems) (*text, error) {
	blocks, err := outline.Blocks(ctx, s)
	if err != nil {
		return nil, err
	}
	t := &text{runes: []rune(s), cites: slices.Clone(cites), stems: known}
	slices.SortStableFunc(t.cites, func(a, b Cite) int { return cmp.Compare(a.Start, b.Start) })
	for _, c := range t.cites {
		t.longest = max(t.longest, c.End-c.Start)
	}
	at, place := 0, 0
	for i, b := range blocks {
		from := place + utf8.RuneCountInString(s[at:b.Body.Start])
		to := from + utf8.RuneCountInString(s[b.Body.Start:b.Body.End])
		t.blocks = append(t.blocks, block{from, to, b.Kind, i})
		at, place = b.Body.End, to
	}
	return t, nil
}

// slice is a part of the text; of what lies outside of it there is none.
func (t *text) slice(from, to int) string {
	from, to = max(0, from), min(to, len(t.runes))
	return string(t.runes[min(from, to):to])
}

// furthest is how far from a citation its words are looked for.
const furthest = 500

// blockAt is the block in which a citation stands, as far as it is near.
func (t *text) blockAt(c Cite) block {
	from, to := max(0, c.Start-furthest), min(len(t.runes), c.End+furthest)
	i := sort.Search(len(t.blocks), func(i int) bool { return t.blocks[i].from > c.Start }) - 1
	if i < 0 || c.Start >= t.blocks[i].to {
		return block{from, to, "", -1}
	}
	b := t.blocks[i]
	b.from, b.to = max(b.from, from), min(b.to, to)
	return b
}

// above is the item or paragraph right above a block, as far as it is near.
func (t *text) above(b block) (block, bool) {
	if b.at < 1 || t.blocks[b.at-1].kind != outline.Item && t.blocks[b.at-1].kind != outline.Paragraph {
		return block{}, false
	}
	a := t.blocks[b.at-1]
	a.from = max(a.from, a.to-furthest)
	return a, true
}

// citesIn are those that lie in a stretch, or partly.
func (t *text) citesIn(from, to int) []Cite {
	first := sort.Search(len(t.cites), func(i int) bool { return t.cites[i].Start > from-t.longest })
	var in []Cite
	for _, c := range t.cites[first:] {
		if c.Start >= to {
			break
		}
		if c.End > from {
			in = append(in, c)
		}
	}
	return in
}

// between is the part of a block around a citation that belongs to no other.
func (t *text) between(c Cite, b block) (from, to int) {
	from, to = b.from, b.to
	for _, o := range t.citesIn(from, to) {
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

// said are the words of a stretch outside of citations, unless the stretch is
// part of one.
func (t *text) said(from, to int) []word {
	from, to = max(0, from), min(to, len(t.runes))
	in := t.citesIn(from, to)
	return slices.DeleteFunc(t.stems.words(t.runes, from, to), func(w word) bool {
		return slices.ContainsFunc(in, func(c Cite) bool { return c.Start < w.end && w.start < c.End && (c.Start > from || to > c.End) })
	})
}
