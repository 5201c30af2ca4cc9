package citation

import (
	"strings"
	"unicode/utf8"
)

// unfold makes a blank of each line end at which a line of prose was only full, and
// of those in brackets: what is cited there goes on in the next line.
func (p *parser) unfold() {
	if !strings.Contains(p.source, "\n") {
		return
	}
	p.readScopes()
	runes, bytes := 0, 0
	for b, block := range p.scopes.blocks {
		from, to := p.scopes.from[b], p.scopes.from[b+1]
		for _, at := range block.Folds(p.source) {
			runes += utf8.RuneCountInString(p.source[bytes:at])
			bytes = at
			if i := p.tokenAt(runes) + 1; from < i && i < to {
				p.soften(i)
			}
		}
		p.unfoldBrackets(from, to)
	}
}

// soften makes a blank of the line end before token i, if there is one.
func (p *parser) soften(i int) {
	if p.toks[i].gap == line {
		p.toks[i].gap = space
	}
}

// unfoldBrackets does so in the brackets between two tokens, however short their lines.
func (p *parser) unfoldBrackets(from, to int) {
	var open []int
	for i := from; i < to; i++ {
		switch p.toks[i].key {
		case "(", "[":
			open = append(open, i)
		case ")", "]":
			if len(open) == 0 {
				continue
			}
			first := open[len(open)-1]
			open = open[:len(open)-1]
			for j := first + 1; j <= i && i-first <= maxBracket; j++ {
				p.soften(j)
			}
		}
	}
}
