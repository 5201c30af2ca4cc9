package citation

import (
	"regexp"
	"sort"
	"strings"
	"unicode/utf8"

	"normmap/internal/outline"
)

// maxSentence is how many tokens back the agreement of a number may be named
// in running text.
const maxSentence = 300

// maxDefinition is how many tokens before and after its verb say what a noun means.
const maxDefinition = 25

// maxRecord is how many lines a record of a form has at most.
const maxRecord = 20

// scopes are the blocks of a text as stretches of tokens.
type scopes struct {
	blocks []outline.Block
	over   []int           // the heading over each block
	outer  []int           // what each block is listed under
	from   []int           // its first token; one more than blocks, the last being the end
	named  []*set          // the agreements named in a block, nil until asked for
	series map[int]counted // what is counted under a block, as far as asked for
}

// set is what agreements a stretch of text names: none, one or several.
type set struct {
	names []name // one for each
}

// add counts a name; one that is not known is an agreement of its own.
func (s *set) add(n name) {
	for i, had := range s.names {
		if had.agreement != n.agreement || n.agreement == "" {
			continue
		}
		switch {
		case had.edition == "":
			s.names[i].edition = n.edition
		case n.edition != "" && n.edition != had.edition:
			s.names[i].edition = "" // of two, nobody knows which
		}
		return
	}
	s.names = append(s.names, n)
}

// within returns the agreements named between two tokens. The name of one that
// is not known counts where it was cited.
func (p *parser) within(from, to int) *set {
	s := &set{}
	for i := max(from, 0); i < min(to, len(p.toks)); {
		n, known := p.known(i)
		if !known {
			i++
			continue
		}
		s.add(n)
		i = n.to
	}
	if from >= len(p.toks) {
		return s
	}
	start, end := p.toks[from].start, p.toks[max(to-1, from)].end
	for i := len(p.refs) - 1; i >= 0 && p.refs[i].End > start; i-- {
		if r := p.refs[i]; r.Start < end && (r.Agreement == "" || r.By != ByName) {
			s.add(name{from: p.tokenAt(r.NameStart), to: p.tokenAt(r.NameEnd-1) + 1, agreement: r.Agreement, edition: r.Edition})
		}
	}
	return s
}

// tokenAt returns the token at or before a place.
func (p *parser) tokenAt(place int) int {
	return max(0, sort.Search(len(p.toks), func(i int) bool { return p.toks[i].start > place })-1)
}

// fromContext finds out of which agreement a list is that no name stands by:
// the last one cited in its sentence, else the only one named in the sentence,
// in the one before, in what opens its list, or in a heading over it.
func (p *parser) fromContext(l list) (Reference, Reason) {
	p.readScopes()
	if len(p.scopes.blocks) == 0 {
		return Reference{}, NoAgreement // a text of rules and fences
	}
	b := p.blockAt(l.from)
	first := max(p.scopes.from[p.recordOf(b)], l.from-maxSentence)
	start := p.sentenceFrom(l.from, first)
	if p.theirs(l) {
		return p.possessed(l, start, p.sentenceFrom(start-1, first))
	}
	if n, ok := p.citedLast(start); ok && !p.otherwise(n.agreement, l.class) {
		return p.inherited(l, n, BySentence), ""
	}
	if n, ok := p.defined[l.class]; ok {
		return p.inherited(l, n, ByBefore), ""
	}
	before := p.sentenceFrom(start-1, first)
	for _, scope := range []struct {
		from, to int
		by       By
	}{{start, l.from, BySentence}, {before, start, ByBefore}} {
		if s := p.within(scope.from, scope.to); len(s.names) > 0 {
			return p.only(l, s, scope.by)
		}
	}
	if s := p.introduction(b); s != nil {
		return p.only(l, s, ByBefore)
	}
	for h := p.scopes.over[b]; h >= 0; h = p.scopes.over[h] {
		if s := p.namedIn(h); len(s.names) > 0 {
			return p.only(l, s, ByHeading)
		}
	}
	if s := p.soFar(b, l); s != nil {
		return p.only(l, s, ByBefore)
	}
	if n, ok := p.formName(first, l.from); ok {
		return p.inherited(l, n, ByBefore), ""
	}
	if divisions[l.class] {
		return Reference{}, NotNamed // laws, statutes and contracts have them all
	}
	return Reference{}, NoAgreement
}

