package norms

// StatementKind says what sort of thing an organization says.
type StatementKind string

// StatementKinds is the closed list, in the order of the forum's questions 3
// to 6, in which lists show them, too.
var StatementKinds = []StatementKind{"position", "outcome", "challenge", "tension"}

// Stance is what an organization wants of the thing that it speaks of.
type Stance string

// Stances is the closed list: it is for the thing; for it in part, under
// conditions or otherwise than it is; against it; or it does not say.
var Stances = []Stance{"for", "qualified", "against", "neutral"}

// Bounds of a statement.
const (
	MaxQuote    = 300 // Unicode code points
	MaxQuestion = 6   // of the forum's call
)

// PutStatement records what an organization says about an element, an agreement
// or a principle, or several of them at once. ID 0 means a new one; its natural
// key is source, organization, title and what it is about. A statement is never
// evidence.
type PutStatement struct {
	ID           int64         `json:"id,omitempty"`
	Version      int64         `json:"version,omitempty"`
	Kind         StatementKind `json:"kind"`
	Title        string        `json:"title"`        // in a few words of our own
	Element      string        `json:"element"`      // slug
	Agreement    string        `json:"agreement"`    // slug
	Principle    string        `json:"principle"`    // ref
	Organization string        `json:"organization"` // that says it
	Question     int           `json:"question"`     // of the forum's call that it answers, 0 = none
	Stance       Stance        `json:"stance"`
	Summary      string        `json:"summary"` // in our own words
	Quote        string        `json:"quote"`   // letter for letter, "" = none
	Source       string        `json:"source"`
	Place        string        `json:"place"` // where in the source
}

// Check implements Edit.
func (e PutStatement) Check() error {
	var c checks
	oneOf(&c, "kind", e.Kind, StatementKinds)
	c.required("title", e.Title, MaxTitle)
	c.about(e)
	c.slug("organization", e.Organization)
	if e.Question < 0 || e.Question > MaxQuestion {
		c.add("question", "must be one of the forum's questions, 1 to %d, or left out", MaxQuestion)
	}
	oneOf(&c, "stance", e.Stance, Stances)
	c.required("summary", e.Summary, MaxText)
	c.text("quote", e.Quote, MaxQuote)
	c.slug("source", e.Source)
	c.text("place", e.Place, MaxTitle)
	if e.Quote != "" && e.Place == "" {
		c.add("place", "is missing: say where in the source the quoted words stand")
	}
	if e.ID != 0 && e.Version <= 0 {
		c.add("version", "is missing: send the version that you saw")
	}
	return c.err()
}

func (c *checks) about(e PutStatement) {
	c.optionalSlug("element", e.Element)
	c.optionalSlug("agreement", e.Agreement)
	if e.Principle != "" {
		c.ref("principle", e.Principle)
	}
	if e.Element == "" && e.Agreement == "" && e.Principle == "" {
		c.add("element", "say what it is about: an element, an agreement or a principle")
	}
}

// StatementRow is a statement as shown. Question is 0 when it answers none.
type StatementRow struct {
	ID               int64         `json:"id"`
	Kind             StatementKind `json:"kind"`
	Stance           Stance        `json:"stance"`
	Title            string        `json:"title"`
	Summary          string        `json:"summary"`
	Element          string        `json:"element"`
	ElementTitle     string        `json:"element_title"`
	Agreement        string        `json:"agreement"`
	AgreementTitle   string        `json:"agreement_title"`
	Principle        string        `json:"principle"`
	PrincipleName    string        `json:"principle_name"` // "Paris Call principle 5"
	PrincipleTitle   string        `json:"principle_title"`
	Organization     string        `json:"organization"`
	OrganizationName string        `json:"organization_name"`
	Question         int           `json:"question"`
	Quote            string        `json:"quote"`
	Source           string        `json:"source"`
	SourceTitle      string        `json:"source_title"`
	Place            string        `json:"place"`
	Version          int64         `json:"version"`
}

// StatementFilter chooses statements; empty fields do not choose. Question is
// a number, or "none". Principle is a ref.
type StatementFilter struct {
	Kind, Stance, Element, Agreement, Principle, Organization, Source, Question string
}

// Questions is the closed list of what a filter may ask for.
var Questions = []string{"1", "2", "3", "4", "5", "6", "none"}

// Check says what of f cannot choose anything.
func (f StatementFilter) Check() error {
	var c checks
	optionalOneOf(&c, "kind", StatementKind(f.Kind), StatementKinds)
	optionalOneOf(&c, "stance", Stance(f.Stance), Stances)
	c.optionalSlug("element", f.Element)
	c.optionalSlug("agreement", f.Agreement)
	if f.Principle != "" {
		c.ref("principle", f.Principle)
	}
	c.optionalSlug("organization", f.Organization)
	c.optionalSlug("source", f.Source)
	optionalOneOf(&c, "question", f.Question, Questions)
	return c.err()
}

// Names is as for principles.
func (f StatementFilter) Names() []Named {
	return named(Named{"element", f.Element, ""}, Named{"agreement", f.Agreement, ""}, Named{"principle", f.Principle, ""},
		Named{"organization", f.Organization, ""}, Named{"source", f.Source, ""})
}
