package norms

// ProposalText is a proposal with all its edits, in the order in which they are
// applied and not held against the record, and the text whose words they cite.
type ProposalText struct {
	ProposalRow
	List        []ProposedEdit
	Source      string // slug
	Title       string // of the source
	PublishedOn Date
	Held        bool // the source is recorded with this text
	Text        string
	Problems    []TextProblem      // in the order of the text
	Recorded    []TitledInitiative // of whoever carries out those that it adds
	Titles      map[string]string  // of the recorded initiatives that edits name, by slug
}

// TitledInitiative is a recorded initiative of an organization.
type TitledInitiative struct {
	Organization string `json:"organization"`
	Slug         string `json:"slug"`
	Title        string `json:"title"`
}

// Desk is a proposal beside the text that it was made of: the text in passages,
// in order, each with what was understood of it. A long text is shown in pieces;
// places count the code points of the whole text from 0, half open.
type Desk struct {
	ProposalRow
	Source      string           `json:"source"`
	SourceTitle string           `json:"source_title"`
	Held        bool             `json:"text_held"`
	Start       int              `json:"start"`
	End         int              `json:"end"`
	Length      int              `json:"length"`
	Passages    []DeskPassage    `json:"passages"`
	NewVersion  *NewVersion      `json:"new_version"` // nil unless it is to replace a text
	Besides     []DeskCard       `json:"besides"`     // what has no place in the text
	Initiatives []DeskInitiative `json:"initiatives"` // all that the proposal adds, in order
	Waiting     []DeskPlace      `json:"waiting"`     // all edits that nobody decided about, in order
	ToLookAt    []DeskProblem    `json:"problems"`    // all places of the text to look at, in order
	Orphans     []DeskPlace      `json:"-"`           // all edits that cannot be applied, as they name what was rejected or taken out
}

// OwnDocument says of what its document may be a new version, though it is proposed
// as one of its own; "" for others.
func (d Desk) OwnDocument() string {
	for _, p := range d.ToLookAt {
		if p.Kind == OwnDocument {
			return p.Message
		}
	}
	return ""
}

// DeskPassage is a stretch of the text that belongs to one initiative, or to
// none.
type DeskPassage struct {
	Start   int        `json:"start"`
	End     int        `json:"end"`
	Text    string     `json:"text"` // what tells how to reach people is hidden
	Heading bool       `json:"heading"`
	Of      int        `json:"of"` // the edit that adds the initiative, 0 for none
	Marks   []DeskMark `json:"marks"`
	Cards   []DeskCard `json:"cards"`
	// Problems are what a person should look at in it.
	Problems []DeskProblem `json:"problems"`
}

// DeskProblem is a place to look at, with its number in the proposal from 1.
type DeskProblem struct {
	Number int `json:"number"`
	TextProblem
}

// DeskMark is a place at which the text cites something, with the edit that
// says so, or one to look at.
type DeskMark struct {
	Start      int     `json:"start"`
	End        int     `json:"end"`
	Edit       int     `json:"edit"`    // 0 for a place to look at
	Problem    int     `json:"problem"` // the number of that, else 0
	Decision   Verdict `json:"decision"`
	Unresolved bool    `json:"unresolved"`
}

// DeskCard is an edit with what is understood by it.
type DeskCard struct {
	ProposedEdit
	Place      int              `json:"place"`      // where its words begin, -1 for nowhere
	Initiative DeskInitiative   `json:"initiative"` // to which a line belongs
	Parent     DeskInitiative   `json:"parent"`     // of which an initiative is a part
	Before     DeskInitiative   `json:"before"`     // that stands before an initiative
	Lines      []DeskPlace      `json:"lines"`      // of an initiative, those that nobody decided about
	Along      []DeskPlace      `json:"along"`      // of an initiative, those that name it and would go along with it
	First      bool             `json:"first"`      // line of its initiative: there is nothing to split off before it
	Likely     []DeskInitiative `json:"likely"`     // recorded ones that an initiative may be
	References []DeskReference  `json:"references"` // of a line
}

// DeskInitiative is an initiative of a proposal, or a recorded one, which has no
// Position.
type DeskInitiative struct {
	Slug     string `json:"slug"`
	Title    string `json:"title"`
	Position int    `json:"position"`
}

// DeskPlace is an edit as it is shown, and where its words begin.
type DeskPlace struct {
	EditSeen
	Place int `json:"place"`
}

// DeskReference is a printed group with what each of its labels would be taken
// to mean.
type DeskReference struct {
	Reference
	Stands    bool          `json:"stands"` // at its place in the text
	Hint      *QuoteHint    `json:"hint"`   // what fits the words around it better, nil for most
	Citations []DeskMeaning `json:"citations"`
}

// DeskMeaning is one cited label, what it would be taken to mean by the rule,
// and what somebody decided instead.
type DeskMeaning struct {
	Label      string       `json:"label"`
	Resolution Resolution   `json:"resolution"`
	Candidates []Candidate  `json:"candidates"`
	Decided    LabelDecided `json:"decided"`
}

// Unresolved tells whether a person has to say what the label means.
func (m DeskMeaning) Unresolved() bool {
	return m.Decided.Decision == "" && m.Resolution.Unresolved()
}

// Decided is how many of the edits nobody waits for any more.
func (d Desk) Decided() int { return d.Edits - d.Undecided }
