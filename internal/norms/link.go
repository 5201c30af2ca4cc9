package norms

// LinkRelation is how an initiative stands to a principle.
type LinkRelation string

// LinkRelations is the closed list. Only supports is counted as evidence.
var LinkRelations = []LinkRelation{"supports", "contrary", "no_relationship"}

// LinkProperty says more about a relation of support (after NIST IR 8477,
// section 4.2); the empty word means unspecified.
type LinkProperty string

// LinkProperties is the closed list.
var LinkProperties = []LinkProperty{"example_of", "integral_to", "precedes"}

// Origin says who asserts a link.
type Origin string

// Origins is the closed list.
var Origins = []Origin{"contributor", "curator", "third_party"}

// Strength is an optional word for how directly an initiative serves a
// principle; the rubric is on the method page.
type Strength string

// Strengths is the closed list.
var Strengths = []Strength{"direct", "partial", "indirect"}

// PutLink records a curator's or a third party's link. A contributor's link
// is never put: it exists exactly while its citation is resolved.
type PutLink struct {
	ID         int64        `json:"id,omitempty"` // 0 = new
	Version    int64        `json:"version,omitempty"`
	Initiative string       `json:"initiative"`
	Principle  string       `json:"principle"` // ref
	Relation   LinkRelation `json:"relation"`
	Property   LinkProperty `json:"property"`
	Origin     Origin       `json:"origin"`
	Asserter   string       `json:"asserter"` // organization, for a third party's link
	Rationale  string       `json:"rationale"`
	Strength   Strength     `json:"strength"`
}

// Check implements Edit.
func (e PutLink) Check() error {
	var c checks
	c.slug("initiative", e.Initiative)
	c.ref("principle", e.Principle)
	oneOf(&c, "relation", e.Relation, LinkRelations)
	optionalOneOf(&c, "property", e.Property, LinkProperties)
	if e.Property != "" && e.Relation != "supports" {
		c.add("property", "only a link that supports can have one")
	}
	optionalOneOf(&c, "strength", e.Strength, Strengths)
	c.required("rationale", e.Rationale, MaxText)
	switch e.Origin {
	case "contributor":
		c.add("origin", "a contributor's link is made by resolving its citation, not by itself")
	case "curator":
		if e.Asserter != "" {
			c.add("asserter", "a curator's link has no asserting organization")
		}
	case "third_party":
		c.slug("asserter", e.Asserter)
	default:
		oneOf(&c, "origin", e.Origin, Origins)
	}
	if e.ID != 0 && e.Version <= 0 {
		c.add("version", "is missing: send the version that you saw")
	}
	return c.err()
}

// WithdrawLink takes a curator's or third party's link back.
type WithdrawLink struct {
	ID      int64 `json:"id"`
	Version int64 `json:"version"`
}

// Check implements Edit.
func (e WithdrawLink) Check() error { return checkID(e.ID, e.Version) }

// LinkRow is a link as shown. Citations holds the printed references on which
// a contributor's link rests.
type LinkRow struct {
	ID               int64        `json:"id"`
	Initiative       string       `json:"initiative"`
	InitiativeTitle  string       `json:"initiative_title"`
	Organization     string       `json:"organization"`
	OrganizationName string       `json:"organization_name"`
	Principle        string       `json:"principle"`
	PrincipleTitle   string       `json:"principle_title"`
	PrincipleName    string       `json:"principle_name"` // "Paris Call principle 5", with the edition where the ref needs it
	Agreement        string       `json:"agreement"`
	Current          bool         `json:"current"` // the principle's edition is
	Relation         LinkRelation `json:"relation"`
	Property         LinkProperty `json:"property"`
	Origin           Origin       `json:"origin"`
	Asserter         string       `json:"asserter"`
	AsserterName     string       `json:"asserter_name"`
	Strength         Strength     `json:"strength"`
	Rationale        string       `json:"rationale"`
	Citation         int64        `json:"citation"`  // id of the first citation, 0 when none
	Reference        string       `json:"reference"` // its printed group
	Source           string       `json:"source"`
	SourceTitle      string       `json:"source_title"`
	Agreed           int          `json:"agreed"`        // assessments that agree
	PartlyAgreed     int          `json:"partly_agreed"` // those that agree in part
	Disagreed        int          `json:"disagreed"`     // and those that do not
	Answered         int          `json:"answered"`      // how many of all these are answered
	Version          int64        `json:"version"`
}

// Assessments is how many there are of the link.
func (l LinkRow) Assessments() int { return l.Agreed + l.PartlyAgreed + l.Disagreed }

// OnlyByCitation answers whoever tries to change a contributor's link.
func OnlyByCitation() error {
	return Errorf(Conflict, "this is the contributor's own link: it exists exactly while its citation is resolved. Resolve the citation otherwise or set it aside, or answer the link with an assessment")
}
