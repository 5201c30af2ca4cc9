package citation

import (
	"maps"
	"strings"
	"unicode"
)

// maxIntroduced is how many tokens may stand in brackets that say how an
// agreement is called for short.
const maxIntroduced = 8

// introducing are words before a short name in its brackets: (hereafter the "TA").
var introducing = map[string]bool{
	"hereafter": true, "hereinafter": true, "henceforth": true, "below": true, "abbreviated": true, "short": true, "in": true, "for": true, "or": true, "as": true,
	"ci-apres": true, "ou": true, "en": true, "abrege": true, "note": true, "desormais": true,
}

// means stand between a short name and what it is short for.
var means = map[string]bool{"=": true, ":": true, "–": true, "-": true, "|": true, "means": true, "for": true, "signifie": true}

// With returns a grammar that also knows agreements by the short names of a
// text, as [Grammar.Read] found them there.
func (g *Grammar) With(short []Name) *Grammar {
	more := *g
	more.short = maps.Clone(g.short)
	for _, n := range short {
		if more.short == nil {
			more.short = map[string]string{}
		}
		more.short[n.Text] = n.Agreement
	}
	return &more
}

// abbreviate reads how a text calls the agreement whose name begins at token i:
// "the Cybersecurity Tech Accord (TA)", "TA = Cybersecurity Tech Accord".
func (p *parser) abbreviate(i int) {
	n, known := p.known(i)
	if !known || n.agreement == "" {
		return
	}
	if j, quoted := p.introduced(n.to); j > 0 && (quoted || p.standsFor(j, n)) {
		p.call(j, n)
	}
	if j, said := p.explained(i); j >= 0 && (said || p.standsFor(j, n) || p.partOf(j, n)) {
		p.call(j, n)
	}
}

// call keeps a short name; one that two agreements have is neither's.
func (p *parser) call(j int, n name) {
	short := p.cut(j, j+1)
	if _, known := p.known(j); known || p.isNoun(j) {
		return
	}
	if p.called == nil {
		p.called = map[string]string{}
	}
	if had, ok := p.called[short]; ok && had != n.agreement {
		p.called[short] = ""
		return
	}
	p.called[short] = n.agreement
}

func (p *parser) isNoun(j int) bool {
	_, _, ok := p.noun(j)
	return ok
}

// introduced is the token of a short name in the brackets at token j, 0 for
// none, and whether quotes or words say that it is one.
func (p *parser) introduced(j int) (int, bool) {
	j = p.skipTrimmings(j)
	if p.at(j).key != "(" || p.at(j).gap >= line {
		return 0, false
	}
	found, said := 0, false
	for k := j + 1; k < j+maxIntroduced && p.at(k).gap < paragraph; k++ {
		t := p.at(k)
		switch {
		case t.key == ")":
			return found, said
		case introducing[unaccented(t.key)] && t.key != "in" && t.key != "for" && t.key != "en", trimmings[t.key]:
			said = true
		case introducing[unaccented(t.key)], determiners[t.key], t.key == "," || t.key == ":":
		case found == 0 && p.acronymLike(k):
			found = k
		default:
			return 0, false
		}
	}
	return 0, false
}

// explained is the token of a short name before the full one at token i, -1 for
// none, and whether an equals sign or a word says so.
func (p *parser) explained(i int) (int, bool) {
	j := p.backOver(i - 1)
	if j > 1 && owners[p.at(j).key] && nounClass[unaccented(p.at(j-1).key)] != "" {
		j = p.backOver(j - 2) // the norms of the UN GGE
	}
	if j < 1 || !means[p.at(j).key] || p.at(i).gap >= line || p.at(j).gap >= line {
		return -1, false
	}
	sign := p.at(j).key
	if sign == "for" && (p.at(j-1).key == "stands" || p.at(j-1).key == "stand") {
		j-- // whoever stands for an agreement is not called like it
	}
	k := p.backOver(j - 1)
	if k < 0 || !p.acronymLike(k) {
		return -1, false
	}
	return k, sign == "=" || sign == "means" || sign == "signifie"
}

// partOf tells whether token j is one of the words of a name: UN of UN GGE.
func (p *parser) partOf(j int, n name) bool {
	for i := n.from; i < n.to; i++ {
		if p.at(i).key == p.at(j).key {
			return true
		}
	}
	return false
}

// backOver goes back from token j over articles and marks around words.
func (p *parser) backOver(j int) int {
	for n := 0; n < maxTrimmings && j > 0 && (determiners[p.at(j).key] || trimmings[p.at(j).key]); n++ {
		j--
	}
	return j
}

// acronymLike reports whether token j is a word with two capitals or more: TA,
// CftW.
func (p *parser) acronymLike(j int) bool {
	t := p.at(j)
	if t.kind != word || t.end-t.start > 8 {
		return false
	}
	capitals := 0
	for _, r := range p.text[t.start:t.end] {
		if unicode.IsUpper(r) {
			capitals++
		}
	}
	return capitals > 1
}

// standsFor reports whether the letters of token j begin words of a name, in
// their order.
func (p *parser) standsFor(j int, n name) bool {
	var initial []rune
	for _, t := range p.toks[n.from:n.to] {
		for w := range strings.SplitSeq(unaccented(t.key), "-") {
			if r := []rune(w); len(r) > 0 && unicode.IsLetter(r[0]) {
				initial = append(initial, r[0])
			}
		}
	}
	at := 0
	for _, r := range unaccented(p.at(j).key) {
		for at < len(initial) && initial[at] != r {
			at++
		}
		if at++; at > len(initial) {
			return false
		}
	}
	return true
}
