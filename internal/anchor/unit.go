package anchor

import (
	"context"
	"slices"

	"normmap/internal/outline"
)

// fewWords are too few to know a sentence by.
const fewWords = 3

// hanging tells of a sentence that says hardly more than what is quoted: it
// belongs to another one. A row of a table stands for itself.
func (s sentence) hanging() bool {
	return s.quoted && (len(s.own) == 0 || len(s.own) < fewWords && s.kind != outline.Row)
}

// join makes units of sentences: each with those that hang on it.
func (t *text) join(ctx context.Context) error {
	on, err := t.owners(ctx)
	if err != nil {
		return err
	}
	for i, owner := range on {
		if owner < 0 {
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
		if err := asked(ctx, i); err != nil {
			return err
		}
		u := &t.units[i]
		slices.Sort(u.sentences)
		for _, s := range u.sentences {
			from, to := t.wordsIn(t.sentences[s].Place)
			for _, w := range t.words[from:to] {
				u.said = append(u.said, w.number)
			}
		}
	}
	return nil
}

func (t *text) begin(sentence int) {
	s := &t.sentences[sentence]
	s.unit = len(t.units)
	t.units = append(t.units, unit{sentences: []int{sentence}, own: s.own})
}

// owners are for each sentence the one on which it hangs, -1 for none.
func (t text) owners(ctx context.Context) ([]int, error) {
	last := make([]int, len(t.sentences)) // for each the last one before it that hangs on none
	stands := -1
	for i, s := range t.sentences {
		if err := asked(ctx, i); err != nil {
			return nil, err
		}
		last[i] = stands
		if !s.hanging() {
			stands = i
		}
	}
	on, next := make([]int, len(t.sentences)), -1
	for i := len(on) - 1; i >= 0; i-- {
		if err := asked(ctx, i); err != nil {
			return nil, err
		}
		on[i] = -1
		if !t.sentences[i].hanging() {
			next = i
			continue
		}
		on[i] = t.owner(i, last, next)
	}
	return on, nil
}

// owner is the sentence on which one hangs, -1 for none: one beside it in its
// block, the one after a heading, else the last one before it that is no deeper
// in a list than the item that it continues. Last and next are those before and
// after it that hang on none.
func (t text) owner(i int, last []int, next int) int {
	s := t.sentences[i]
	if j := last[i]; j >= 0 && t.sentences[j].block == s.block {
		return j
	}
	if next >= 0 && (t.sentences[next].block == s.block || s.kind == outline.Heading) {
		return next
	}
	for j := last[i]; j >= max(0, i-reach); j = last[j] {
		if t.sentences[j].carries(s) {
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
