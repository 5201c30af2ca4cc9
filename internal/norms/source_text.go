package norms

// TextShown is about how many code points of a source's text a page shows; the
// others are pages of their own.
const TextShown = 50_000

// SourceText is a piece of the text of a source, as the public may see it: what
// tells how to reach people is hidden, as long as it is. Places count the code
// points of the whole text from 0, half open.
type SourceText struct {
	Start      int        `json:"start"`
	End        int        `json:"end"`
	Length     int        `json:"length"` // of the whole text
	Text       string     `json:"text"`
	TextSHA256 string     `json:"text_sha256" db:"text_sha256"` // of the whole, nothing hidden; "" when it is not known from where it came
	MediaType  string     `json:"media_type"`
	Bytes      int64      `json:"bytes"` // of the file
	Marks      []TextMark `json:"references"`
	Astray     []TextMark `json:"astray"` // those that do not stand where they were recorded
	// Left are references to earlier texts of the source whose words are not in
	// this one: the first of them, and how many there are.
	Left      []LeftReference `json:"left"`
	LeftTotal int             `json:"left_total"`
	// Earlier are the texts that the source held before, the newest first.
	Earlier []EarlierText `json:"earlier"`
}

// LeftReference is a reference whose words are no longer in the text of its
// source, with the place at which they stand as of a revision.
type LeftReference struct {
	Text            string `json:"text"`
	Start           int    `json:"start"`
	End             int    `json:"end"`
	PlaceAsOf       int64  `json:"place_as_of"`
	Initiative      string `json:"initiative"`
	InitiativeTitle string `json:"initiative_title"`
}

// EarlierText is a text that a source held up to a revision.
type EarlierText struct {
	SHA256 string `json:"sha256"` // of its file
	AsOf   int64  `json:"as_of"`  // the last revision
}

// TextMark is a place at which the text cites something. Several initiatives
// may rest on one.
type TextMark struct {
	Start int         `json:"start"`
	End   int         `json:"end"`
	Text  string      `json:"text"`
	Cites []MarkCited `json:"citations"`
	// Hint is about the words around it, nil when they fit what is cited or say
	// nothing of it.
	Hint *QuoteHint `json:"hint,omitempty"`
}

// MarkCited is one number that is cited there, what it was taken to mean, and
// for which initiative.
type MarkCited struct {
	Label           string     `json:"label"`
	Resolution      Resolution `json:"resolution"`
	Principle       string     `json:"principle"`
	PrincipleTitle  string     `json:"principle_title"`
	Initiative      string     `json:"initiative"`
	InitiativeTitle string     `json:"initiative_title"`
}

// Unresolved tells whether any of its numbers waits for a decision.
func (m TextMark) Unresolved() bool {
	for _, c := range m.Cites {
		if c.Resolution.Unresolved() {
			return true
		}
	}
	return false
}
