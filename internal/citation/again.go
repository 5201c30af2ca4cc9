package citation

import "strings"

// again reports whether what follows a list at token j hands it to what was
// named before, "of the same text", and the token after that.
func (p *parser) again(j int) (int, bool) {
	t := p.at(j)
	if t.gap >= line || !owners[t.key] && !holders[t.key] {
		return j, false
	}
	k := p.determined(j + 1)
	if same[p.at(k).key] && p.at(k+1).kind == word && p.at(k+1).gap < line {
		return k + 2, true
	}
	if (p.at(k).key == "this" || p.at(k).key == "that") && texts[p.at(k+1).key] {
		return k + 2, true
	}
	return j, false
}

// meantAgain reads a list that is of what was named last.
func (p *parser) meantAgain(l list, next int) int {
	said := l
	said.class = "" // the text says of what it is, whatever the noun
	ref, reason := p.fromContext(said)
	if n, ok := p.alike(l); ok && reason != "" {
		ref, reason = p.inherited(l, n, ByBefore), ""
	}
	if n, ok := p.namedLast(); ok && reason != "" {
		ref, reason = p.inherited(l, n, ByBefore), ""
	}
	if reason != "" {
		return p.pass(l.from, l.next, reason)
	}
	end := p.addLists(ref, l)
	p.floor = max(end, next)
	return p.floor
}

// namedLast is the agreement that was named or cited last, wherever that was.
func (p *parser) namedLast() (name, bool) {
	if len(p.refs) == 0 {
		return p.seen, p.seen.to > 0
	}
	r := p.refs[len(p.refs)-1]
	n := name{from: p.tokenAt(r.NameStart), to: p.tokenAt(r.NameEnd-1) + 1, agreement: r.Agreement, edition: r.Edition}
	if p.seen.from > n.from && p.seen.from >= p.floor {
		n = p.seen
	}
	return n, true
}

// lettered reads numbers with letters in brackets that no noun stands before
// and a known name follows: "13(f) and 13(g) of the UN GGE report".
func (p *parser) lettered(j int) (int, bool) {
	if t := p.at(j); t.kind != number || p.at(j+1).key != "(" || p.at(j+1).gap > space || p.at(j+2).kind != word {
		return j, false
	}
	if j < p.unowned {
		return j, false
	}
	l, spare := list{from: j}, p.spare
	first, ok := p.item(j, &l)
	if p.spare = spare; !ok || !strings.HasSuffix(first.labels[0].Text, ")") || !p.labels(&l, j) {
		return j, false
	}
	n, next, ok := p.owner(l.next)
	if !ok || n.agreement == "" {
		p.unowned = l.next // nor has the rest of the list an owner
		return j, false
	}
	return p.addBefore([]list{l}, n, next), true
}

// short is what a text means by the kind of an agreement whose name it printed
// in full before: the Accord, the Call.
func (p *parser) short(n name) name {
	before := p.at(n.from - 1)
	if n.agreement != "" || n.to-n.from != 1 || before.kind != word || !determiners[before.key] && before.key != "du" {
		return n
	}
	if full, ok := p.kinds[unaccented(p.toks[n.from].key)]; ok {
		n.agreement = full
	}
	return n
}

// remember keeps of which kind a known name of several words says that its
// agreement is.
func (p *parser) remember(n name) {
	if n.agreement == "" || n.to-n.from < 2 {
		return
	}
	for i := n.from; i < n.to; i++ {
		kind := unaccented(p.toks[i].key)
		if !textKinds[kind] || !p.capital(p.toks[i]) {
			continue
		}
		if p.kinds == nil {
			p.kinds = map[string]string{}
		}
		if had, ok := p.kinds[kind]; ok && had != n.agreement {
			p.kinds[kind] = "" // two are of that kind
			continue
		}
		p.kinds[kind] = n.agreement
	}
}

// kindBefore reads the name that is not known before a bracket with its numbers:
// "the Malabo Convention (article 8)". It must say what kind of a text it is of.
func (p *parser) kindBefore(j int) (name, bool) {
	if p.at(j-1).key != "(" || p.at(j-1).gap != space || p.at(j).gap >= line || j-1 <= p.floor {
		return name{}, false
	}
	n := name{from: p.nameStart(j - 1), to: j - 1}
	if n.to-n.from < 2 {
		return name{}, false
	}
	for _, t := range p.toks[n.from:n.to] {
		if textKinds[unaccented(t.key)] && p.capital(t) {
			return n, true
		}
	}
	return name{}, false
}
