// Package anchor finds the words of a text again in a later version of it. A
// letter arrives a second time: some of its sentences are as they were, some are
// reworded, some stand elsewhere, some are gone. What was quoted from the first
// version is looked for in the sentence that became of its own, by the words
// before and after it, and nowhere else: the same few words beside another
// sentence say something else. Where that is not certain the words count as gone,
// because whoever reads a quotation in the wrong place is misled, and whoever has
// to look for it is not.
//
// It is pure, and the same texts always give the same answer.
package anchor

import (
	"context"
	"slices"
	"unicode"
)

// Place is a stretch of a text in Unicode code points, half open.
type Place struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

func (p Place) overlaps(o Place) bool { return p.Start < o.End && o.Start < p.End }

func (p Place) within(o Place) bool { return o.Start <= p.Start && p.End <= o.End }

// How tells what became of quoted words.
type How string

// What may have become of them.
const (
	Kept     How = "kept"     // they stand among the same words
	Reworded How = "reworded" // they stand, and what is around them was changed
	Moved    How = "moved"    // they stand among the same words elsewhere in the order of the text
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
	same          bool   // they are one text
	to            []int  // for each unit of the first the one that became of it, -1 for none
	moved         []bool // whether it stands elsewhere in the order
	found         map[Place]Found
}

// Between compares two versions of a text. The quotes are what was quoted from
// the first and is to be found: a sentence is not known by them, as many
// sentences cite alike. It fails only when ctx ends before it is done, and asks
// that at each of its steps, of which a text has as many as it is long.
func Between(ctx context.Context, before, after string, quotes []Place) (Versions, error) {
	v := Versions{same: before == after}
	known := vocabulary{}
	outer, err := v.read(ctx, before, after, quotes, known)
	if err != nil {
		return v, err
	}
	if err := v.align(ctx, known); err != nil {
		return v, err
	}
	return v, v.findAll(ctx, outer, quotes)
}

// read takes both texts apart and finds what is quoted in either. It tells in
// which quote each is held.
func (v *Versions) read(ctx context.Context, before, after string, quotes []Place, known vocabulary) (map[Place]Place, error) {
	var err error
	if v.before, err = tokens(ctx, before, known); err != nil {
		return nil, err
	}
	outer, err := v.before.quote(ctx, quotes)
	if err != nil {
		return nil, err
	}
	if err := v.before.divide(ctx); err != nil {
		return nil, err
	}
	v.after = v.before
	if v.same {
		return outer, nil
	}
	if v.after, err = tokens(ctx, after, known); err != nil {
		return nil, err
	}
	if err := v.after.hold(ctx, v.before.patterns); err != nil {
		return nil, err
	}
	return outer, v.after.divide(ctx)
}

// Find tells where words that were quoted from the first version stand in the
// later one.
func (v Versions) Find(p Place) Found {
	if f, quoted := v.found[p]; quoted {
		return f
	}
	return Found{p, Gone}
}

// Same tells whether the sentence that holds a place of the first version stands
// in the later one in the same words.
func (v Versions) Same(at int) bool {
	i := v.before.unitOf(at)
	return i >= 0 && v.to[i] >= 0 && slices.Equal(v.before.units[i].said, v.after.units[v.to[i]].said)
}

func (v Versions) how(unit int) How {
	switch {
	case !slices.Equal(v.before.units[unit].said, v.after.units[v.to[unit]].said):
		return Reworded
	case v.moved[unit]:
		return Moved
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
	s := v.before.sentenceOf(at)
	if s < 0 || v.to[v.before.sentences[s].unit] < 0 {
		return 0
	}
	old := v.before.sentences[s]
	mates := v.after.units[v.to[old.unit]].sentences
	of := slices.Index(v.before.units[old.unit].sentences, s)
	now := v.after.sentences[mates[min(of, len(mates)-1)]]
	first, last := v.after.lineOf(now.Start), v.after.lineOf(max(now.Start, now.End-1))
	return min(first+n-v.before.lineOf(old.Start), last)
}
