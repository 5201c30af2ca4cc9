package citation

import (
	"context"

	"normmap/internal/outline"
)

// Bounds that keep reading linear in the length of any text.
const (
	maxNameWords  = 12 // how far left an unknown name reaches
	maxExtraWords = 3  // between a known name and the noun
	maxAside      = 40 // tokens in brackets between name and noun
	maxTrimmings  = 6
)

// parser reads one text.
type parser struct {
	ctx      context.Context // of this reading: blocks are found on the way
	blocks   []outline.Block // of the text, nil until they are found
	names    *node
	editions map[string][]edition
	called   map[string]string // agreements by what the text calls them for short
	source   string
	text     []rune // of source
	toks     []token
	refs     []Reference
	passages []Passage
	floor    int     // the first token after the last reference
	seen     name    // the last known name passed
	unowned  int     // the token after the last list with letters in brackets that no name follows
	spare    int     // labels that ranges may still add
	scopes   *scopes // of the text, nil until they are needed
	sofar    *set    // the agreements named in the blocks from sofarOf to sofarTo
	sofarOf  int
	sofarTo  int
	classes  map[string]counts // of the agreements that the first references are of
	classed  int               // how many of them were counted
	stems    map[string]name   // of which agreement numbers with letters are, by number
	held     held              // the last list without an agreement
	defined  map[string]name   // agreements that a text says it means by a noun
	stemmed  int               // how many references were looked at for it
	// kinds of the agreements whose names were printed in full: accord, call.
	kinds map[string]string
}

// at returns token i, or a token of kind none after a paragraph.
func (p *parser) at(i int) token {
	if i < 0 || i >= len(p.toks) {
		return token{gap: paragraph}
	}
	return p.toks[i]
}

// cut returns what is printed from token i up to, not including, token j.
func (p *parser) cut(i, j int) string {
	return string(p.text[p.toks[i].start:p.toks[j-1].end])
}

// step reads a reference at token i if there is one, and returns where to go on.
func (p *parser) step(i int) int {
	n, known := p.known(i)
	if known {
		n = p.entitled(n)
		if n.from >= p.seen.to {
			p.seen = n
			p.remember(n)
		}
		if l, ok := p.listAfter(n); ok {
			return p.add(n, l)
		}
		return i + 1
	}
	if ref, l, ok := p.coded(i); ok {
		return p.addLists(ref, l)
	}
	if _, _, ok := p.noun(i); !ok {
		if next, ok := p.led(i); ok {
			return next
		}
		if next, ok := p.lettered(i); ok {
			return next
		}
		if next, ok := p.beside(i); ok {
			return next
		}
		return p.counted(i)
	}
	l, ok := p.listHere(i)
	if !ok {
		return i + 1
	}
	if n, named := p.unknown(i); named {
		return p.add(p.short(n), l)
	}
	if n, named := p.kindBefore(i); named {
		return p.add(n, l)
	}
	return p.loose(l)
}

// counted reads "the fifth principle of the Paris Call", which is a citation
// only if the name follows.
func (p *parser) counted(i int) int {
	l, ok := p.ordinals(i)
	if !ok {
		return p.heads(i)
	}
	n, next, ok := p.owner(l.next)
	if !ok {
		return i + 1
	}
	return p.addBefore([]list{l}, n, next)
}

// listAfter reads the list that belongs to a known name, in any of the ways in
// which print connects the two.
func (p *parser) listAfter(n name) (list, bool) {
	if l, ok := p.dashed(n); ok {
		return l, true
	}
	j := p.skipTrimmings(n.to)
	if k, ok := p.skipAside(j); ok {
		if l, ok := p.connected(p.skipTrimmings(k)); ok {
			return l, true
		}
	}
	if k := p.placedAt(j, n.agreement); k > j { // (A/70/174, para. 13), norm (f)
		if l, ok := p.connected(k); ok && l.class != "" {
			return l, true
		}
	}
	return p.connected(j)
}

// connected reads a list at token j, right there or after an opening mark.
func (p *parser) connected(j int) (list, bool) {
	if l, ok := p.nounList(j); ok {
		return l, true
	}
	if l, ok := p.nounWithin(j); ok {
		return l, !p.owned(l)
	}
	if l, ok := p.glued(j); ok && p.at(j).gap < line {
		return l, true
	}
	if l, ok := p.ordinals(j); ok && p.at(j).gap < line {
		return l, !p.owned(l)
	}
	if l, ok := p.ordinals(j + 1); ok && p.at(j).key == "," && p.at(j+1).gap < line {
		return l, !p.owned(l)
	}
	if p.opens(j) {
		k := p.skipTrimmings(j + 1)
		if l, ok := p.nounList(k); ok {
			return l, !p.owned(l)
		}
		if l, ok := p.glued(k); ok && p.at(k).gap < line && (p.at(l.next).kind != word || p.at(l.next).gap >= line) {
			return l, true
		}
	}
	if l, ok := p.closedList(j); ok {
		return l, true
	}
	if t := p.at(j); t.gap < paragraph && (t.key == ":" || t.key == "(") {
		j++
	}
	return p.bareList(j)
}

// opens reports whether the mark at token j may stand between name and noun. A
// dash on a line of its own starts another entry instead.
func (p *parser) opens(j int) bool {
	switch t := p.at(j); t.key {
	case ",", ":", "(":
		return t.gap < paragraph
	case "|", "–", "-":
		return t.gap < line
	}
	return false
}

// owned reports whether the list belongs to what follows it.
func (p *parser) owned(l list) bool {
	j := p.halfClosed(p.afterParts(l))
	if t := p.at(j); t.gap < paragraph && owners[t.key] {
		return true
	}
	_, _, ok := p.ownerBehindTitle(j)
	return ok
}

// add records what is cited by a name and the list after it.
func (p *parser) add(n name, l list) int {
	ref := Reference{
		Start:     p.toks[n.from].start,
		Agreement: n.agreement,
		Edition:   n.edition,
		Name:      p.cut(n.from, n.to),
		NameStart: p.toks[n.from].start,
		NameEnd:   p.toks[n.to-1].end,
	}
	return p.addLists(ref, l)
}

// addLists records a reference with its list and those that go on about the
// same agreement.
func (p *parser) addLists(ref Reference, l list) int {
	first := len(p.refs)
	for {
		ref.Noun, ref.Labels = l.noun, l.labels
		more, again := p.continuation(l.next, l.class)
		for again && more.class == l.class {
			ref.Labels = append(ref.Labels, more.labels...)
			l.next = more.next
			more, again = p.continuation(l.next, l.class)
		}
		p.refs = append(p.refs, p.closed(ref))
		p.floor = l.next
		if !again {
			p.narrow(first)
			p.floor = p.placedAt(p.floor, ref.Agreement)
			return p.floor
		}
		ref.Start, ref.By = p.toks[more.from].start, BySentence
		l = more
	}
}

// closed returns the reference ended at its last label.
func (p *parser) closed(ref Reference) Reference {
	ref.End = ref.Labels[len(ref.Labels)-1].End
	ref.Text = string(p.text[ref.Start:ref.End])
	return ref
}

// continuation reads ", principle 5" or "and recital 4" after a list.
func (p *parser) continuation(j int, of string) (list, bool) {
	k, ok := p.joint(j)
	if !ok {
		return list{}, false
	}
	if _, known := p.known(k); known {
		return list{}, false
	}
	l, ok := p.nounList(k)
	return l, ok && !p.owned(l) && (p.sameKind(of, l.class))
}
