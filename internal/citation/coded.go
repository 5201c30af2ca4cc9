package citation

import "strings"

const (
	maxCode       = 3 // letters of a name that numbers are glued to
	maxCodeDigits = 2
)

// coded reads "PC6" at token i: the short name of an agreement, in capitals,
// with a number glued to it. NIS 2 being a name, NIS2 and NIS3 are none.
func (p *parser) coded(i int) (Reference, list, bool) {
	t := p.toks[i]
	if t.kind != word || !isDigit(p.text[t.end-1]) {
		return Reference{}, list{}, false
	}
	printed := string(p.text[t.start:t.end])
	stem := strings.TrimRight(printed, "0123456789")
	digits := printed[len(stem):]
	if stem == "" || len(stem) > maxCode || digits == "" || len(digits) > maxCodeDigits || stem != strings.ToUpper(stem) {
		return Reference{}, list{}, false
	}
	of := p.called[stem]
	if at := p.names.next[strings.ToLower(stem)]; of == "" && at != nil && at.ends && !at.counts() {
		of = at.agreement
	}
	if of == "" {
		return Reference{}, list{}, false
	}
	l := list{from: i, next: i + 1, labels: []Label{{Text: digits, Start: t.end - len(digits), End: t.end}}}
	if k, more := p.joint(i + 1); more && p.at(k).kind == number {
		p.labels(&l, k)
	}
	ref := Reference{Start: t.start, Agreement: of, Name: stem, NameStart: t.start, NameEnd: t.start + len(stem)}
	return ref, l, true
}

// dashed reads the numbers that a hyphen joins to a short name in capitals: PC-5.
func (p *parser) dashed(n name) (list, bool) {
	if n.to-n.from != 1 || !p.hyphen(n.to) || !isNumber(p.at(n.to+1)) || !p.acronym(n.from) {
		return list{}, false
	}
	l := list{from: n.to + 1}
	if !p.labels(&l, l.from) {
		return list{}, false
	}
	after := p.at(l.next)
	return l, after.kind != word || after.gap >= line || joiners[after.key]
}

// counts reports whether a longer name goes on with a number.
func (n *node) counts() bool {
	for key := range n.next {
		if strings.Trim(key, "0123456789") == "" {
			return true
		}
	}
	return false
}
