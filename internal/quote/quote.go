package quote

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"

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

// Checker compares texts with principles. It remembers what it met and serves
// one goroutine.
type Checker struct {
	principles []norms.PrincipleText
	books      map[string]*book // by agreement
	stems      *stems
}

// New makes a Checker of the principles of the agreements that may be cited.
func New(principles []norms.PrincipleText) *Checker {
	return &Checker{principles: principles, books: map[string]*book{}, stems: newStems()}
}

// Check looks through a text with all that it cites. It fails only when ctx ends
// before it is done.
func (k *Checker) Check(ctx context.Context, s string, cites []Cite) ([]Hint, error) {
	t, err := newText(ctx, s, cites, k.stems)
	if err != nil {
		return nil, err
	}
	var hints []Hint
	for i, c := range cites {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if c.Agreement == "" || c.Start < 0 || c.End <= c.Start || c.End > len(t.runes) {
			continue
		}
		if found := t.check(k.book(c.Agreement), c); found != nil {
			hints = append(hints, Hint{i, *found})
		}
	}
	return hints, nil
}

func (k *Checker) book(agreement string) *book {
	b, ok := k.books[agreement]
	if !ok {
		b = k.stems.book(of(agreement, k.principles))
		k.books[agreement] = b
	}
	return b
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
		if said := t.slice(s.from, s.to); turned.MatchString(said) || s.kind == "named" && added.MatchString(said) {
			continue
		}
		j := b.judge(t.said(s.from, s.to), c)
		if j.best.page != nil {
			j.title = title(t.slice(s.from, s.to)) == title(j.best.page.Title)
		}
		switch {
		case j.fits && !s.loose:
			return nil
		case j.tells(s) && !(s.loose && t.citedBeside(c, j.best.page.Ref)):
			return hint(s.kind, j.best)
		}
	}
	return nil
}

// citedBeside tells whether a principle is cited in the same block, too.
func (t *text) citedBeside(c Cite, ref string) bool {
	b := t.blockAt(c)
	return slices.ContainsFunc(t.citesIn(b.from, b.to), func(o Cite) bool { return slices.Contains(o.Meant, ref) })
}

// judgement is how words fit what is cited and what fits them best.
type judgement struct {
	fits       bool // what is cited has something of them
	sharesNone bool // what is cited has nothing telling
	clear      bool // the best is clearly better than what is cited, and than any other beside it
	best       fit
	title      bool // the words are the best's title, letter for letter
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
		case f.page.Edition == best.page.Edition && (f.score > best.score*otherAtMost || f.whole && f.titled > 0 && f.beside(best)):
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

// tells tells whether what fits best fits clearly better in such a stretch.
func (j judgement) tells(s stretch) bool {
	switch {
	case s.loose:
		return j.sharesNone && j.best.loosely()
	case s.label:
		return j.clear && (j.best.exact || s.kind == "quoted" && j.best.rare > closeRare && j.best.closely())
	case s.free:
		return j.clear && (j.title || j.best.titled > 0 && j.best.names())
	case s.kind == "paraphrased":
		return j.clear && j.sharesNone && j.best.closely()
	}
	return j.clear && (j.title || j.best.closely())
}

// title is a text as titles are compared: its letters in lower case.
func title(s string) string {
	return strings.ToLower(strings.Join(strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }), " "))
}

// beside tells whether what fits f are other words than those that fit best.
func (f fit) beside(best fit) bool {
	return slices.ContainsFunc(f.words, func(w word) bool {
		return !slices.ContainsFunc(best.words, func(o word) bool { return o.start == w.start })
	})
}

// What words that are put to a number must at least share with a principle.
const (
	closeShare = 0.5
	closeRare  = 2
	titleShare = 0.66 // where it is the whole title that tells
)

// closely tells whether words that should say what a principle says, say it.
func (f fit) closely() bool {
	telling := f.rare >= closeRare && f.titled > 0 || f.rare > closeRare
	return telling && f.share >= closeShare || f.names()
}

// names tells whether words are hardly more than a title.
func (f fit) names() bool {
	return f.whole && f.rare > 0 && len(f.words) > 1 && f.share >= titleShare
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
