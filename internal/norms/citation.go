package norms

import (
	"fmt"
	"slices"
	"unicode/utf8"
)

// Resolution is what a citation was taken to mean.
type Resolution string

// The resolutions.
const (
	Resolved         Resolution = "resolved"
	Ambiguous        Resolution = "ambiguous"
	OutOfRange       Resolution = "out_of_range"
	UnknownAgreement Resolution = "unknown_agreement"
	SetAside         Resolution = "set_aside"
)

// Resolutions is the closed list.
var Resolutions = []Resolution{Resolved, Ambiguous, OutOfRange, UnknownAgreement, SetAside}

// Unresolved says whether the citation still waits for someone's decision; it
// then counts in the figure of that name.
func (r Resolution) Unresolved() bool {
	return r == Ambiguous || r == OutOfRange || r == UnknownAgreement
}

// Candidate is a principle that a citation may mean, and why.
type Candidate struct {
	Principle string `json:"principle"` // ref
	Title     string `json:"title,omitempty"`
	Reason    string `json:"reason"`
}

// Reference is a printed group, letter for letter, with the labels that it
// cites. Start and End are code points of the source's file, half open, or -1
// when the place is not known.
type Reference struct {
	Text      string   `json:"text" text:"verbatim"`
	Start     int      `json:"start"`
	End       int      `json:"end"`
	Name      string   `json:"name" text:"verbatim"` // the agreement as printed
	Agreement string   `json:"agreement"`            // slug, "" when unknown
	Labels    []string `json:"labels" text:"verbatim"`
	// Edition is a slug, when the text tells which of several that count anew
	// it means; it decides what the labels mean and is not kept by itself.
	Edition string `json:"edition,omitempty"`
}

// PutCitationLine records one printed line of citations that a source gives
// for an initiative. Its references become citations, each label is resolved
// by rule, and every resolved one becomes a contributor's link in the same
// changeset. Decided is what a person decided about labels before the line is
// recorded; whoever applies it answers for that. Its natural key is source,
// initiative and text.
type PutCitationLine struct {
	Source     string         `json:"source"`
	Initiative string         `json:"initiative"`
	Text       string         `json:"text" text:"verbatim"`
	Place      string         `json:"place"`
	References []Reference    `json:"references"`
	Decided    []LabelDecided `json:"decided,omitempty"`
}

// LabelDecided is a person's decision about one label of a line that is not
// recorded yet: to resolve it to a principle or to set it aside.
type LabelDecided struct {
	Reference int      `json:"reference"` // its place in the line, counted from 1
	Label     string   `json:"label" text:"verbatim"`
	Decision  Decision `json:"decision"`
	Principle string   `json:"principle,omitempty"` // ref, for resolve
	Note      string   `json:"note"`
}

// Check implements Edit.
func (e PutCitationLine) Check() error {
	var c checks
	c.slug("source", e.Source)
	c.slug("initiative", e.Initiative)
	c.required("text", e.Text, MaxLine)
	c.text("place", e.Place, MaxTitle)
	if len(e.References) == 0 {
		c.add("text", "no citation was found in this line; write it as printed, for example: Paris Call principles 1 and 5")
	}
	for i, r := range e.References {
		r.check(&c, fmt.Sprintf("references[%d]", i))
	}
	for i, d := range e.Decided {
		d.check(&c, fmt.Sprintf("decided[%d]", i), e)
	}
	return c.err()
}

func (d LabelDecided) check(c *checks, at string, of PutCitationLine) {
	if d.Reference < 1 || d.Reference > len(of.References) || !slices.Contains(of.References[d.Reference-1].Labels, d.Label) {
		c.add(at+".label", "is none that the line cites there")
	}
	switch d.Decision {
	case "resolve":
		c.ref(at+".principle", d.Principle)
	case "set_aside":
	default:
		c.add(at+".decision", "must be resolve or set_aside: nothing was decided before that could be re-opened")
	}
	c.required(at+".note", d.Note, MaxText)
	if other, _ := of.DecisionOn(d.Reference, d.Label); other != d {
		c.add(at+".label", "is decided twice")
	}
}

// DecisionOn is what was decided about a label of a reference, which is counted
// from 1.
func (e PutCitationLine) DecisionOn(reference int, label string) (LabelDecided, bool) {
	for _, d := range e.Decided {
		if d.Reference == reference && d.Label == label {
			return d, true
		}
	}
	return LabelDecided{}, false
}

