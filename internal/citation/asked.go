package citation

import (
	"regexp"
	"slices"
	"strings"
)

// Asked is a number that somebody typed to find a principle. Agreement is ""
// when no agreement was named, Noun the singular of the word before it, if any.
type Asked struct {
	Agreement string // slug
	Noun      string
	Label     string
	InFull    bool // the agreement was named by a whole name of it
}

// lettered is a number and a letter set apart from it: 13 f, 13. (f), 13 - f.
var lettered = regexp.MustCompile(`\b([0-9]{1,3})(?:\s*[.‐‑–—-]\s*|\s+)(?:\(([A-Za-z])\)|([A-Za-z])\b)`)

// MayAsk tells whether [ReadAsked] could find a number in a text, without
// knowing any names: a letter or a Roman numeral is one only after a noun.
func MayAsk(text string) bool {
	if strings.ContainsAny(text, "0123456789") {
		return true
	}
	p := inHaste(text)
	for j := range p.toks {
		if _, ok := p.nounList(j); ok {
			return true
		}
	}
	return false
}

// ReadAsked reads what somebody typed to find principles by number. Beside
// citations as in print it takes what people type in haste: a label alone
// (13f, 13 f, norm 5), or with words of an agreement's name, of which there may
// be several that fit (tech accord 2, principle 5 of the call).
func ReadAsked(names []Name, text string) []Asked {
	if !MayAsk(text) {
		return nil
	}
	g := NewGrammar(names)
	if g.isName(text) {
		return nil // NIS 2 is an agreement and no number
	}
	text = lettered.ReplaceAllString(text, "$1($2$3)")
	var asked []Asked
	for _, r := range g.Parse(text) {
		for _, l := range r.Labels {
			if r.Agreement != "" {
				asked = append(asked, Asked{r.Agreement, nounClass[strings.ToLower(r.Noun)], l.Text, true})
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

// inHaste is a reader of lists in a short text, in which one may stand first.
func inHaste(text string) *parser {
	runes := []rune(text)
	p := &parser{names: &node{}, text: runes, toks: tokens(runes), spare: rangeAllowance}
	if len(p.toks) > 0 {
		p.toks[0].gap = space
	}
	return p
}

func askedInHaste(names []Name, text string) []Asked {
	p := inHaste(text)
	for j := range p.toks {
		l, ok := p.nounList(j)
		if !ok {
			l, ok = p.bareList(j)
		}
		if !ok {
			continue
		}
		var asked []Asked
		agreements, inFull := named(names, append(p.toks[:j:j], p.toks[l.next:]...))
		for _, agreement := range agreements {
			for _, label := range l.labels {
				asked = append(asked, Asked{agreement, l.class, label.Text, inFull})
			}
		}
		return asked
	}
	return nil
}

// named are the agreements that the words are a whole name of, or else those in
// one of whose names every one of them begins a word, in the order of the
// names. Without words it is any agreement: "".
func named(names []Name, toks []token) (agreements []string, inFull bool) {
	words := nameWords(toks)
	if len(words) == 0 {
		return []string{""}, false
	}
	var whole, part []string
	for _, n := range names {
		if n.Edition != "" {
			continue
		}
		all := nameWords(tokens([]rune(n.Text)))
		if slices.Equal(words, all) {
			whole = append(whole, n.Agreement)
		}
		if beginWords(words, all) {
			part = append(part, n.Agreement)
		}
	}
	if len(whole) > 0 {
		return slices.Compact(whole), true
	}
	return slices.Compact(part), false
}

// nameWords are the words by which names are told apart.
func nameWords(toks []token) []string {
	var words []string
	for _, t := range toks {
		if t.kind != mark && !connectors[t.key] {
			words = append(words, t.key)
		}
	}
	return words
}

// beginning is how many letters a word needs to stand for one that it begins;
// with fewer it would stand for too many.
const beginning = 3

func beginWords(words, name []string) bool {
	for _, w := range words {
		if !slices.ContainsFunc(name, func(of string) bool {
			return of == w || len(w) >= beginning && strings.HasPrefix(of, w)
		}) {
			return false
		}
	}
	return true
}
