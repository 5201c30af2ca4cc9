// Package anchor finds the words of a text again in a later version of it. A
// letter arrives a second time: some of its paragraphs are as they were, some are
// reworded, some stand elsewhere, some are gone. What was quoted from the first
// version is looked for in the paragraph that became of its own, and nowhere
// else: the same few words beside another paragraph say something else. Where
// that is not certain the words count as gone, because whoever reads a quotation
// in the wrong place is misled, and whoever has to look for it is not.
//
// It is pure, and the same texts always give the same answer.
package anchor

import (
	"context"
	"slices"
	"strings"
	"unicode"
)

// Place is a stretch of a text in Unicode code points, half open.
type Place struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// How tells what became of quoted words.
type How string

// What may have become of them.
const (
	Kept     How = "kept"     // they stand among the same words
	Reworded How = "reworded" // they stand, and what is around them was changed
	Moved    How = "moved"    // they stand elsewhere in the order of the text
	Gone     How = "gone"     // they stand no more where they were
)

// Found is where words stand in the later version; where they are gone, the place
// is that of before.
type Found struct {
	Place
	How How `json:"how"`
}

// Versions are a text and a later version of it.
type Versions struct {
	before, after text
	to            []int  // for each block of the first the one that became of it, -1 for none
	moved         []bool // whether it stands elsewhere in the order
}

// Between compares two versions of a text. The quotes are what was quoted from
// the first: a paragraph is not known by them, as many paragraphs cite alike. It
// fails only when ctx ends before it is done.
func Between(ctx context.Context, before, after string, quotes []Place) (Versions, error) {
	var v Versions
	var err error
	if v.before, err = read(ctx, before); err != nil {
		return v, err
	}
	if v.after, err = read(ctx, after); err != nil {
		return v, err
	}
	v.before.quote(quotes)
	v.after.strip(v.before.quoted())
	v.align()
	return v, ctx.Err()
}

// Find tells where words of the first version stand in the later one.
func (v Versions) Find(p Place) Found {
	gone := Found{p, Gone}
	from := v.before.blockOf(p.Start)
	if from < 0 || p.End > len(v.before.runes) || p.End <= p.Start || v.to[from] < 0 {
		return gone
	}
	old, now := v.before.blocks[from], v.after.blocks[v.to[from]]
	words := v.before.runes[p.Start:p.End]
	before := v.before.occurrences(words, old)
	after := v.after.occurrences(words, now)
	which := slices.Index(before, p.Start)
	if len(after) == 0 || which < 0 || v.goesOn(p, after[min(which, len(after)-1)]) {
		return gone
	}
	start := after[min(which, len(after)-1)]
	return Found{Place{start, start + len(words)}, v.how(from)}
}

// Same tells whether the paragraph that holds a place of the first version stands
// in the later one in the same words.
func (v Versions) Same(at int) bool {
	i := v.before.blockOf(at)
	return i >= 0 && v.to[i] >= 0 && v.before.blocks[i].said == v.after.blocks[v.to[i]].said
}

// goesOn tells whether a list of numbers that ended with the words goes on after
// them now: then another group of numbers is printed there.
func (v Versions) goesOn(p Place, start int) bool {
	return listGoesOn(v.after.runes[start+p.End-p.Start:]) && !listGoesOn(v.before.runes[p.End:])
}

func (v Versions) how(block int) How {
	switch with := v.owner(block); {
	case v.moved[block]:
		return Moved
	case v.before.blocks[block].said != v.after.blocks[v.to[block]].said,
		with >= 0 && v.to[with] >= 0 && v.before.blocks[with].said != v.after.blocks[v.to[with]].said:
		return Reworded
	}
	return Kept
}

// Line tells on which line of the later version stands what a line of the first
// began with, both counted from 1; 0 where that is not known.
func (v Versions) Line(n int) int {
	if n < 1 || n > len(v.before.lines) {
		return 0
	}
	at := v.before.lines[n-1]
	for at < len(v.before.runes) && v.before.runes[at] != '\n' && unicode.IsSpace(v.before.runes[at]) {
		at++
	}
	block := v.before.blockOf(at)
	if block < 0 || v.to[block] < 0 {
		return 0
	}
	now := v.after.blocks[v.to[block]]
	first, last := v.after.lineOf(now.start), v.after.lineOf(max(now.start, now.end-1))
	return min(first+n-v.before.lineOf(v.before.blocks[block].start), last)
}

// listGoesOn tells whether a text begins as the rest of a list of numbers.
func listGoesOn(rest []rune) bool {
	s := strings.TrimLeftFunc(string(rest[:min(len(rest), 16)]), unicode.IsSpace)
	for _, mark := range []string{",", ";", "/", "&", "-", "–", "and ", "or ", "to ", "et ", "ou ", "à "} {
		if after, found := strings.CutPrefix(s, mark); found {
			after = strings.TrimLeftFunc(after, unicode.IsSpace)
			return after != "" && after[0] >= '0' && after[0] <= '9'
		}
	}
	return false
}
