package citation

// loose reads a list that no name stands before: one that a name follows
// ("principle 4 of the Paris Call"), or one whose agreement was named before.
// What it cannot place it notes.
func (p *parser) loose(l list) int {
	lists, end := p.chained(l)
	if n, next, ok := p.nameAfter(end); ok {
		return p.addBefore(lists, n, next)
	}
	if next, ok := p.again(p.halfClosed(end)); ok {
		return p.meantAgain(l, next)
	}
	if t := p.at(p.halfClosed(end)); t.gap < paragraph && owners[t.key] {
		return p.pass(l.from, end, NotNamed)
	}
	if n, ok := p.bracketedName(l.from); ok {
		return p.add(n, l)
	}
	if p.countsItself(l) {
		return l.next
	}
	if n, ok := p.namedLater(l); ok && !p.theirs(l) {
		p.refs, p.floor = append(p.refs, p.before(l, n, false)), l.next
		return l.next
	}
	ref, reason := p.fromContext(l)
	if n, ok := p.alike(l); ok && reason != "" && !p.theirs(l) {
		ref, reason = p.inherited(l, n, ByBefore), ""
	}
	if reason != "" {
		p.held = held{l, len(p.refs), len(p.passages)}
		return p.pass(l.from, l.next, reason)
	}
	return p.addLists(ref, l)
}

// held is a list that nothing before it says the agreement of, and how much had
// been read until then.
type held struct {
	list
	refs, passages int
}

// release reads the list that was held, if the next one of its sentence has the
// same noun and is of n: "Article 23 and, in parts, Article 30 of the NIS
// Directive".
func (p *parser) release(l list, n name) {
	h := p.held
	p.held = held{}
	if h.class == "" || h.class != l.class || h.refs != len(p.refs) || h.passages+1 != len(p.passages) || p.theirs(h.list) {
		return
	}
	if p.sentenceFrom(l.from, max(0, l.from-maxSentence)) > h.from || p.sentenceFrom(h.next, h.from) > h.from {
		return
	}
	p.passages = p.passages[:h.passages]
	p.refs = append(p.refs, p.before(h.list, n, false))
}

// countsItself reports whether a list is the number of an item of the document
// itself: "Measure 3: a course".
func (p *parser) countsItself(l list) bool {
	t := p.at(l.next)
	return l.class == "measure" && len(l.labels) == 1 && p.sentenceStart(l.from) && t.gap < line && (t.key == ":" || t.key == "–" || t.key == ".")
}

// chained follows a list over those joined to it: articles 14 and 16, recital 4.
func (p *parser) chained(l list) ([]list, int) {
	lists := []list{l}
	for len(lists) < maxParts {
		k, ok := p.joint(l.next)
		if !ok {
			break
		}
		if _, known := p.known(k); known {
			break
		}
		more, ok := p.nounList(k)
		if !ok || !p.sameKind(l.class, more.class) {
			break
		}
		l = more
		lists = append(lists, l)
	}
	return lists, p.afterParts(lists[len(lists)-1])
}

// nameAfter returns the name that the list ending at token j belongs to, and
// the token after what holds it.
func (p *parser) nameAfter(j int) (name, int, bool) {
	j = p.halfClosed(j)
	if k, ok := p.skipAside(j); ok {
		if n, next, ok := p.owner(k); ok {
			return n, next, true
		}
	}
	if n, next, ok := p.owner(j); ok {
		return n, next, true
	}
	if n, next, ok := p.ownerBehindTitle(j); ok {
		return n, next, true
	}
	t := p.at(j)
	switch {
	case t.gap < paragraph && (t.key == "," || t.key == "("), t.gap < line && t.key == "–":
		n, known := p.known(p.determined(j + 1))
		if !known {
			n, known = p.described(p.determined(j + 1))
		}
		if _, own := p.listAfter(n); !known || own || p.at(n.from).gap == paragraph {
			return name{}, j, false
		}
		return n, n.to, true
	case t.gap < line && t.kind == word: // Article 21 NIS2, Art. 32 GDPR
		if n, known := p.known(j); known {
			_, own := p.listAfter(n)
			return n, n.to, !own
		}
		return name{from: j, to: j + 1}, j + 1, p.acronym(j)
	}
	return name{}, j, false
}

// halfClosed passes the bracket of "13 f) du".
func (p *parser) halfClosed(j int) int {
	if t := p.at(j); (t.key == ")" || t.key == ".") && t.gap == tight && owners[p.at(j+1).key] {
		return j + 1
	}
	return j
}

// bulleted reports whether token i is the mark of an item.
func (p *parser) bulleted(i int) bool {
	t := p.at(i)
	return t.kind == mark && t.gap >= line && p.at(i+1).gap == space && (t.key == "*" || t.key == "-" || t.key == "•" || t.key == "–")
}

