package norms

// Noun is what an edition calls its principles.
type Noun string

// Nouns is the closed list of nouns.
var Nouns = []Noun{"principle", "norm", "action", "article", "recommendation", "commitment", "clause", "element"}

// PutEdition records one dated text of an agreement. An agreement that has
// several programmes at once (MANRS) names the programme; one edition of each
// programme is current.
type PutEdition struct {
	Version     int64  `json:"version,omitempty"`
	Agreement   string `json:"agreement"`
	Slug        string `json:"slug"`
	Title       string `json:"title"`
	Programme   string `json:"programme"` // "" when the agreement has only one
	Noun        Noun   `json:"noun"`
	PublishedOn Date   `json:"published_on"`
	Current     bool   `json:"current"`
	URL         string `json:"url"`
	Summary     string `json:"summary"`
	Position    int    `json:"position"` // order on the agreement's page
}

// Check implements Edit.
func (e PutEdition) Check() error {
	var c checks
	c.slug("agreement", e.Agreement)
	c.ownSlug("slug", e.Slug)
	c.required("title", e.Title, MaxTitle)
	c.text("programme", e.Programme, MaxTitle)
	oneOf(&c, "noun", e.Noun, Nouns)
	c.date("published_on", e.PublishedOn)
	c.count("position", e.Position)
	c.url("url", e.URL)
	c.text("summary", e.Summary, MaxText)
	return c.err()
}

// EditionRow is an edition in lists; figures as in [AgreementRow].
type EditionRow struct {
	Agreement      string `json:"agreement"`
	Slug           string `json:"slug"`
	Title          string `json:"title"`
	Programme      string `json:"programme"`
	Noun           Noun   `json:"noun"`
	PublishedOn    Date   `json:"published_on"`
	Current        bool   `json:"current"`
	URL            string `json:"url"`
	Summary        string `json:"summary"`
	PrincipleCount int    `json:"principle_count"`
	WithEvidence   int    `json:"with_evidence"`
	RepealedOn     Date   `json:"repealed_on"` // of its agreement
}

// Edition is one edition with everything its page shows.
type Edition struct {
	EditionRow
	ID             int64          `json:"-"`
	Version        int64          `json:"version"`
	Position       int            `json:"position"`
	AgreementTitle string         `json:"agreement_title"`
	Principles     []PrincipleRow `json:"principles" db:"-"`
	Numberings     []NumberingRow `json:"numberings" db:"-"` // those that name a principle of this edition
	Facts          []FactRow      `json:"facts" db:"-"`
}
