package contribution

import (
	"cmp"
	"regexp"
	"strings"
	"unicode/utf8"

	"normmap/internal/norms"
)

// bullets are marks at the beginning of a line that are no part of its words.
const bullets = "-*•–—·#>0123456789.()[] \t"

// beginning is where words begin that are no more of the sentence before: after
// its end, after an empty line, at a mark of a list, and at a capital letter on the
// line after what was cited.
var beginning = regexp.MustCompile(`[.!?…]["'”’)\]]*\s+|\n\s*\n\s*|\n[ \t]*(?:[-*•–—·#>]|\d+[.)])\s+|([)\]:;]\s*\n\s*)\p{Lu}`)

// Opening suggests with which line, counted from 1, and under which title an
// initiative begins that is split off at a line of citations: with the first
// sentence that begins after what the initiative cites before that, else with the
// words after it. No title is suggested where nothing but citations, or what other
// initiatives say, stands there.
func Opening(p norms.ProposalText, at norms.PutCitationLine) (title string, line int) {
	lines := LinesOf(p.Text)
	if len(at.References) == 0 || at.References[0].Start < 0 || at.References[0].Start >= len(lines.runes) {
		return "", 0
	}
	cites := at.References[0].Start
	from := min(lines.endBefore(p.List, at), cites)
	between, others := string(lines.runes[from:cites]), linesOfOthers(p.List, at)
	for _, b := range append(beginnings(between), 0) {
		words, line := firstSentence(between[b:]), lines.Of(from+utf8.RuneCountInString(between[:b]))
		if title := cut(publicText(strings.Trim(words, bullets)), norms.MaxTitle); title != "" && !others[line] {
			return title, line
		}
	}
	return "", lines.Of(cites)
}

// linesOfOthers are those on which other initiatives of a proposal begin: these are
// not split off once more.
func linesOfOthers(list []norms.ProposedEdit, at norms.PutCitationLine) map[int]bool {
	out := map[int]bool{}
	for _, e := range list {
		put, ok := e.Edit.(norms.PutInitiative)
		if ok && put.Slug != at.Initiative && put.Source == at.Source && e.Waits() && e.Decision != norms.Rejected {
			out[norms.LineOf(put.Place)] = true
		}
	}
	return out
}

// beginnings are where words begin, in order.
func beginnings(s string) []int {
	var out []int
	for _, m := range beginning.FindAllStringSubmatchIndex(s, -1) {
		out = append(out, cmp.Or(max(m[3], 0), m[1]))
	}
	return out
}

// firstSentence ends where the next words begin.
func firstSentence(s string) string {
	if next := beginning.FindStringIndex(s); next != nil {
		return s[:next[0]]
	}
	return s
}

// endBefore is where what the initiative of a line says and cites before that line
// ends, 0 for nothing.
func (l Lines) endBefore(list []norms.ProposedEdit, at norms.PutCitationLine) int {
	before := 0
	for _, e := range list {
		switch put := e.Edit.(type) {
		case norms.PutInitiative:
			if n := norms.LineOf(put.Place); put.Slug == at.Initiative && n > 0 && n < len(l.starts) {
				before = max(before, l.starts[n])
			}
		case norms.PutCitationLine:
			if put.Initiative != at.Initiative || put.Source != at.Source || !e.Waits() {
				continue
			}
			if last := put.References[len(put.References)-1].End; last > 0 && last <= at.References[0].Start {
				before = max(before, last)
			}
		}
	}
	return before
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