// recordOf is the block with which the lines of a form begin that block b is one
// of.
func (p *parser) recordOf(b int) int {
	for n := 0; n < maxRecord && b > 0; n++ {
		over := p.scopes.blocks[b-1].Kind
		if p.scopes.blocks[b].Label == "" || p.scopes.blocks[b].Gap || over != outline.Paragraph && over != outline.Item {
			break
		}
		b--
	}
	return b
}

// soFar is the one agreement that was named in the section of a block before a
// list of principles or norms; other nouns count things of many kinds.
func (p *parser) soFar(b int, l list) *set {
	if l.class != "principle" && l.class != "norm" {
		return nil
	}
	from := max(p.scopes.over[b], 0)
	if p.sofarOf != from || p.sofar == nil {
		p.sofarOf, p.sofar, p.sofarTo = from, &set{}, from
	}
	for ; p.sofarTo < b; p.sofarTo++ {
		for _, n := range p.namedIn(p.sofarTo).names {
			p.sofar.add(n)
		}
	}
	if len(p.fitting(p.sofar, l)) != 1 {
		return nil
	}
	return p.sofar
}

// possessed reads "the Paris Call and its principle 9": one agreement is named
// in the sentence or in the one before, and nothing says that it is ours.
func (p *parser) possessed(l list, start, before int) (Reference, Reason) {
	if ours[p.at(l.from-1).key] || ours[p.at(l.from-2).key] {
		return Reference{}, NotNamed
	}
	if s := p.within(start, l.from); len(s.names) > 0 {
		return p.only(l, s, BySentence)
	}
	if s := p.within(before, start); len(s.names) == 1 {
		return p.inherited(l, s.names[0], ByBefore), ""
	}
	return Reference{}, NotNamed
}

// formName reads the name that is not known in a line "Agreement: Charter of
// Trust" of a form.
func (p *parser) formName(from, to int) (name, bool) {
	for i := to - 2; i >= from; i-- {
		if !formFields[p.at(i).key] || p.at(i+1).key != ":" || p.at(i).gap < line {
			continue
		}
		n := name{from: i + 2, to: i + 2}
		for n.to < to && n.to-n.from < maxNameWords && (n.to == n.from || p.at(n.to).gap < line) {
			n.to++
		}
		return n, n.to > n.from && p.capital(p.at(n.from))
	}
	return name{}, false
}

// only is the reference to the one agreement of a set.
func (p *parser) only(l list, s *set, by By) (Reference, Reason) {
	fit := p.fitting(s, l)
	switch {
	case len(fit) == 1:
		return p.inherited(l, fit[0], by), ""
	case len(s.names) > 1:
		return Reference{}, SeveralAgreements
	}
	return Reference{}, NotNamed
}

// alike finds the one agreement of which the text cited numbers with letters
// before, like 13(g), where these are of that kind and of the same number.
func (p *parser) alike(l list) (name, bool) {
	stem, ok := numberOf(l.labels[0])
	if !ok {
		return name{}, false
	}
	for ; p.stemmed < len(p.refs); p.stemmed++ {
		r := p.refs[p.stemmed]
		for _, label := range r.Labels {
			if s, ok := numberOf(label); ok {
				p.stem(s, r)
			}
		}
	}
	n, ok := p.stems[stem]
	return n, ok && n.agreement != ""
}

// stem notes of which agreement a number with a letter was cited.
func (p *parser) stem(s string, r Reference) {
	n := name{from: p.tokenAt(r.NameStart), to: p.tokenAt(r.NameEnd-1) + 1, agreement: r.Agreement}
	if p.stems == nil {
		p.stems = map[string]name{}
	}
	if had, ok := p.stems[s]; ok && had.agreement != r.Agreement {
		n.agreement = "" // of two
	}
	p.stems[s] = n
}

// numberOf is the number of a label that has a letter, too.
func numberOf(l Label) (string, bool) {
	m := withLetter.FindStringSubmatch(Normalize(l.Text))
	if m == nil {
		return "", false
	}
	return m[1], true
}

var withLetter = regexp.MustCompile(`^([0-9]{1,3})[a-z]$`)

