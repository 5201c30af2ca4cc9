package norms

import "slices"

// LegalNature says what force an agreement has.
type LegalNature string

// LegalNatures is the closed list of legal natures.
var LegalNatures = []LegalNature{"binding_law", "treaty", "un_consensus_norms", "voluntary_commitment",
	"operational_programme", "expert_recommendation", "proposal"}

// Space says between whom an agreement was made, in the grouping of the Best
// Practice Forum's paper of 2019.
type Space string

// Spaces is the closed list of spaces.
var Spaces = []Space{"within_stakeholder_group", "between_stakeholder_groups", "within_un"}

// EventKind says what happened to an agreement.
type EventKind string

// EventKinds is the closed list of kinds of event.
var EventKinds = []EventKind{"launched", "adopted", "in_force", "repealed", "amended", "amendment_proposed",
	"convener_changed", "adherents_counted", "reaffirmed", "endorsed", "programme_added", "follow_up", "closed"}

// PutAgreement records an agreement: any text or programme that the forum
// maps, whatever its force.
type PutAgreement struct {
	Version     int64       `json:"version,omitempty"`
	Slug        string      `json:"slug"`
	Title       string      `json:"title"`       // as printed
	ShortTitle  string      `json:"short_title"` // as people say it
	LegalNature LegalNature `json:"legal_nature"`
	Space       Space       `json:"space"`
	Convener    string      `json:"convener"`
	URL         string      `json:"url"`
	Summary     string      `json:"summary"` // in our own words
	Aliases     []string    `json:"aliases"` // other names under which texts cite it
}

// Check implements Edit.
func (e PutAgreement) Check() error {
	var c checks
	c.ownSlug("slug", e.Slug)
	c.required("title", e.Title, MaxTitle)
	c.required("short_title", e.ShortTitle, MaxTitle)
	oneOf(&c, "legal_nature", e.LegalNature, LegalNatures)
	oneOf(&c, "space", e.Space, Spaces)
	c.text("convener", e.Convener, MaxTitle)
	c.url("url", e.URL)
	c.text("summary", e.Summary, MaxText)
	for i, a := range e.Aliases {
		c.required("aliases", a, MaxTitle)
		if slices.Contains(e.Aliases[:i], a) {
			c.add("aliases", "%q stands there twice", a)
		}
	}
	return c.err()
}

// PutEvent records something dated that happened to an agreement (valid time,
// never to be mixed up with the record's own history). Its natural key is
// agreement, kind, date and title.
type PutEvent struct {
	ID        int64     `json:"id,omitempty"` // 0 = a new one
	Version   int64     `json:"version,omitempty"`
	Agreement string    `json:"agreement"`
	Kind      EventKind `json:"kind"`
	On        Date      `json:"on"`
	Title     string    `json:"title"`
	Note      string    `json:"note"`
	Count     *int      `json:"count,omitempty"` // adherents_counted: how many
	Source    string    `json:"source"`          // slug, "" when unsourced
}

// Check implements Edit.
func (e PutEvent) Check() error {
	var c checks
	c.slug("agreement", e.Agreement)
	oneOf(&c, "kind", e.Kind, EventKinds)
	c.date("on", e.On)
	c.required("title", e.Title, MaxTitle)
	c.text("note", e.Note, MaxText)
	c.optionalSlug("source", e.Source)
	if e.Count != nil {
		c.count("count", *e.Count)
	}
	c.numbered(e.ID, e.Version)
	return c.err()
}

// AgreementRow is an agreement in lists, with figures over its current
// editions: PrincipleCount, those of them WithEvidence, live contributor Links.
type AgreementRow struct {
	Slug           string      `json:"slug"`
	Title          string      `json:"title"`
	ShortTitle     string      `json:"short_title"`
	LegalNature    LegalNature `json:"legal_nature"`
	Space          Space       `json:"space"`
	Convener       string      `json:"convener"`
	PublishedOn    Date        `json:"published_on"` // of the earliest edition
	EditionCount   int         `json:"edition_count"`
	PrincipleCount int         `json:"principle_count"`
	WithEvidence   int         `json:"with_evidence"`
	Links          int         `json:"links"`
	AdherenceCount int         `json:"adherence_count"`
	Unresolved     int         `json:"unresolved"`
	RepealedOn     Date        `json:"repealed_on"` // of the latest repeal recorded, "" when there is none
}

// EventRow is an agreement event as shown.
type EventRow struct {
	Kind        EventKind  `json:"kind"`
	On          Date       `json:"on"`
	Title       string     `json:"title"`
	Note        string     `json:"note"`
	Count       *int       `json:"count"`
	Source      string     `json:"source"`
	SourceTitle string     `json:"source_title"`
	Confidence  Confidence `json:"confidence"` // "" when no fact says how sure it is
	ID          int64      `json:"id"`
	Version     int64      `json:"version"`
}

// Agreement is one agreement with everything its page shows.
type Agreement struct {
	AgreementRow
	ID         int64          `json:"-"`
	URL        string         `json:"url"`
	Summary    string         `json:"summary"`
	Version    int64          `json:"version"`
	Aliases    []string       `json:"aliases"`
	Events     []EventRow     `json:"events"`
	Editions   []EditionRow   `json:"editions" db:"-"`
	Principles []PrincipleRow `json:"principles" db:"-"` // of the current editions
	Numberings []NumberingRow `json:"numberings" db:"-"`
	Adherences []AdherenceRow `json:"adherences" db:"-"`
	Collective string         `json:"collective"`      // slug of the organization that is this agreement's body
	Elements   []ReadingRow   `json:"elements" db:"-"` // every element, read here or not
	Statements []StatementRow `json:"statements" db:"-"`
	Facts      []FactRow      `json:"facts" db:"-"`
	More       Parts          `json:"more" db:"-"`
}
