package anchor

import (
	"context"
	"sort"
	"strings"
	"unicode"

	"normmap/internal/outline"
)

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
		parts, err := t.sentencesIn(ctx, Place{start, place(b.Whole.End)})
		if err != nil {
			return err
		}
		for _, p := range parts {
			t.sentences = append(t.sentences, t.read(sentence{Place: p, block: n, kind: b.Kind, level: b.Level, unit: -1}))
		}
	}
	return t.join(ctx)
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

// sentencesIn parts a block after full stops. What is quoted is not parted. Of
// marks that follow one another none is looked at twice: all end one sentence.
func (t text) sentencesIn(ctx context.Context, block Place) ([]Place, error) {
	var out []Place
	q := sort.Search(len(t.quotes), func(i int) bool { return t.quotes[i].End > block.Start })
	from := block.Start
	for n, at := 0, block.Start; at < block.End; n, at = n+1, at+1 {
		if err := asked(ctx, n); err != nil {
			return nil, err
		}
		if !strings.ContainsRune(stops, t.runes[at]) {
			continue
		}
		marks := t.marksEnd(at, block.End)
		at = marks - 1
		next := t.begins(marks, block.End)
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
	return append(out, Place{from, block.End}), nil
}

const (
	stops   = ".!?…"
	closers = ")]\"'”’»*_"
	openers = "([\"'“‘«*_"
)

// marksEnd is where the marks end of which the first ends a sentence.
func (t text) marksEnd(at, end int) int {
	for at < end && strings.ContainsRune(stops+closers, t.runes[at]) {
		at++
	}
	return at
}

// begins is where a sentence begins after the marks that may end another one, -1
// when none does.
func (t text) begins(marks, end int) int {
	next := marks
	for next < end && unicode.IsSpace(t.runes[next]) {
		next++
	}
	if next == marks || next == end || !unicode.IsUpper(t.runes[next]) && !unicode.IsDigit(t.runes[next]) && !strings.ContainsRune(openers, t.runes[next]) {
		return -1
	}
	return next
}
