package anchor

import (
	"cmp"
	"context"
	"slices"
	"sort"
	"unicode"
)

// quote is a stretch of a text in words that were quoted.
type quote struct {
	Place
	pattern int
}

// patterns are the words that were quoted, each once.
type patterns struct {
	all    [][]rune
	by     map[string]int
	sums   map[sum]int
	shapes map[int32][]shape // by their first word, the longest first
}

// shape is how long quoted words are, with how many marks before the first word.
type shape struct{ lead, length int }

// sum is what words of a length add up to.
type sum struct {
	length int
	of     uint64
}

// mostShapes is of how many lengths words that begin alike are looked for. The
// longer ones are known where they were quoted, and gone from any other text: no
// letter has as many, and who writes one shall not keep a reader busy.
const mostShapes = 64

const base = 0x9E3779B97F4A7C15

// add goes on with a sum of words. A blank is like any other one.
func add(h uint64, r rune) uint64 {
	if unicode.IsSpace(r) {
		r = ' '
	}
	return h*base + uint64(r) + 1 //nolint:gosec // a character is no negative number
}

// quote notes what is quoted of a text, and where else the same words stand in
// it. It returns for each quote the one that holds it, most often itself; no two
// of those that hold others overlap. Words that are not whole ones are none.
func (t *text) quote(ctx context.Context, places []Place) (map[Place]Place, error) {
	sorted := slices.Clone(places)
	slices.SortFunc(sorted, func(a, b Place) int {
		return cmp.Or(cmp.Compare(b.End-b.Start, a.End-a.Start), cmp.Compare(a.Start, b.Start))
	})
	t.patterns = &patterns{by: map[string]int{}, sums: map[sum]int{}, shapes: map[int32][]shape{}}
	outer := map[Place]Place{}
	covers := make([]int32, len(t.runes)) // by which quote each place is covered, counted from 1
	for i, p := range slices.Compact(sorted) {
		if err := asked(ctx, i); err != nil {
			return nil, err
		}
		if p.Start < 0 || p.End > len(t.runes) || p.Start >= p.End {
			continue
		}
		// No other one that was taken is shorter: it covers an end of this one, or nothing.
		if n := max(covers[p.Start], covers[p.End-1]); n > 0 {
			if holds := t.quotes[n-1].Place; p.within(holds) {
				outer[p] = holds
			}
			continue
		}
		if n := t.learn(p); n >= 0 {
			outer[p] = p
			t.quotes = append(t.quotes, quote{p, n})
			for at := p.Start; at < p.End; at++ {
				covers[at] = int32(len(t.quotes)) //nolint:gosec // a text has fewer quotes than that
			}
		}
	}
	t.patterns.order()
	return outer, t.hold(ctx, t.patterns)
}

// learn makes a pattern of quoted words, -1 when they are none.
func (t *text) learn(p Place) int {
	from, to := t.wordsIn(p)
	if from == to || !t.parted(p.Start) || !t.parted(p.End) {
		return -1
	}
	k := t.patterns
	runes := t.runes[p.Start:p.End]
	said := folded(runes)
	if n, known := k.by[said]; known {
		return n
	}
	n := len(k.all)
	k.by[said] = n
	k.all = append(k.all, runes)
	key := sum{length: len(runes)}
	for _, r := range runes {
		key.of = add(key.of, r)
	}
	k.sums[key] = n
	first := t.words[from]
	k.shapes[first.number] = append(k.shapes[first.number], shape{first.Start - p.Start, len(runes)})
	return n
}

// order puts the shapes of patterns in order, the longest first.
func (k *patterns) order() {
	for first, list := range k.shapes {
		slices.SortFunc(list, func(a, b shape) int {
			return cmp.Or(cmp.Compare(b.length, a.length), cmp.Compare(a.lead, b.lead))
		})
		list = slices.Compact(list)
		k.shapes[first] = list[max(0, len(list)-mostShapes):]
	}
}

// hold finds all places at which quoted words stand in a text besides those that
// are known, from the left, the longest first.
func (t *text) hold(ctx context.Context, k *patterns) error {
	t.patterns = k
	inOrder := func(a, b quote) int { return cmp.Compare(a.Start, b.Start) }
	slices.SortFunc(t.quotes, inOrder)
	if len(k.all) == 0 {
		return nil
	}
	known := t.quotes[:len(t.quotes):len(t.quotes)]
	sums, powers := t.sums(k)
	last := 0
	for n, w := range t.words {
		if err := asked(ctx, n); err != nil {
			return err
		}
		if w.Start < last || anyOver(known, w.Place) {
			continue
		}
		for _, s := range k.shapes[w.number] {
			p := Place{w.Start - s.lead, w.Start - s.lead + s.length}
			if p.Start < last || p.End > len(t.runes) || !t.parted(p.Start) || !t.parted(p.End) {
				continue
			}
			n, found := k.sums[sum{s.length, sums[p.End] - sums[p.Start]*powers[s.length]}]
			if found && !anyOver(known, p) && Same(t.runes[p.Start:p.End], k.all[n]) {
				t.quotes = append(t.quotes, quote{p, n})
				last = p.End
				break
			}
		}
	}
	slices.SortFunc(t.quotes, inOrder)
	return nil
}

// sums are what the beginnings of a text add up to, and the powers of the base by
// the lengths of patterns.
func (t text) sums(k *patterns) ([]uint64, map[int]uint64) {
	sums := make([]uint64, len(t.runes)+1)
	for i, r := range t.runes {
		sums[i+1] = add(sums[i], r)
	}
	powers := map[int]uint64{}
	for _, list := range k.shapes {
		for _, s := range list {
			if powers[s.length] == 0 {
				powers[s.length] = power(s.length)
			}
		}
	}
	return sums, powers
}

// power is a power of the base.
func power(n int) uint64 {
	out := uint64(1)
	for square := uint64(base); n > 0; n, square = n/2, square*square {
		if n%2 == 1 {
			out *= square
		}
	}
	return out
}

// anyOver tells whether one of the quotes, which are in order, overlaps a place.
func anyOver(quotes []quote, p Place) bool {
	i := sort.Search(len(quotes), func(i int) bool { return quotes[i].End > p.Start })
	return i < len(quotes) && quotes[i].overlaps(p)
}

// folded has a blank for each blank, tabulator and end of a line: another break of
// lines makes no other words.
func folded(runes []rune) string {
	out := slices.Clone(runes)
	for i, r := range out {
		if unicode.IsSpace(r) {
			out[i] = ' '
		}
	}
	return string(out)
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
	return at == 0 || at == len(t.runes) || !inWord(t.runes[at-1]) || !inWord(t.runes[at])
}
