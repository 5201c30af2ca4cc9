package outline

import (
	"strings"

	"normmap/internal/pattern"
)

// labelForm is what a line of a form begins with: "**Agreements:** ", "Title ....: ".
var labelForm = pattern.New(`^(?:\*\*|__|\*|_)?(\p{L}[\p{L} /'’()-]{1,40}?)(?:\*\*|__|\*|_)?\s?(?:[.…_]{3,}\s?)?:(?:\*\*|__|\*|_)?(?:\s+|$)`)

// maxLabelled is how many bytes a label has at most, with its leading dots and marks.
const maxLabelled = 200

// maxLabel is how many words a label has at most.
const maxLabel = 4

// labelOf is the label with which a line begins, "" for none, and its length.
func labelOf(s string) (string, int) {
	if !strings.Contains(s[:min(len(s), maxLabelled)], ":") {
		return "", 0
	}
	m := labelForm.FindStringSubmatchIndex(s)
	if m == nil {
		return "", 0
	}
	name := strings.ToLower(strings.TrimSpace(s[m[2]:m[3]]))
	if len(strings.Fields(name)) > maxLabel {
		return "", 0
	}
	return name, m[1]
}

// labels counts the lines that begin with each label: where several do, they are
// lines of a form, whatever the label says.
func labels(all []line) map[string]int {
	count := map[string]int{}
	for _, l := range all {
		if name, _ := labelOf(l.text); name != "" {
			count[name]++
		}
	}
	return count
}

// label says of paragraphs which lines of forms they are.
func (r *reader) label() {
	for i := range r.blocks {
		b := &r.blocks[i]
		if name, length := labelOf(b.Body.Of(r.text)); b.Kind == Paragraph && r.labels[name] > 1 {
			b.Label, b.Labelled = name, length
		}
	}
}
