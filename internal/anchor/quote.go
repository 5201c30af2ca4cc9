package anchor

import (
	"cmp"
	"slices"
	"unicode"
)

// quote is a stretch of a text in words that were quoted.
type quote struct {
	Place
	pattern int
}

// pattern are words that were quoted, from the mark with which they begin.
type pattern struct {
	runes []rune
	lead  int // marks before the first word
	size  int // words
}

// patterns are the words that were quoted, each once, by how many words they are
// and what these add up to.
type patterns struct {
	all   []pattern
	by    map[string]int
	sums  map[sum][]int
	sizes []int // the longest first
}

type sum struct {
	size int
	of   uint64
}

const base = 0x9E3779B97F4A7C15

func sumOf(words []word) uint64 {
	var h uint64
	for _, w := range words {
		h = h*base + uint64(w.number) + 1
	}
	return h
}

// quote notes what is quoted of a text, and where else the same words stand in
// it. It returns for each quote the one that holds it, most often itself; no two
// of those that hold others overlap. Words that are not whole ones are none.
func (t *text) quote(places []Place) map[Place]Place {
	sorted := slices.Clone(places)
	slices.SortFunc(sorted, func(a, b Place) int {
		return cmp.Or(cmp.Compare(b.End-b.Start, a.End-a.Start), cmp.Compare(a.Start, b.Start))
	})
	t.patterns = &patterns{by: map[string]int{}, sums: map[sum][]int{}}
	outer := map[Place]Place{}
	taken := taken{}
	for _, p := range slices.Compact(sorted) {
		if p.Start < 0 || p.End > len(t.runes) || p.Start >= p.End {
			continue
		}
		if holds, over := taken.over(p); over {
			if p.within(holds) {
				outer[p] = holds
			}
			continue
		}
		if n := t.learn(p); n >= 0 {
			outer[p] = p
			taken.add(p)
			t.quotes = append(t.quotes, quote{p, n})
		}
	}
	t.hold(t.patterns)
	return outer
}

// learn makes a pattern of quoted words, -1 when they are none.
func (t *text) learn(p Place) int {
	from, to := t.wordsIn(p)
	if from == to || !t.parted(p.Start) || !t.parted(p.End) {
		return -1
	}
	k := t.patterns
	said := folded(t.runes[p.Start:p.End])
	if n, known := k.by[said]; known {
		return n
	}
	n := len(k.all)
	k.by[said] = n
	k.all = append(k.all, pattern{t.runes[p.Start:p.End], t.words[from].Start - p.Start, to - from})
	key := sum{to - from, sumOf(t.words[from:to])}
	k.sums[key] = append(k.sums[key], n)
	if !slices.Contains(k.sizes, to-from) {
		k.sizes = append(k.sizes, to-from)
		slices.SortFunc(k.sizes, func(a, b int) int { return cmp.Compare(b, a) })
	}
	return n
}

// hold finds all places at which quoted words stand in a text besides those that
// are known, from the left, the longest first.
func (t *text) hold(k *patterns) {
	t.patterns = k
	known := taken{}
	for _, q := range t.quotes {
		known.add(q.Place)
	}
	sums, powers := t.sums(k)
	last := 0
	for w := range t.words {
		for _, size := range k.sizes {
			if w+size > len(t.words) {
				continue
			}
			q, found := t.at(w, k, sum{size, sums[w+size] - sums[w]*powers[size]})
			if !found || q.Start < last {
				continue
			}
			if _, over := known.over(q.Place); !over {
				t.quotes = append(t.quotes, q)
				last = q.End
				break
			}
		}
	}
	slices.SortFunc(t.quotes, func(a, b quote) int { return cmp.Compare(a.Start, b.Start) })
}

// sums are what the first words of a text add up to, as many as there are, and
// the powers of the base.
func (t text) sums(k *patterns) (sums, powers []uint64) {
	sums, powers = make([]uint64, len(t.words)+1), []uint64{1}
	for i, w := range t.words {
		sums[i+1] = sums[i]*base + uint64(w.number) + 1
	}
	if len(k.sizes) > 0 {
		for range k.sizes[0] {
			powers = append(powers, powers[len(powers)-1]*base)
		}
	}
	return sums, powers
}

// at finds the quoted words that begin with a word of the text and add up to a sum.
func (t text) at(w int, k *patterns, s sum) (quote, bool) {
	for _, n := range k.sums[s] {
		p := k.all[n]
		start := t.words[w].Start - p.lead
		q := quote{Place{start, start + len(p.runes)}, n}
		if start >= 0 && q.End <= len(t.runes) && Same(t.runes[start:q.End], p.runes) && t.parted(start) && t.parted(q.End) {
			return q, true
		}
	}
	return quote{}, false
}

// taken are places none of which overlaps another one, in order.
type taken struct{ places []Place }

func (t *taken) over(p Place) (Place, bool) {
	i, _ := slices.BinarySearchFunc(t.places, p.Start, func(o Place, at int) int {
		if o.End <= at {
			return -1
		}
		return 1
	})
	if i < len(t.places) && t.places[i].overlaps(p) {
		return t.places[i], true
	}
	return Place{}, false
}

func (t *taken) add(p Place) {
	i, _ := slices.BinarySearchFunc(t.places, p.Start, func(o Place, at int) int { return cmp.Compare(o.Start, at) })
	t.places = slices.Insert(t.places, i, p)
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
