package citation

import "strings"

// unknown returns the name that stands before the noun at token j and is not
// known, or known and narrowed by more words.
func (p *parser) unknown(j int) (name, bool) {
	to := p.nameEnd(j)
	if p.at(j).gap >= line || p.at(to).gap >= line {
		return name{}, false
	}
	from := p.nameStart(to)
	if to-from == 1 && strings.HasSuffix(p.toks[from].key, "ing") && p.sentenceStart(from) {
		from = to // Following principle 5
	}
	if p.narrowed(to) {
		from = min(from, p.seen.from)
	}
	return name{from: from, to: to}, from < to
}

// narrowed reports whether a few words and nothing else stand between the last
// known name and token to.
func (p *parser) narrowed(to int) bool {
	n := p.seen
	if n.to == 0 || n.from < p.floor || to <= n.to || to-n.to > maxExtraWords {
		return false
	}
	for _, t := range p.toks[n.to:to] {
		if t.kind != word || t.gap >= line || joiners[t.key] || openers[t.key] || predicates[t.key] || t.key == possessive {
			return false
		}
	}
	return true
}

// nameEnd goes back from the noun at j over trimmings and asides.
func (p *parser) nameEnd(j int) int {
	for range maxTrimmings {
		k := j - 1
		switch {
		case k < p.floor:
			return j
		case trimmings[p.toks[k].key]:
			j = k
		case p.toks[k].key == ")":
			open := p.asideStart(k)
			if open < 0 {
				return j
			}
			j = open
		default:
			return j
		}
	}
	return j
}

// asideStart returns the bracket that the one at token k closes, or -1.
func (p *parser) asideStart(k int) int {
	for i := k - 1; i >= p.floor && i > k-maxTrimmings && p.toks[i+1].gap < line; i-- {
		if p.toks[i].key == "(" {
			return i
		}
	}
	return -1
}

// nameStart goes back from token to over the words of a name; it returns to
// when there are none.
func (p *parser) nameStart(to int) int {
	from := to
	for i := to - 1; i >= p.floor && i >= to-maxNameWords; i-- {
		t := p.toks[i]
		switch {
		case p.capital(t):
			from = i
		case t.key == ")" && i < to-1:
			open := p.asideStart(i)
			if open < 0 {
				return p.skipOpeners(from, to)
			}
			i = open
		case t.kind != number && (i == to-1 || !connectors[t.key]):
			return p.skipOpeners(from, to)
		}
		if p.toks[i].gap >= line {
			break
		}
	}
	return p.skipOpeners(from, to)
}

// skipOpeners drops the words from the front of a name that are capitalised
// only by their place.
func (p *parser) skipOpeners(from, to int) int {
	for i := from; i < to; i++ {
		key := p.toks[i].key
		opener := openers[key] && (p.toks[i+1].gap != tight || strings.HasSuffix(key, "'")) // L’article, but A/70/174
		if p.capital(p.toks[i]) && !opener {
			return i
		}
	}
	return to
}
