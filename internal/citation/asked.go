package citation

import "strings"

// Asked is a number that somebody typed to find a principle. Agreement is ""
// when no agreement was named, Noun the singular of the word before it, if any.
type Asked struct {
	Agreement string // slug
	Noun      string
	Label     string
}

// ReadAsked reads what somebody typed to find principles by number. Beside
// citations as in print it takes what people type in haste: a label alone
// (13f, norm 5), or with words of an agreement's name, of which there may be
// several that fit (tech accord 2, principle 5 of the call).
func ReadAsked(names []Name, text string) []Asked {
	if !strings.ContainsAny(text, "0123456789") {
		return nil // a letter or a Roman number alone is a word to look for
	}
	g := NewGrammar(names)
	if g.isName(text) {
		return nil // NIS 2 is an agreement and no number
	}
	var asked []Asked
	for _, r := range g.Parse(text) {
		for _, l := range r.Labels {
			if r.Agreement != "" {
				asked = append(asked, Asked{r.Agreement, nounClass[strings.ToLower(r.Noun)], l.Text})
			}
		}
	}
	if len(asked) > 0 {
		return asked
	}
	return askedInHaste(names, text)
}

// isName tells whether a text is a known name and nothing else.
func (g *Grammar) isName(text string) bool {
	p := &parser{names: g.names, toks: tokens([]rune(text))}
	n, known := p.known(0)
	return known && n.to == len(p.toks)
}

func askedInHaste(names []Name, text string) []Asked {
	runes := []rune(text)
	p := &parser{names: &node{}, text: runes, toks: tokens(runes), spare: rangeAllowance}
	if len(p.toks) == 0 {
		return nil
	}
	p.toks[0].gap = space // a list may stand first here
	for j := range p.toks {
		l, ok := p.nounList(j)
		if !ok {
			l, ok = p.bareList(j)
		}
		if !ok {
			continue
		}
		var asked []Asked
		for _, agreement := range named(names, append(p.toks[:j:j], p.toks[l.next:]...)) {
			for _, label := range l.labels {
				asked = append(asked, Asked{agreement, l.class, label.Text})
			}
		}
		return asked
	}
	return nil
}

// named are the agreements in one of whose names every one of the words begins
// a word, in the order of the names. Without words it is any agreement: "".
func named(names []Name, toks []token) []string {
	var words []string
	for _, t := range toks {
		if t.kind != mark && !connectors[t.key] {
			words = append(words, t.key)
		}
	}
	if len(words) == 0 {
		return []string{""}
	}
	var fit []string
	for _, n := range names {
		if len(fit) > 0 && fit[len(fit)-1] == n.Agreement {
			continue
		}
		if beginWords(words, tokens([]rune(n.Text))) {
			fit = append(fit, n.Agreement)
		}
	}
	return fit
}

func beginWords(words []string, name []token) bool {
	for _, w := range words {
		found := false
		for _, t := range name {
			found = found || t.kind != mark && strings.HasPrefix(t.key, w)
		}
		if !found {
			return false
		}
	}
	return true
}
