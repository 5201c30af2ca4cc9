package citation

// Numbers reads a text that is a list of numbers and nothing else, with or
// without their noun, as a cell of a table under the name of an agreement is.
// Places count from the beginning of the text.
func Numbers(text string) (labels []Label, noun string) {
	p := inHaste(text)
	j := 0
	for j < len(p.toks) && trimmings[p.toks[j].key] {
		j++
	}
	if j == len(p.toks) {
		return nil, ""
	}
	l, ok := p.listHere(j)
	if !ok {
		l, ok = p.glued(j)
	}
	if !ok {
		l = list{from: j}
		if !p.labels(&l, j) {
			return nil, ""
		}
	}
	for end := l.next; end < len(p.toks); end++ {
		if t := p.toks[end]; t.key != "." && t.key != ";" && !trimmings[t.key] {
			return nil, ""
		}
	}
	return l.labels, l.noun
}

// Named returns the agreements that a text names, each once, in order.
func (g *Grammar) Named(text string) []Name {
	p := &parser{names: g.names, editions: g.editions, source: text, text: []rune(text), toks: tokens([]rune(text))}
	var out []Name
	for _, n := range p.within(0, len(p.toks)).names {
		if n.agreement != "" {
			out = append(out, Name{Agreement: n.agreement, Text: p.cut(n.from, n.to), Edition: n.edition})
		}
	}
	return out
}
