package dossier

import (
	"strings"

	"normmap/internal/pattern"
)

// paragraphs are those of a text, each as it is compared. What would be taken
// for something else if it stood by itself, an item, a heading or a line of
// citations, goes on with the paragraph before.
func paragraphs(text string) []string {
	var all []string
	for _, p := range emptyLine.Split(strings.ReplaceAll(text, "\r", ""), -1) {
		p = fold(p)
		switch {
		case p == "":
		case len(all) == 0 || prose(p):
			all = append(all, p)
		default:
			all[len(all)-1] += " " + p
		}
	}
	return all
}

// parted is a text of paragraphs as it is recorded.
func parted(paragraphs ...string) string { return strings.Join(paragraphs, "\n\n") }

var (
	emptyLine = pattern.New(`\n[ \t\x{00a0}]*\n`)
	smallWord = pattern.New(`(?:^|[^\p{L}])\p{Ll}{4,}`)
	nounForm  = pattern.New(`(?i)[^\p{L}](?:principles?|norms?|actions?|articles?|paragraphs?|recommendations?|commitments?|measures?|recitals?|principes?|normes?|mesures?|recommandations?|engagements?)$`)
)

// enoughProse is how many words with a small letter no line of citations has,
// the nouns of what it cites apart.
const enoughProse = 5

// prose tells whether a paragraph reads as nothing else.
func prose(p string) bool {
	if itemForm.MatchString(p) || headingForm.MatchString(p) || commentForm.MatchString(p) {
		return false
	}
	n := 0
	for _, w := range smallWord.FindAllString(p, -1) {
		if !nounForm.MatchString(" " + strings.TrimSpace(w)) {
			n++
		}
	}
	return n >= enoughProse
}