// define reads "a norm means one of the UN GGE report" at the verb, wherever a
// text says it: what a noun that stands alone is of.
func (p *parser) define(i int) {
	if !definers[unaccented(p.at(i).key)] && !(p.at(i).kind == word && equals[p.at(i).key] && those[p.at(i+1).key]) {
		return
	}
	start := p.sentenceFrom(i, max(0, i-maxDefinition))
	for j := i - 1; j >= start; j-- {
		class := nounClass[unaccented(p.at(j).key)]
		if class == "" {
			continue
		}
		for k := i + 1; k < i+maxDefinition && p.at(k).gap < paragraph && !p.endsSentence(k-1); k++ {
			if n, known := p.known(k); known && n.agreement != "" {
				if p.defined == nil {
					p.defined = map[string]name{}
				}
				p.defined[class] = n
				return
			}
		}
	}
}

func (p *parser) inherited(l list, n name, by By) Reference {
	return Reference{
		Start:     p.toks[l.from].start,
		Agreement: n.agreement,
		Edition:   n.edition,
		Name:      p.cut(n.from, n.to),
		NameStart: p.toks[n.from].start,
		NameEnd:   p.toks[n.to-1].end,
		By:        by,
	}
}

// citedLast returns the agreement of the last reference after token start,
// unless another name came since.
func (p *parser) citedLast(start int) (name, bool) {
	if len(p.refs) == 0 || start >= len(p.toks) {
		return name{}, false
	}
	r := p.refs[len(p.refs)-1]
	if r.Start < p.toks[start].start || p.seen.from >= p.floor {
		return name{}, false
	}
	return name{from: p.tokenAt(r.NameStart), to: p.tokenAt(r.NameEnd-1) + 1, agreement: r.Agreement, edition: r.Edition}, true
}

// introduction is what names an agreement for a whole list: the item that the
// block is nested in, or the paragraph that ends with a colon before it.
func (p *parser) introduction(b int) *set {
	for i := p.scopes.outer[b]; i >= 0; i = p.scopes.outer[i] {
		if s := p.namedIn(i); len(s.names) > 0 {
			return s
		}
	}
	return nil
}

// outerBlocks returns for each block the item that it is nested in, or the
// paragraph that opens its list, or -1.
func outerBlocks(text string, blocks []outline.Block) []int {
	outer := make([]int, len(blocks))
	opening := -1
	var items []int
	for i, b := range blocks {
		outer[i] = -1
		listed := b.Kind == outline.Item || b.Level > 0 && b.Kind != outline.Heading
		if !listed {
			items, opening = nil, -1
			if b.Kind == outline.Paragraph && strings.HasSuffix(b.Whole.Of(text), ":") {
				opening = i
			}
			continue
		}
		items = items[:min(b.Level, len(items))]
		if outer[i] = opening; len(items) > 0 {
			outer[i] = items[len(items)-1]
		}
		if b.Kind == outline.Item {
			items = append(items, i)
		}
	}
	return outer
}

// namedIn returns the agreements named in a block.
func (p *parser) namedIn(b int) *set {
	if p.scopes.named[b] == nil {
		p.scopes.named[b] = p.within(p.scopes.from[b], p.scopes.from[b+1])
	}
	return p.scopes.named[b]
}

// readScopes cuts the text into blocks, once.
func (p *parser) readScopes() {
	if p.scopes != nil {
		return
	}
	blocks := p.blocks
	if blocks == nil {
		blocks, _ = outline.Blocks(p.ctx, p.source) // none when the context ends: nothing is used then
	}
	s := &scopes{blocks: blocks, over: outline.Under(blocks), outer: outerBlocks(p.source, blocks), named: make([]*set, len(blocks)), series: map[int]counted{}}
	runes, bytes := 0, 0
	for _, b := range blocks {
		runes += utf8.RuneCountInString(p.source[bytes:b.Whole.Start])
		bytes = b.Whole.Start
		s.from = append(s.from, sort.Search(len(p.toks), func(i int) bool { return p.toks[i].start >= runes }))
	}
	s.from = append(s.from, len(p.toks))
	p.scopes = s
}

// blockAt returns the block that token j stands in.
func (p *parser) blockAt(j int) int {
	return max(0, sort.SearchInts(p.scopes.from[:len(p.scopes.blocks)], j+1)-1)
}
