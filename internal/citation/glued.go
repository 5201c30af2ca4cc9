package citation

// glued reads "P1, P5" at token j: numbers with the first letter of their noun.
// It is told from other short words by the name right before it, or by standing
// first in a heading.
func (p *parser) glued(j int) (list, bool) {
	l := list{from: j}
	for k := j; ; {
		class := p.gluedClass(k)
		if class == "" || l.class != "" && class != l.class {
			break
		}
		t := p.toks[k]
		l.class, l.noun, l.next = class, string(p.text[t.start:t.start+1]), k+1
		l.labels = append(l.labels, Label{Text: string(p.text[t.start+1 : t.end]), Start: t.start + 1, End: t.end})
		next, ok := p.joint(k + 1)
		if !ok {
			break
		}
		k = next
	}
	return l, len(l.labels) > 0
}

// gluedClass is the class of noun that a word like P5 begins with, "" for any
// other word.
func (p *parser) gluedClass(j int) string {
	t := p.at(j)
	if t.kind != word || t.gap == paragraph && j > 0 && p.at(j-1).key != "#" || t.end-t.start < 2 || t.end-t.start > 3 {
		return ""
	}
	for _, r := range p.text[t.start+1 : t.end] {
		if !isDigit(r) {
			return ""
		}
	}
	return map[rune]string{'P': "principle", 'N': "norm"}[p.text[t.start]]
}

// heads reads a heading that begins so: "### P5. Non-proliferation".
func (p *parser) heads(j int) int {
	if p.at(j-1).key != "#" || p.gluedClass(j) == "" {
		return j + 1
	}
	l, ok := p.glued(j)
	if !ok {
		return j + 1
	}
	ref, reason := p.fromContext(l)
	if reason != "" || ref.By != ByHeading {
		return j + 1
	}
	return p.addLists(ref, l)
}
