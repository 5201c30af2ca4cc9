package citation

import (
	"slices"
	"strings"
)

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

// fitting are the agreements of a set that the text does not cite by another noun; of
// several, those that it cites by this one.
func (p *parser) fitting(s *set, l list) []name {
	var fit []name
	for _, n := range s.names {
		if !p.otherwise(n.agreement, l.class) && (len(s.names) == 1 || p.otherwise(n.agreement, opposite[l.class])) {
			fit = append(fit, n)
		}
	}
	if len(fit) == 1 && slices.ContainsFunc(s.names, func(n name) bool { return n.agreement != fit[0].agreement && !p.otherwise(n.agreement, l.class) }) {
		return nil // another, not cited yet, may be meant
	}
	return fit
}

// opposite is the noun by which nobody cites what is cited by another: an agreement
// that would not be meant by it is cited by the other.
var opposite = map[string]string{"principle": "norm", "norm": "principle"}
