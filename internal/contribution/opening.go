package contribution

import (
	"strings"

	"normmap/internal/norms"
)

// bullets are marks at the beginning of a line that are no part of its words.
const bullets = "-*•–—·#>0123456789.()[] \t"

// Opening suggests with which line, counted from 1, and under which title an
// initiative begins that is split off at a line of citations: with the first
// words after what the initiative cites before that. No title is suggested
// where nothing but citations stands there.
func Opening(p norms.ProposalText, at norms.PutCitationLine) (title string, line int) {
	lines := LinesOf(p.Text)
	if len(at.References) == 0 || at.References[0].Start < 0 || at.References[0].Start >= len(lines.runes) {
		return "", 0
	}
	cites := lines.Of(at.References[0].Start)
	for n := lines.endBefore(p.List, at) + 1; n <= cites; n++ {
		text := strings.TrimSpace(lines.line(n))
		if i := strings.Index(text, at.References[0].Text); i >= 0 {
			text = text[:i]
		}
		if words := cut(publicText(strings.Trim(text, bullets)), norms.MaxTitle); words != "" {
			return words, n
		}
	}
	return "", cites
}

// endBefore is the last line of what the initiative of a line says and cites
// before that line, 0 for none.
func (l Lines) endBefore(list []norms.ProposedEdit, at norms.PutCitationLine) int {
	before := 0
	for _, e := range list {
		switch put := e.Edit.(type) {
		case norms.PutInitiative:
			if n := norms.LineOf(put.Place); put.Slug == at.Initiative {
				before = max(before, n)
			}
		case norms.PutCitationLine:
			if put.Initiative != at.Initiative || put.Source != at.Source || !e.Waits() {
				continue
			}
			if last := put.References[len(put.References)-1].End; last > 0 && last <= at.References[0].Start {
				before = max(before, l.Of(last-1))
			}
		}
	}
	return before
}

// line is the text of a line, counted from 1.
func (l Lines) line(n int) string {
	from, to := l.around(l.starts[n-1], l.starts[n-1])
	return string(l.runes[from:to])
}

// PlaceOf is where a line of a text begins, counted from 1, in code points; 0
// when there is no such line.
func PlaceOf(text string, line int) int {
	l := LinesOf(text)
	if line < 1 || line > len(l.starts) {
		return 0
	}
	return l.starts[line-1]
}
