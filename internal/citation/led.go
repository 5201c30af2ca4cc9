package citation

import (
	"strconv"
	"strings"

	"normmap/internal/outline"
)

// led reads the numbers at token i that begin a block under the name of an
// agreement and nothing else: "Paris Call", and then "5 – Non-proliferation".
func (p *parser) led(i int) (int, bool) {
	t := p.at(i)
	if t.gap < line && (i == 0 || !bullets[p.at(i-1).key]) || !isNumber(t) && t.key != "(" && !p.halfLettered(i) {
		return i, false
	}
	p.readScopes()
	if len(p.scopes.blocks) == 0 {
		return i, false
	}
	b := p.blockAt(i)
	s := p.countedOver(b)
	if s.of.agreement == "" || s.goesOn || !p.first(b, i) {
		return i, false
	}
	l := list{from: i}
	p.toks[i].gap = space // as if its name stood before it
	ok := p.labels(&l, i)
	p.toks[i].gap = t.gap
	if !ok || !p.leads(l, s) || p.citesMore(l.next, p.scopes.from[b+1]) {
		return i, false
	}
	if !s.skips {
		return p.pass(i, l.next, OnlyCounts), true
	}
	ref := p.inherited(l, s.of, ByHeading)
	ref.Labels = l.labels
	p.refs = append(p.refs, p.closed(ref))
	p.floor = l.next
	return l.next, true
}

// halfLettered reports whether token i is a letter that marks an item: f).
func (p *parser) halfLettered(i int) bool {
	t, after := p.at(i), p.at(i+1)
	return t.kind == word && len(t.key) == 1 && after.gap == tight && (after.key == ")" || after.key == ".")
}

// first reports whether token i stands first in a block, but for its mark.
func (p *parser) first(b, i int) bool {
	for j := p.scopes.from[b]; j < i; j++ {
		if !bullets[p.toks[j].key] {
			return false
		}
	}
	return true
}

// bullets may stand before such numbers.
var bullets = map[string]bool{"-": true, "*": true, "•": true, "–": true, "#": true}

// counted is what the numbers of the blocks under a heading, or under the line that
// opens their list, are of.
type counted struct {
	of     name
	noun   bool // it says of what: principles
	skips  bool // as no list does
	goesOn bool // with the numbers of the list before it
}

// countedOver is what is counted where block b stands.
func (p *parser) countedOver(b int) counted {
	over := p.scopes.outer[b]
	if over < 0 {
		over = p.scopes.over[b]
	}
	if over < 0 {
		return counted{}
	}
	c, known := p.scopes.series[over]
	if !known {
		c = p.countedUnder(over)
		p.scopes.series[over] = c
	}
	return c
}

// countedUnder tells of block h, if it consists of the name of an agreement and
// perhaps of what that counts: Paris Call principles.
func (p *parser) countedUnder(h int) counted {
	var c counted
	for i := p.scopes.from[h]; i < p.scopes.from[h+1]; {
		t := p.at(i)
		if c.of.agreement == "" && t.kind == number && p.at(i+1).kind == mark {
			i++ // the heading's own number
			continue
		}
		if found, known := p.known(i); known && found.agreement != "" {
			if c.of.agreement != "" && c.of.agreement != found.agreement {
				return counted{}
			}
			c.of, i = found, found.to
			continue
		}
		switch class := nounClass[unaccented(t.key)]; {
		case class != "":
			c.noun = c.noun || strings.HasSuffix(t.key, "s")
		case t.kind == mark, determiners[t.key], owners[t.key]:
		default:
			return counted{}
		}
		i++
	}
	c.skips, c.goesOn = p.skips(h)
	return c
}

// leads reports whether a list is parted from what it heads: by a dash or a
// colon; by a full stop or brackets, as items of lists are too, where its numbers
// are sure to be those of no list.
func (p *parser) leads(l list, s counted) bool {
	t, after := p.at(l.next), p.at(l.next+1)
	lettered := strings.Trim(l.labels[0].Text, "()"+letters) == ""
	sure := s.skips || s.noun && !lettered
	switch t.key {
	case "–", "-":
		return t.gap == space && after.gap == space
	case ":":
		return after.gap == space
	case ".", ")":
		return sure && after.gap == space
	}
	return sure && lettered && strings.HasSuffix(l.labels[len(l.labels)-1].Text, ")") && t.gap == space
}

// skips reports whether the numbers under block h leave some out, as a list's do
// not, and whether they only go on with those before it.
func (p *parser) skips(h int) (skips, goOn bool) {
	last := 0
	over := p.scopes.blocks[h]
	for i := h + 1; i < len(p.scopes.blocks); i++ {
		other := p.scopes.blocks[i]
		if p.scopes.over[i] != h && p.scopes.outer[i] != h {
			if over.Kind != outline.Heading && p.scopes.outer[i] < 0 || other.Kind == outline.Heading && other.Level <= over.Level {
				break
			}
			continue
		}
		n := p.placeOf(i)
		switch {
		case n == 0:
			continue
		case last == 0:
			if goOn = n > 1 && n == p.placeBefore(h)+1; n > 1 && !goOn {
				return true, false
			}
		case n != last+1:
			return true, false
		}
		last = n
	}
	return false, goOn
}

// placeOf is which item of a list block i is, by its mark or by the number behind it.
func (p *parser) placeOf(i int) int {
	if n := place(p.scopes.blocks[i].Mark); n > 0 {
		return n
	}
	j := p.scopes.from[i]
	for j < p.scopes.from[i+1] && bullets[p.toks[j].key] {
		j++
	}
	if t := p.at(j); j < p.scopes.from[i+1] && isNumber(t) {
		return place(t.key)
	}
	return 0
}

// placeBefore is the last number of a list before block h.
func (p *parser) placeBefore(h int) int {
	for i := h - 1; i >= 0 && i > h-maxRecord; i-- {
		if b := p.scopes.blocks[i]; b.Kind == outline.Item && place(b.Mark) > 0 {
			return place(b.Mark)
		}
	}
	return 0
}

// place is which item of a list has a mark, 0 when it does not count: 3 for 3.
// and for (c).
func place(mark string) int {
	core := strings.Trim(mark, "(). ")
	if n, err := strconv.Atoi(core); err == nil {
		return n
	}
	if len(core) == 1 && strings.Contains(letters, core) {
		return strings.Index(letters, strings.ToLower(core)) + 1
	}
	return 0
}

// citesMore reports whether a noun with numbers stands between two tokens: then
// the numbers before it only count.
func (p *parser) citesMore(from, to int) bool {
	for i := from; i < to; i++ {
		if _, ok := p.nounList(i); ok {
			return true
		}
		if n, known := p.known(i); known {
			if _, ok := p.listAfter(n); ok {
				return true
			}
		}
	}
	return false
}
