package citation

import "strings"

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

// Named returns the agreements that a text names, each once, in order. A text
// that is a name and nothing else, as the head of a column is, may be one of two
// letters.
func (g *Grammar) Named(text string) []Name {
	p := &parser{names: g.names, editions: g.editions, called: g.short, source: text, text: []rune(text), toks: tokens([]rune(text))}
	var out []Name
	for _, n := range p.within(0, len(p.toks)).names {
		if n.agreement != "" {
			out = append(out, Name{Agreement: n.agreement, Text: p.cut(n.from, n.to), Edition: n.edition})
		}
	}
	if short := strings.Trim(text, "*_ \t"); len(out) == 0 && len(short) == initials && short == strings.ToUpper(short) {
		if of := g.called(short); of != "" {
			out = append(out, Name{Agreement: of, Text: short})
		}
	}
	return out
}

// called is the agreement with a short name, "" for none.
func (g *Grammar) called(short string) string {
	if of := g.short[short]; of != "" {
		return of
	}
	if at := g.names.next[strings.ToLower(short)]; at != nil && at.ends {
		return at.agreement
	}
	return ""
}
