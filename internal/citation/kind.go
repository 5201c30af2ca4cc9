package citation

import "strings"

// otherwise reports whether a list cannot be of an agreement that does not stand
// by it: the text cites it by another noun, principles and no norms.
func (p *parser) otherwise(agreement, class string) bool {
	for ; p.classed < len(p.refs); p.classed++ {
		r := p.refs[p.classed]
		c := nounClass[unaccented(strings.ToLower(strings.TrimRight(r.Noun, ".")))]
		if c == "" || r.Agreement == "" {
			continue
		}
		if p.classes == nil {
			p.classes = map[string]counts{}
		}
		n := p.classes[r.Agreement]
		switch {
		case divisions[c]:
			n.divisions++
		case c == "norm":
			n.norms++
		default:
			n.principles++
		}
		p.classes[r.Agreement] = n
	}
	n := p.classes[agreement]
	switch {
	case divisions[class]:
		return n.divisions == 0 && n.principles+n.norms > 0
	case class == "norm":
		return n.norms == 0 && n.principles > 0
	case class == "principle":
		return n.principles == 0 && n.norms > 0
	}
	return false
}

// counts are how often a text cites things of a kind of an agreement.
type counts struct{ divisions, principles, norms int }

// sameKind reports whether a list may go on about the agreement of the one before
// it: who cites principles of one does not go on with its norms.
func (p *parser) sameKind(before, class string) bool {
	return before != "principle" && before != "norm" || class != "principle" && class != "norm" || before == class
}