// bracketedName reads the name that is not known in "(Charter of trust,
// principle 3)" or in an item that begins with it: all that stands between
// bracket or mark and comma.
func (p *parser) bracketedName(j int) (name, bool) {
	if p.at(j-1).key != "," || p.at(j).gap >= line {
		return name{}, false
	}
	for i := j - 2; i >= p.floor && i >= j-1-maxNameWords && p.at(i+1).gap < line; i-- {
		switch t := p.at(i); {
		case t.key == "(" || t.key == ";", p.bulleted(i):
			first := p.at(i + 1)
			return name{from: i + 1, to: j - 1}, i+1 < j-1 && p.capital(first) && !openers[first.key]
		case t.kind == mark:
			return name{}, false
		case !p.bulleted(i-1) && (t.gap >= line || p.at(i-1).key == "*" || p.at(i-1).key == "_"):
			n := name{from: i, to: j - 1}
			return n, p.titled(n)
		}
	}
	return name{}, false
}

// titled reports whether words read like the name of an agreement: several with
// capitals and nothing but small words between them.
func (p *parser) titled(n name) bool {
	capitals := 0
	for i := n.from; i < n.to; i++ {
		switch t := p.toks[i]; {
		case p.capital(t):
			capitals++
		case t.kind != number && !connectors[t.key]:
			return false
		}
	}
	return capitals > 1 && !openers[p.toks[n.from].key]
}

// owner reads "of the Paris Call" at token j.
func (p *parser) owner(j int) (name, int, bool) {
	t := p.at(j)
	if t.gap == paragraph || !owners[t.key] && !holders[t.key] {
		return name{}, j, false
	}
	k := p.determined(j + 1)
	if n, known := p.known(k); known {
		return n, n.to, true
	}
	if n, known := p.described(k); known && !ours[p.at(k-1).key] {
		return n, n.to, true
	}
	if n, known := p.praised(k); known && owners[t.key] {
		return n, n.to, true
	}
	if holders[t.key] {
		return name{}, j, false
	}
	k = p.reported(k)
	n := p.unknownAfter(k)
	if n.to > n.from {
		n = p.short(n)
	}
	return n, n.to, n.to > n.from
}

// determined passes articles and marks that open a quotation or a link.
func (p *parser) determined(j int) int {
	for range maxTrimmings {
		if t := p.at(j); t.gap == paragraph || !determiners[t.key] && !trimmings[t.key] && t.key != "[" {
			break
		}
		j++
	}
	return j
}

// unknownAfter reads a name that is not known from token k on: words with
// capitals and what may stand between them.
func (p *parser) unknownAfter(k int) name {
	n := name{from: k, to: k}
	for i := k; i < k+maxNameWords && p.at(i).gap < paragraph; i++ {
		t := p.at(i)
		switch {
		case p.capital(t):
			n.to = i + 1
		case n.to == k:
			return n
		case t.kind == number && i == n.to, t.kind == number && p.at(i-1).key == "/":
			n.to = i + 1
		case t.key == "(" && p.at(i+2).key == ")" && p.at(i+1).kind == word:
			i += 2
			n.to = i + 1
		case !connectors[t.key]:
			return n
		}
	}
	return n
}

// acronym reports whether token j is a word of capitals: GDPR, NIS2.
func (p *parser) acronym(j int) bool {
	t := p.at(j)
	capitals := 0
	for _, r := range p.text[t.start:t.end] {
		if 'a' <= r && r <= 'z' {
			return false
		}
		if 'A' <= r && r <= 'Z' {
			capitals++
		}
	}
	return capitals > 1 && t.kind == word
}

// addBefore records lists whose agreement is named after them, and goes on
// with numbers that have an owner of their own: "and 3 of the Tech Accord".
func (p *parser) addBefore(lists []list, n name, next int) int {
	p.release(lists[0], n)
	for i, l := range lists {
		last := i == len(lists)-1
		p.refs = append(p.refs, p.before(l, n, last))
	}
	p.floor = max(next, lists[len(lists)-1].next)
	k, ok := p.joint(p.skipTrimmings(p.floor))
	if !ok {
		return p.floor
	}
	l := list{from: k}
	if p.at(p.sign(k)).kind != number || !p.labels(&l, k) {
		return p.floor
	}
	if n, next, ok := p.owner(l.next); ok {
		return p.addBefore([]list{l}, n, next)
	}
	return p.floor
}

// before returns the reference of a list that a name comes after; the last
// list of several holds the name.
func (p *parser) before(l list, n name, holds bool) Reference {
	ref := Reference{
		Start:     p.toks[l.from].start,
		Agreement: n.agreement,
		Edition:   n.edition,
		Name:      p.cut(n.from, n.to),
		Noun:      l.noun,
		Labels:    l.labels,
		NameStart: p.toks[n.from].start,
		NameEnd:   p.toks[n.to-1].end,
	}
	if !holds {
		ref.By = BySentence
		return p.closed(ref)
	}
	ref.End = max(ref.NameEnd, l.labels[len(l.labels)-1].End)
	ref.Text = string(p.text[ref.Start:ref.End])
	return ref
}

// pass notes what could not be read from token i up to token j.
func (p *parser) pass(i, j int, reason Reason) int {
	p.passages = append(p.passages, Passage{p.cut(i, j), p.toks[i].start, p.toks[j-1].end, reason})
	p.floor = j
	return j
}