func (r Reference) check(c *checks, at string) {
	c.required(at+".text", r.Text, MaxLine)
	c.required(at+".name", r.Name, MaxTitle)
	c.optionalSlug(at+".agreement", r.Agreement)
	if r.Start > MaxCount || r.End > MaxCount {
		c.add(at+".end", "lies beyond any document")
	}
	if r.Start >= 0 && r.End-r.Start != utf8.RuneCountInString(r.Text) {
		c.add(at+".end", "does not fit the text, which has %d characters", utf8.RuneCountInString(r.Text))
	}
	if len(r.Labels) == 0 {
		c.add(at+".labels", "needs at least one label")
	}
	for j, l := range r.Labels {
		c.required(fmt.Sprintf("%s.labels[%d]", at, j), l, 40)
	}
}

// ResolveCitation records a named person's decision about one citation: to
// resolve it to a principle, to set it aside, or to re-open it, after which
// the rule decides again.
type ResolveCitation struct {
	ID        int64    `json:"id"`
	Version   int64    `json:"version"`
	Decision  Decision `json:"decision"`
	Principle string   `json:"principle"` // ref, for resolve
	Note      string   `json:"note"`
}

// Decision is what a person decides about a citation.
type Decision string

// Decisions is the closed list.
var Decisions = []Decision{"resolve", "set_aside", "reopen"}

// Check implements Edit.
func (e ResolveCitation) Check() error {
	var c checks
	if err := checkID(e.ID, e.Version); err != nil {
		return err
	}
	oneOf(&c, "decision", e.Decision, Decisions)
	if e.Decision == "resolve" {
		c.ref("principle", e.Principle)
	}
	c.required("note", e.Note, MaxText)
	return c.err()
}

// CitationRow is one cited label with what it was taken to mean.
type CitationRow struct {
	ID              int64       `json:"id"`
	Label           string      `json:"label"`
	Resolution      Resolution  `json:"resolution"`
	Principle       string      `json:"principle"` // ref, when resolved
	PrincipleTitle  string      `json:"principle_title"`
	Candidates      []Candidate `json:"candidates"`
	DecidedBy       string      `json:"decided_by"` // a person's name, "" for the rule
	Note            string      `json:"note"`
	Reference       string      `json:"reference"` // the printed group
	Name            string      `json:"name"`      // the agreement as printed
	Agreement       string      `json:"agreement"`
	Initiative      string      `json:"initiative"`
	InitiativeTitle string      `json:"initiative_title"`
	Source          string      `json:"source"`
	SourceTitle     string      `json:"source_title"`
	Start           int         `json:"start"`       // of the reference in the text of the source, -1 when unknown
	PlaceAsOf       int64       `json:"place_as_of"` // 0, or the last revision as of which that text prints it there
	TextHeld        bool        `json:"text_held"`   // whether the text of the source is
	Link            int64       `json:"link"`        // id of the contributor's link, 0 when none
	Version         int64       `json:"version"`
}

// ReferenceRow is a printed group with its citations.
type ReferenceRow struct {
	Text      string        `json:"text"`
	Start     int           `json:"start"`
	End       int           `json:"end"`
	PlaceAsOf int64         `json:"place_as_of"` // 0, or the last revision as of which the source's text prints it there
	Name      string        `json:"name"`
	Agreement string        `json:"agreement"`
	Citations []CitationRow `json:"citations"`
	Hint      *QuoteHint    `json:"hint,omitempty" db:"-"` // about the words beside it, where they were looked at
}

// CitationLine is a printed line of citations with its references in order. Its
// place is one of the text that its source holds, unless the line has left that.
type CitationLine struct {
	ID              int64          `json:"id"`
	Source          string         `json:"source"`
	SourceTitle     string         `json:"source_title"`
	Initiative      string         `json:"initiative"`
	InitiativeTitle string         `json:"initiative_title"`
	Text            string         `json:"text"`
	Place           string         `json:"place"`
	TextHeld        bool           `json:"text_held"` // of the source, in which the references then stand
	Reworded        bool           `json:"reworded"`  // whether that is another text than the one in which the line was read, and prints it otherwise
	References      []ReferenceRow `json:"references" db:"-"`
}

// Left tells whether none of the words of the line that have a place stand in the
// text that its source holds: its place is one of a text that it held before.
func (l CitationLine) Left() bool {
	left := false
	for _, r := range l.References {
		if r.Start >= 0 && r.PlaceAsOf == 0 {
			return false
		}
		left = left || r.PlaceAsOf != 0
	}
	return left
}
