package page

import (
	"normmap/internal/norms"
	"normmap/web/ui"
)

// CiteForm takes a printed line of citations and shows how it was understood
// before it is saved.
type CiteForm struct {
	Refusal
	Initiative norms.InitiativeRow
	Action     string
	Cancel     string
	Controls   []Control
	Version    int64
	Reason     string
	Reading    *Reading // nil until the line was read
	Changed    bool     // the reading is another one than was shown before
}

// Reading is how a line was understood. Mark stands for all of it, so that
// nothing is saved which was not shown.
type Reading struct {
	Mark       string
	References []ReadReference
	Unread     []string // stretches with a number that is in no reference
}

// ReadReference is a printed group of a line.
type ReadReference struct {
	Text      string // as printed
	Name      string // the agreement as printed
	Agreement string // slug, "" when unknown
	Citations []ReadCitation
}

// ReadCitation is one cited number and what it would be taken to mean.
type ReadCitation struct {
	Label      string
	Resolution norms.Resolution
	Candidates []norms.Candidate
}

func (m CiteForm) summary() string {
	citations, links := 0, 0
	for _, ref := range m.Reading.References {
		citations += len(ref.Citations)
		for _, c := range ref.Citations {
			if c.Resolution == norms.Resolved {
				links++
			}
		}
	}
	text := ui.Count(len(m.Reading.References), "reference", "references") + ", " +
		ui.Count(citations, "citation", "citations") + ". Saving makes " +
		ui.Count(links, "contributor's link", "contributor's links")
	if open := citations - links; open > 0 {
		text += "; " + ui.Count(open, "citation waits", "citations wait") + " for somebody to decide"
	}
	return text + "."
}
