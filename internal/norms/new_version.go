package norms

// NewVersion is what becomes of what is recorded of a source when a new version of
// its document takes the place of its text.
type NewVersion struct {
	Source      string          `json:"source"` // slug
	SourceTitle string          `json:"source_title"`
	Share       int             `json:"share"` // of the words of the earlier text stand in it, in percent
	Kept        int             `json:"kept"`  // references that stand as they did
	Others      []FollowedWords `json:"others"`
	More        int             `json:"more"`    // others that are not listed
	Missing     []Choice        `json:"missing"` // initiatives of which it tells no more
	Unknown     bool            `json:"unknown"` // there was no time to compare the texts: no more than what was found is told
	// Found are the words that were gone when the document was sent in. Once its text
	// is held, or another one is, nothing more is known.
	Found []TextProblem `json:"found"`
	Over  bool          `json:"over"`
}

// FollowedWords are words that are quoted from a text, with what became of them in
// a later one.
type FollowedWords struct {
	Text            string `json:"text"`
	Initiative      string `json:"initiative"` // slug
	InitiativeTitle string `json:"initiative_title"`
	How             string `json:"how"` // gone, reworded, moved or, of what was gone before, again
	Was             int    `json:"was"` // the line of the earlier text
	Now             int    `json:"now"` // the line, 0 when they are gone
}
