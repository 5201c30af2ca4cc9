package contribution

import (
	"fmt"
	"path"
	"strings"
	"unicode/utf8"

	"normmap/internal/norms"
)

// titledWithin is how far from its beginning, in code points, a document prints
// its title.
const titledWithin = 1500

// Title is what the document is called: as recorded, else by its widest heading
// near its beginning, else by its file, else by whom it is from.
func (c Contribution) Title() string {
	if c.Known != nil {
		return c.Known.Title
	}
	if c.Version != nil {
		return c.Version.Title
	}
	if c.Edited != nil {
		return cut(fmt.Sprintf("Dossier of %s as of revision %d, edited", c.Organization.Name, c.Edited.Revision), norms.MaxTitle)
	}
	title, level := "", 0
	for _, s := range c.Reading.Sections {
		if s.Start < titledWithin && s.Question == 0 && (level == 0 || s.Level < level) {
			title, level = s.Title, s.Level
		}
	}
	if title == "" {
		title = named(strings.TrimSuffix(c.File.Name, path.Ext(c.File.Name)))
	}
	if title = publicText(title); title == "" {
		title = "Contribution of " + c.Organization.Name
	}
	return cut(title, norms.MaxTitle)
}

// publicText is a printed text on one line, without what would not be taken or
// shown: what cannot be seen, and how to reach a person.
func publicText(s string) string {
	s = strings.Join(strings.Fields(norms.Mask(s)), " ")
	if norms.CleanText(s) != "" {
		return ""
	}
	return s
}

// cut is the beginning of a text that fits, ended at a word.
func cut(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	s = string([]rune(s)[:most-1])
	if i := strings.LastIndexByte(s, ' '); i > len(s)/2 {
		s = s[:i]
	}
	return s + "…"
}
