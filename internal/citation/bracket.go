package citation

import "strings"

// maxBracket is how many tokens of a bracket are looked at.
const maxBracket = 60

// bracketed reports whether token j stands in brackets that opened on its line.
func (p *parser) bracketed(j int) bool {
	depth := 0
	for i := j - 1; i >= 0 && i >= j-maxBracket && p.toks[i+1].gap < paragraph; i-- {
		switch p.toks[i].key {
		case ")", "]":
			depth++
		case "(", "[":
			if depth--; depth < 0 {
				return true
			}
		}
	}
	return false
}

// closedList reads numbers without a noun at token j that nothing goes on from, as
// brackets hold them: "[Paris Call, VI; Tech Accord I]".
func (p *parser) closedList(j int) (list, bool) {
	if p.at(j).key == "," && p.at(j).gap == tight {
		j++
	}
	first := p.at(j)
	if first.gap != space && first.gap != line || first.kind != number && !p.romanAt(j) || !p.bracketed(j) {
		return list{}, false
	}
	l := list{from: j}
	if !p.labels(&l, j) || !p.closes(l.next) {
		return list{}, false
	}
	return l, true
}

// romanAt reports whether token j is a Roman numeral in capitals.
func (p *parser) romanAt(j int) bool {
	printed := p.cut(j, j+1)
	return romanValue(printed) > 0 && strings.ToUpper(printed) == printed
}

// closes reports whether token j ends what brackets list, or begins the next thing
// in them.
func (p *parser) closes(j int) bool {
	t := p.at(j)
	switch {
	case t.gap == paragraph, t.key == ")", t.key == "]", t.key == ";":
		return true
	}
	k, ok := p.joint(j)
	return ok && (p.capital(p.at(k)) || p.at(k).kind == word && p.at(k).gap == space && determiners[p.at(k).key])
}

// beside reads a name that is not known with numbers that no noun stands before,
// next to what is cited of others: "(TA 3; Paris Call 7)". Letters and a number
// alone in brackets are noted.
func (p *parser) beside(i int) (int, bool) {
	if !p.begins(i) || !p.capital(p.at(i)) || openers[p.at(i).key] && p.cut(i, i+1) != "UN" {
		return i, false
	}
	n := p.unknownAfter(i)
	for k := n.from; k < n.to; k++ {
		if isNumber(p.at(k)) {
			n.to = k // it is what is cited
		}
	}
	l, ok := p.numbersAfter(n)
	switch {
	case !ok || n.to-n.from == 1 && !p.acronym(i) || n.to-n.from > 1 && !p.titled(n):
		return i, false
	case p.follows(i) || p.precedes(l.next):
		return p.add(p.shortened(n, l), l), true
	case n.to-n.from == 1 && (p.at(i-1).key == "(" || p.at(i-1).key == "[") && (p.at(l.next).key == ")" || p.at(l.next).key == "]"):
		return p.pass(i, l.next, NotKnown), true
	}
	return i, false
}

// shortened is the agreement of which the text cited such numbers before, if its
// name began so: UN for UN GGE.
func (p *parser) shortened(n name, l list) name {
	full, ok := p.alike(l)
	if ok && full.from < len(p.toks) && nameKey(p.toks[full.from]) == nameKey(p.toks[n.from]) {
		n.agreement = full.agreement
	}
	return n
}

// begins reports whether token i is the first of what a list of citations names.
func (p *parser) begins(i int) bool {
	before := p.at(i - 1)
	if p.at(i).gap == paragraph {
		return true
	}
	switch before.key {
	case "(", "[", ";", ",", ":", "|":
		return true
	}
	return joiners[before.key]
}

// numbersAfter reads the numbers of a name that nothing goes on from.
func (p *parser) numbersAfter(n name) (list, bool) {
	j := n.to
	if p.at(j).key == "," && p.at(j).gap == tight {
		j++
	}
	first := p.at(j)
	l := list{from: j}
	if n.to == n.from || first.gap != space || !isNumber(first) && !p.romanAt(j) || !p.labels(&l, j) || !p.closes(l.next) {
		return list{}, false
	}
	return l, true
}

// follows reports whether token i comes right after a reference and a mark that
// parts two.
func (p *parser) follows(i int) bool {
	if len(p.refs) == 0 || i == 0 {
		return false
	}
	k := i - 1
	for k > 0 && (p.at(k).key == ";" || p.at(k).key == "," || joiners[p.at(k).key]) {
		k--
	}
	return k < i-1 && p.toks[k].end == p.refs[len(p.refs)-1].End && p.toks[i].gap < paragraph
}

// precedes reports whether a known name with numbers follows at token j, behind a
// mark that parts two.
func (p *parser) precedes(j int) bool {
	k, ok := p.joint(j)
	if !ok {
		return false
	}
	n, known := p.known(p.determined(k))
	if !known {
		return false
	}
	_, cites := p.listAfter(n)
	return cites
}
