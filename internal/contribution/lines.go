package contribution

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"normmap/internal/citation"
	"normmap/internal/norms"
)

// Lines tells on which lines of a text its code points stand.
type Lines struct {
	runes  []rune
	starts []int
}

// LinesOf looks through a text once.
func LinesOf(text string) Lines {
	l := Lines{runes: []rune(text), starts: []int{0}}
	for i, r := range l.runes {
		if r == '\n' {
			l.starts = append(l.starts, i+1)
		}
	}
	return l
}

// Of is the number of the line of a code point, counted from 1.
func (l Lines) Of(place int) int {
	i, found := slices.BinarySearch(l.starts, place)
	if found {
		i++
	}
	return max(i, 1)
}

// around widens a stretch to whole lines.
func (l Lines) around(start, end int) (from, to int) {
	from, to = l.starts[l.Of(start)-1], len(l.runes)
	if next := l.Of(max(start, end-1)); next < len(l.starts) {
		to = l.starts[next] - 1
	}
	return from, to
}

// wrapped is how long a line is at least that was broken by hand and goes on in
// the next, and unwrapped how long none is.
const (
	wrapped   = 40
	unwrapped = 130
)

// passage is what stands around a reference: its lines, or its sentence in a
// paragraph of which the lines were broken by hand.
func (l Lines) passage(start, end int) (from, to int) {
	from, to = l.around(start, end)
	first, last := from, to
	for l.goesOn(first) {
		first = l.starts[l.Of(first)-2]
	}
	for l.goesOn(last + 1) {
		_, last = l.around(last+1, last+1)
	}
	if first == from && last == to {
		return from, to
	}
	from, to = first, last
	for _, at := range sentences(l.runes[first:last]) {
		if at += first; at <= start {
			from = at
		} else if at >= end {
			return from, at
		}
	}
	return from, to
}

// line is the text of a line, counted from 1.
func (l Lines) line(n int) string {
	from, to := l.around(l.starts[n-1], l.starts[n-1])
	return string(l.runes[from:to])
}

// goesOn tells whether a line that begins at a place goes on with the one before.
func (l Lines) goesOn(at int) bool {
	n := l.Of(at)
	if n < 2 || at >= len(l.runes) {
		return false
	}
	before, line := strings.TrimSpace(l.line(n-1)), strings.TrimSpace(l.line(n))
	long := utf8.RuneCountInString(before)
	return long >= wrapped && long <= unwrapped && !strings.Contains(before+line, "|") && mayGoOn.MatchString(line)
}

var (
	// mayGoOn is a line without a mark of its own.
	mayGoOn      = regexp.MustCompile(`^[\p{L}\p{N}("“«']`)
	nextSentence = regexp.MustCompile(`(?:\p{L}{3}|[0-9])[)"”»*_]*[.!?][)"”»*_]*(?:\s+[\p{Lu}"“«]|\n\s*\()`)
)

// sentences are where the sentences of a stretch begin, but for the first.
func sentences(runes []rune) []int {
	text := string(runes)
	var all []int
	for _, m := range nextSentence.FindAllStringIndex(text, -1) {
		_, size := utf8.DecodeLastRuneInString(text[:m[1]])
		all = append(all, utf8.RuneCountInString(text[:m[1]-size]))
	}
	return all
}

// printed is a stretch of the text in which references stand in order.
type printed struct {
	start, end int
	refs       []citation.Reference
}

// printed cuts out the lines in which references are printed: each line with
// all that it cites, whole where that may be recorded as it is.
func (l Lines) printed(refs []citation.Reference) []printed {
	var out []printed
	for _, r := range refs {
		from, to := l.passage(r.Start, r.End)
		if n := len(out); n > 0 && from < out[n-1].end && r.Start >= out[n-1].refs[len(out[n-1].refs)-1].End {
			out[n-1].end = max(to, out[n-1].end)
			out[n-1].refs = append(out[n-1].refs, r)
			continue
		}
		out = append(out, printed{from, to, []citation.Reference{r}})
	}
	var fit []printed
	for _, p := range out {
		fit = append(fit, l.fitting(p)...)
	}
	return fit
}

// fitting narrows lines that are too long, or say how to reach people, to what
// they cite, and parts them where that is too long still.
func (l Lines) fitting(p printed) []printed {
	if l.records(p.start, p.end) {
		return []printed{p}
	}
	p.start, p.end = p.refs[0].Start, p.refs[len(p.refs)-1].End
	if l.records(p.start, p.end) || len(p.refs) == 1 {
		return []printed{p}
	}
	half := len(p.refs) / 2
	return append(l.fitting(printed{p.start, p.end, p.refs[:half]}), l.fitting(printed{p.start, p.end, p.refs[half:]})...)
}

// records tells whether a stretch may be recorded as it is.
func (l Lines) records(start, end int) bool {
	text := string(l.runes[start:end])
	return utf8.RuneCountInString(strings.TrimSpace(text)) <= norms.MaxLine && norms.CleanText(text) == "" && norms.Mask(text) == text
}

// text is a stretch without the blanks around it, and without the comma after which its
// sentence goes on.
func (l Lines) text(p printed) string { return unended(string(l.runes[p.start:p.end])) }

func unended(s string) string { return strings.TrimRight(strings.TrimSpace(s), ",; ") }
