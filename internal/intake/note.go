package intake

import (
	"strings"

	"normmap/internal/outline"
	"normmap/internal/pattern"
)

var noteForm = pattern.New(`\[\^([^\]\s]{1,12})\]|\[((?:[A-Z]{1,4}[ .-]?)?[0-9]{1,3})\]|([¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3})`)

var raised = strings.NewReplacer("¹", "1", "²", "2", "³", "3", "⁴", "4", "⁵", "5", "⁶", "6", "⁷", "7", "⁸", "8", "⁹", "9", "⁰", "0")

// noteKey is by which a footnote and its mark find each other.
func noteKey(mark string) string { return raised.Replace(strings.Trim(mark, "[]^:(). ")) }

// noteKeys are the marks of footnotes in a text.
func noteKeys(text string) []string {
	var keys []string
	for _, m := range noteForm.FindAllString(text, -1) {
		keys = append(keys, noteKey(m))
	}
	return keys
}

// endnotesForm is what a heading over notes at the end of a document says.
var endnotesForm = pattern.New(`(?i)^\W*(?:(?:foot|end)?notes?|references?|citations?|sources?|références?|notes? de (?:bas de page|fin))\W*$`)

// endnotes makes notes of the numbered items under such a heading to which marks
// before it point.
func (d *document) endnotes() {
	var marked map[string]bool
	for i, b := range d.blocks {
		h := d.over[i]
		if b.Kind != outline.Item || h < 0 || !endnotesForm.MatchString(d.blocks[h].Body.Of(d.text)) {
			continue
		}
		if marked == nil {
			marked = map[string]bool{}
			for _, key := range noteKeys(d.text[:d.blocks[h].Whole.Start]) {
				marked[key] = true
			}
		}
		if marked[noteKey(b.Mark)] {
			d.blocks[i].Kind = outline.Note
		}
	}
}
