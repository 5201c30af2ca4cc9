package norms

import (
	"slices"
	"strings"
)

// Addressee is whom a principle speaks to.
type Addressee string

// Addressees is the closed list of addressees.
var Addressees = []Addressee{"states", "private_sector", "developers", "network_operators", "internet_exchange_points",
	"cdn_and_cloud_providers", "equipment_vendors", "signatory_companies", "non_state_actors", "essential_service_operators",
	"digital_service_providers", "essential_and_important_entities", "conformity_assessment_bodies", "manufacturers", "citizens",
	"eu_institutions", "all"}

// Obligation is how strongly a principle binds its addressee.
type Obligation string

// Obligations is the closed list; the empty word means that none is stated.
var Obligations = []Obligation{"mandatory", "recommended", "optional"}

// maxNumber is the longest number of a principle, in code points.
const maxNumber = 40

// PutPrinciple records one unit of an edition. Its number is a label, text as
// printed and without the noun, and is never renumbered.
type PutPrinciple struct {
	Version       int64       `json:"version,omitempty"`
	Agreement     string      `json:"agreement"`
	Edition       string      `json:"edition"`
	Number        string      `json:"number"`
	OurNumbering  bool        `json:"our_numbering"` // the text prints no numbers
	Position      int         `json:"position"`
	Title         string      `json:"title"`
	Summary       string      `json:"summary"` // in our own words
	Addressees    []Addressee `json:"addressees"`
	Obligation    Obligation  `json:"obligation"`
	Applicability string      `json:"applicability"` // a note on when it applies
}

// Check implements Edit.
func (e PutPrinciple) Check() error {
	var c checks
	c.slug("agreement", e.Agreement)
	c.slug("edition", e.Edition)
	c.required("number", e.Number, maxNumber)
	switch LabelSlug(e.Number) {
	case "":
		c.add("number", "needs at least one letter or digit")
	case "new":
		c.add("number", "%q is an address of the site itself; choose another", e.Number)
	}
	c.required("title", e.Title, MaxTitle)
	c.text("summary", e.Summary, MaxText)
	c.count("position", e.Position)
	for _, a := range e.Addressees {
		oneOf(&c, "addressees", a, Addressees)
	}
	optionalOneOf(&c, "obligation", e.Obligation, Obligations)
	c.text("applicability", e.Applicability, MaxText)
	return c.err()
}

// PrincipleRow is a principle in lists. Links counts live links of relation
// supports and origin contributor; CuratorLinks and ThirdPartyLinks stand
// beside it and are never added in; PossiblyCited counts ambiguous citations
// of which it is a candidate. Unverified names what of it no fact makes sure:
// number, title, summary, addressees or obligation.
type PrincipleRow struct {
	Ref             string      `json:"ref"`
	Agreement       string      `json:"agreement"`
	AgreementTitle  string      `json:"agreement_title"`
	Edition         string      `json:"edition"`
	EditionTitle    string      `json:"edition_title"`
	Current         bool        `json:"current"`
	Noun            Noun        `json:"noun"`
	Number          string      `json:"number"`
	OurNumbering    bool        `json:"our_numbering"`
	Title           string      `json:"title"`
	Summary         string      `json:"summary"`
	Addressees      []Addressee `json:"addressees"`
	Obligation      Obligation  `json:"obligation"`
	Links           int         `json:"links"`
	CuratorLinks    int         `json:"curator_links"`
	ThirdPartyLinks int         `json:"third_party_links"`
	Contested       int         `json:"contested"` // of Links, with an assessment that disagrees
	PossiblyCited   int         `json:"possibly_cited"`
	Reviewed        int         `json:"reviewed"`    // organizations that were reviewed, and nothing found
	RepealedOn      Date        `json:"repealed_on"` // of the agreement
	Unverified      []string    `json:"unverified"`
}

// State is the first cell state that applies to the principle as a whole:
// contested, cited, else not_reviewed. The two others are about somebody: that
// one organization was reviewed, or is not spoken to, says nothing of all.
func (p PrincipleRow) State() string {
	switch {
	case p.Contested > 0:
		return string(Contested)
	case p.Links > 0:
		return string(Cited)
	}
	return string(NotReviewed)
}

// Doubtful tells whether a part of the principle is unverified.
func (p PrincipleRow) Doubtful(part string) bool { return slices.Contains(p.Unverified, part) }

// Label is the principle's label as addresses write it.
func (p PrincipleRow) Label() string { return LabelSlug(p.Number) }

// Name says the principle as people do: "Paris Call principle 5".
func (p PrincipleRow) Name() string {
	return strings.Join([]string{p.AgreementTitle, string(p.Noun), p.Number}, " ")
}

// Principle is one principle with everything its page shows.
type Principle struct {
	PrincipleRow
	ID            int64              `json:"-"`
	Version       int64              `json:"version"`
	Position      int                `json:"position"`
	Applicability string             `json:"applicability"`
	Labels        []NumberingLabel   `json:"labels" db:"-"`        // every label under which a numbering knows it
	Evidence      []LinkRow          `json:"evidence" db:"-"`      // one page of the live links, contributor's first
	EvidenceNext  *string            `json:"evidence_next" db:"-"` // cursor of the following page of them
	EvidenceFrom  string             `json:"-" db:"-"`             // cursor of the page that is shown; "" is the first
	Possibly      []CitationRow      `json:"possibly" db:"-"`      // ambiguous citations pointing here
	Previous      *PrincipleNeighbor `json:"previous" db:"-"`      // in the same edition
	Next          *PrincipleNeighbor `json:"next" db:"-"`          //
	Elsewhere     []PrincipleRow     `json:"elsewhere" db:"-"`     // same label in other editions of the agreement
	Alike         []CrosswalkRow     `json:"alike" db:"-"`         // read from this principle
	CitedWith     []CocitationRow    `json:"cited_with" db:"-"`    // the most often cited first
	Statements    []StatementRow     `json:"statements" db:"-"`
	Facts         []FactRow          `json:"facts" db:"-"`
	Cells         CellNotes          `json:"cells" db:"-"`
	More          Parts              `json:"more" db:"-"` // of possibly, alike, statements, and the reviews and rulings of cells
}

// EvidenceShown is how many links a page of a principle shows at once,
// CitedShown of how many others at most it says that they are cited with it.
const (
	EvidenceShown = 25
	CitedShown    = 20
)

// PrincipleNeighbor is the principle before or after another one.
type PrincipleNeighbor struct {
	Ref    string `json:"ref"`
	Number string `json:"number"`
	Title  string `json:"title"`
}
