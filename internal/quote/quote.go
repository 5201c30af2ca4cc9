package quote

import (
	"cmp"
	"slices"

	"normmap/internal/norms"
)

// Cite is a place of a text that cites numbers of an agreement. Start and End
// count the code points of the text, half open.
type Cite struct {
	Start, End int
	Agreement  string   // slug; of "" nothing is known to compare with
	Meant      []string // refs of the principles that its numbers mean, or may mean
	// Open tells that it cites one number and that Meant is what this may mean:
	// then a hint may name one of them.
	Open bool
}

// Hint is about one of the cites.
type Hint struct {
	Cite int // by its place in the list
	norms.QuoteHint
}

// Check looks through a text with all that it cites, against the principles of
// the agreements.
func Check(s string, cites []Cite, principles []norms.PrincipleText) []Hint {
	t := newText(s, cites)
	books := map[string]*book{}
	var hints []Hint
	for i, c := range cites {
		if c.Agreement == "" || c.Start < 0 || c.End <= c.Start || c.End > len(t.runes) {
			continue
		}
		b, ok := books[c.Agreement]
		if !ok {
			b = t.stems.book(of(c.Agreement, principles))
			books[c.Agreement] = b
		}
		if found := t.check(b, c); found != nil {
			hints = append(hints, Hint{i, *found})
		}
	}
	return hints
}

func of(agreement string, all []norms.PrincipleText) []norms.PrincipleText {
	var out []norms.PrincipleText
	for _, p := range all {
		if p.Agreement == agreement {
			out = append(out, p)
		}
	}
	return out
}

// check looks at the stretches around a citation until one tells.
func (t *text) check(b *book, c Cite) *norms.QuoteHint {
	for _, s := range t.around(c) {
		if turned.MatchString(t.slice(s.from, s.to)) {
			continue
		}
		j := b.judge(t.said(s.from, s.to), c)
		switch {
		case j.fits && !s.loose:
			return nil
		case s.loose && j.sharesNone && j.best.loosely() && !t.citedBeside(c, j.best.page.Ref), !s.loose && j.clear && j.best.closely() && (!s.label || j.best.exact):
			return hint(s.kind, j.best)
		}
	}
	return nil
}

// citedBeside tells whether a principle is cited in the same block, too.
func (t *text) citedBeside(c Cite, ref string) bool {
	b := t.blockAt(c.Start)
	return slices.ContainsFunc(t.cites, func(o Cite) bool {
		return b.from <= o.Start && o.Start < b.to && slices.Contains(o.Meant, ref)
	})
}

// judgement is how words fit what is cited and what fits them best.
type judgement struct {
	fits       bool // what is cited has something of them
	sharesNone bool // what is cited has nothing telling
	clear      bool // the best is clearly better than what is cited, and than any other beside it
	best       fit
}

// How much less than the best what is cited, or another principle of the same
// edition, may fit.
const (
	citedAtMost = 1.0 / 3
	otherAtMost = 0.6
)

func (b *book) judge(said []word, c Cite) judgement {
	fits := make([]fit, len(b.pages))
	for i := range b.pages {
		fits[i] = b.fit(&b.pages[i], said)
		fits[i].meant = slices.Contains(c.Meant, fits[i].page.Ref)
	}
	best, ok := c.nearest(fits)
	if !ok {
		return judgement{}
	}
	j := judgement{best: best, sharesNone: true, clear: true}
	for _, f := range fits {
		switch {
		case f.page.Ref == best.page.Ref || f.meant && best.meant && f.page.Edition != best.page.Edition && f.score > best.score*alike:
		case f.meant:
			j.fits = j.fits || f.whole || f.rare > 0 && f.score >= best.score*citedAtMost
			j.sharesNone = j.sharesNone && f.rare == 0 && !f.whole
			j.clear = j.clear && f.score <= best.score*citedAtMost
		case f.page.Edition == best.page.Edition && f.score > best.score*otherAtMost:
			j.clear, j.sharesNone = false, false
		}
	}
	return j
}

// alike is how near two principles are when they differ in wording only, as
// those of two editions do.
const alike = 0.9

// nearest is what fits best of what a hint may name; of principles that are
// alike one that may be meant, then that of the edition that is cited, then
// that of the current one.
func (c Cite) nearest(fits []fit) (fit, bool) {
	edition := ""
	for _, f := range fits {
		if f.meant {
			edition = f.page.Edition
		}
	}
	fits = slices.DeleteFunc(slices.Clone(fits), func(f fit) bool { return f.meant && !c.Open })
	if len(fits) == 0 {
		return fit{}, false
	}
	most := slices.MaxFunc(fits, func(a, b fit) int { return cmp.Compare(a.score, b.score) }).score
	rank := func(f fit) int {
		switch {
		case f.score < most*alike:
			return 0
		case f.meant:
			return 4
		case f.page.Edition == edition:
			return 3
		case f.page.Current:
			return 2
		}
		return 1
	}
	return slices.MaxFunc(fits, func(a, b fit) int { return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.score, b.score)) }), true
}

// What words that are put to a number must at least share with a principle.
const (
	closeShare = 0.5
	closeRare  = 2
)

// closely tells whether words that should say what a principle says, say it.
func (f fit) closely() bool {
	telling := f.rare >= closeRare && f.titled > 0 || f.rare > closeRare
	titled := f.whole && f.rare > 0 && (f.share == 1 || f.share >= closeShare && len(f.page.named) > 1)
	return telling && f.share >= closeShare || titled
}

// What a sentence must at least share with a principle that it may be about.
const (
	looseShare = 0.5
	looseRare  = 4
	looseTitle = 3
)

// loosely tells whether a sentence that could say anything says a principle.
func (f fit) loosely() bool {
	return f.passim && f.titled > 0 && len(f.page.named) >= looseTitle || f.rare >= looseRare && f.titled > 0 && f.share >= looseShare
}

func hint(kind norms.QuoteKind, f fit) *norms.QuoteHint {
	if f.passim && f.titled > 0 && len(f.page.named) >= looseTitle {
		kind = "quoted"
	}
	h := &norms.QuoteHint{Principle: f.page.Ref, Title: f.page.Title, Open: f.meant, Kind: kind}
	for _, w := range f.words {
		h.Words = append(h.Words, norms.QuotedWord{Text: w.text, Start: w.start, End: w.end})
	}
	return h
}
