package dossier

// Action is what was done.
type Action string

// The actions.
const (
	Added     Action = "added"
	Changed   Action = "changed"
	Withdrawn Action = "withdrawn"
	Moved     Action = "moved"
)

// Subject is what it was done to.
type Subject string

// The subjects. A heading is changed when all that stood under it now stands
// under another that is new.
const (
	OfHeading    Subject = "heading"
	OfInitiative Subject = "initiative"
	OfLine       Subject = "citation_line"
)

// Reading is what an edited file says.
type Reading struct {
	Changes  []Change // in the order of the file, what was struck out last
	Problems []Problem
	Order    []Placed // every initiative of the file as it stands there now
}

// Placed is where an initiative stands in an edited dossier. Key is as
// Change.Initiative, and Parent that of the one that it is a part of.
type Placed struct{ Key, Parent, Heading string }

// Change is one difference between a dossier and its edited form. Something
// may be both moved and changed: these are two.
type Change struct {
	Action  Action  `json:"action"`
	Subject Subject `json:"subject"`
	// Initiative is the slug of the one that is meant, or that a line belongs
	// to now; for an added one it is new-1, new-2 and so on.
	Initiative string `json:"initiative,omitempty"`
	Line       int64  `json:"line,omitempty"` // 0 for an added one
	Title      string `json:"title"`          // of the initiative, for people
	At         int    `json:"at,omitempty"`   // line of the file's text, or row of its table; 0 for what is not there
	// To is where an added or moved thing stands now; From is the initiative
	// that a moved line belonged to.
	To     *Place  `json:"to,omitempty"`
	From   string  `json:"from,omitempty"`
	Fields []Field `json:"fields,omitempty"` // of a changed thing
	// Added is the initiative that was added, with its lines and without its
	// parts, which are additions of their own.
	Added *Initiative `json:"added,omitempty"`
	// Cites and Drops are what a line cites now and did not before, and the
	// other way round.
	Cites []Citation `json:"cites,omitempty"`
	Drops []Citation `json:"drops,omitempty"`
	// Under are the initiatives under a changed heading.
	Under []string `json:"under,omitempty"`
}

// Place is where something stands in the edited dossier.
type Place struct {
	Parent  string `json:"parent,omitempty"` // as Change.Initiative
	Heading string `json:"heading,omitempty"`
	Section int    `json:"section"` // which heading it is, counted from 0; -1 under none
	Index   int    `json:"index"`   // among those with the same parent and heading
}

// Field is a text before and after.
type Field struct {
	Name   string `json:"name"` // title, summary, heading or text
	Before string `json:"before"`
	After  string `json:"after"`
}

// Citation is one cited number.
type Citation struct {
	Agreement string `json:"agreement"` // slug, "" when the name is unknown
	Name      string `json:"name"`      // as printed
	Label     string `json:"label"`
}

// Problem is a place in an edited file that is no part of a dossier, or that
// cannot be told from another.
type Problem struct {
	Line int    `json:"line"` // of the file's text, or row of its table
	Text string `json:"text"`
	What string `json:"what"`
}
