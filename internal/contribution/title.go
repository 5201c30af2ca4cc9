package contribution

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"normmap/internal/intake"
	"normmap/internal/norms"
	"normmap/internal/pattern"
)

// titledWithin is how far from its beginning, in code points, a document prints
// its title.
const titledWithin = 1500

// Title is what the document is called: as recorded, else by the heading that it
// begins with, else by whom it is from and when.
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
	title := publicText(c.heading())
	if title == "" {
		title = "Contribution of " + c.Organization.Name
		if on := c.Dated(); on != "" {
			title += ", " + string(on)
		}
	}
	return cut(title, norms.MaxTitle)
}

// heading is the widest near the beginning of the document that is its title; ""
// where that is the name of a part of it, or of its sender.
func (c Contribution) heading() string {
	best, alone := -1, false
	for n, s := range c.Reading.Sections {
		switch {
		case s.Question != 0 || best < 0 && s.Start >= titledWithin:
		case best < 0 || s.Level < c.Reading.Sections[best].Level && s.Start < titledWithin:
			best, alone = n, true
		case s.Level <= c.Reading.Sections[best].Level:
			alone = false
		}
	}
	if best < 0 {
		return ""
	}
	title := c.Reading.Sections[best].Title
	opens := strings.TrimSpace(string([]rune(c.Received.Text)[:c.Reading.Sections[best].Start])) == ""
	if strings.EqualFold(title, c.Organization.Name) || partForm.MatchString(title) || !(opens && alone) && c.tellsUnder(best) {
		return ""
	}
	return title
}

// tellsUnder tells whether initiatives stand under a heading, before the next one.
func (c Contribution) tellsUnder(section int) bool {
	from, to := c.Reading.Sections[section].Start, math.MaxInt
	if section+1 < len(c.Reading.Sections) {
		to = c.Reading.Sections[section+1].Start
	}
	return slices.ContainsFunc(c.Reading.Initiatives, func(i intake.Initiative) bool { return i.Start >= from && i.Start < to })
}

// partForm is what the heading of a part of a document begins with, or is.
var partForm = pattern.New(`(?i)^(?:(?:[0-9]{1,2}[.):]|[0-9]{1,2}(?:\.[0-9]{1,2})+[.):]?|[ivx]{1,4}[.)]|[a-z][.)])\s|(?:introduction|background|summary|about us|who we are|contexte|résumé|qui sommes-nous)\W*$)`)

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
