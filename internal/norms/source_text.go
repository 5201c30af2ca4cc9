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
