package outline

import (
	"strings"
	"unicode/utf8"

	"normmap/internal/pattern"
)

// How long a line must be at least, with the word that begins the next, to have
// been folded: in columns, and as a part of the longest line of its block.
const (
	foldWidth = 40
	foldPart  = 3.0 / 4
)

// Folds returns the places in a block of prose at which a line ends because it was
// full: its sentence goes on in the next, as if a blank parted them. Lines that were
// ended on purpose, as those of an address or a form, are shorter than the others.
func (b Block) Folds(text string) []int {
	if b.Kind == Row || b.Kind == Code || !strings.Contains(b.Body.Of(text), "\n") {
		return nil
	}
	start := strings.LastIndexByte(text[:b.Whole.Start], '\n') + 1 // with what indents the first line
	lines := strings.Split(text[start:b.Body.End], "\n")
	longest := 0
	for _, l := range lines {
		longest = max(longest, utf8.RuneCountInString(l))
	}
	least := max(foldWidth, int(foldPart*float64(longest)))
	var folds []int
	for i, l := range lines[:len(lines)-1] {
		start += len(l) + 1
		next := strings.TrimLeft(lines[i+1], "> \t")
		word, _, _ := strings.Cut(next, " ")
		label, _ := labelOf(next)
		if label == "" && utf8.RuneCountInString(strings.TrimRight(l, " \t\r"))+1+utf8.RuneCountInString(word) >= least {
			folds = append(folds, start-1)
		}
	}
	return folds
}

// midSentence tells of a line that begins with a number or a letter like an item, but
// goes on with a sentence that the line before cut off: "norms (f)" and "(g)".
func (r *reader) midSentence(l line) bool {
	p := r.open
	if p == nil || r.unwrapped || p.Kind != Paragraph && p.Kind != Item && p.Kind != Note {
		return false
	}
	m := numbered.FindStringSubmatch(l.text)
	if m == nil {
		m = dashed.FindStringSubmatch(l.text)
	}
	last := lastLine(p.Body.Of(r.text))
	if m == nil || strings.ContainsAny(last[len(last)-1:], ".:;!?") {
		return false
	}
	full := utf8.RuneCountInString(last) >= foldWidth-p.content
	open := strings.LastIndexAny(last, "([") > strings.LastIndexAny(last, ")]")
	rest := l.text[len(m[1]):]
	return open && (full || strings.Count(rest, ")") > strings.Count(rest, "(")) || full && cutOff.MatchString(last)
}

// cutOff ends a line that a number must follow.
var cutOff = pattern.New(`(?i)(?:^|[^\p{L}])(?:and|or|et|ou|to|à|the|of|n°|no\.|principles?|norms?|articles?|arts?|paragraphs?|paras?|actions?|commitments?|recommendations?|measures?|points?|principes?|normes?|paragraphes?|engagements?|recommandations?|mesures?|lettres?|letters?|#)$|[,&/]$`)

func lastLine(s string) string { return s[strings.LastIndexByte(s, '\n')+1:] }
