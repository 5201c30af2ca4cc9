package page

import (
	"context"

	"normmap/internal/norms"
	"normmap/web/words"
)

// CiteForm takes a printed line of citations and shows how it was understood
// before it is saved.
type CiteForm struct {
	Refusal
	Initiative norms.InitiativeRow
	About      string // where the initiative is shown
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

// summary counts what was read and what saving it makes.
func (m CiteForm) summary(ctx context.Context) string {
	citations, links := 0, 0
	for _, ref := range m.Reading.References {
		citations += len(ref.Citations)
		for _, c := range ref.Citations {
			if c.Resolution == norms.Resolved {
				links++
			}
		}
	}
	references := words.Count(ctx, "cite_form.understood.references", len(m.Reading.References))
	cited := words.Count(ctx, "cite_form.understood.citations", citations)
	made := words.Count(ctx, "cite_form.understood.links", links)
	if citations == links {
		return words.Text(ctx, "cite_form.understood.all", "References", references, "Citations", cited, "Links", made)
	}
	waiting := words.Count(ctx, "cite_form.understood.waiting", citations-links)
	return words.Text(ctx, "cite_form.understood.some", "References", references, "Citations", cited, "Links", made, "Waiting", waiting)
}
