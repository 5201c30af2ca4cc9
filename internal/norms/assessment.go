package norms

import "time"

// View is what an assessor makes of a link.
type View string

// The views.
const (
	Agrees    View = "agrees"
	Partly    View = "partly"
	Disagrees View = "disagrees"
)

// Views is the closed list. The rubric is on the method page.
var Views = []View{Agrees, Partly, Disagrees}

// AssessorKind says who assesses a link.
type AssessorKind string

// The kinds of assessors: a curator of this record, by the account that
// writes, or another organization.
const (
	ByCurator    AssessorKind = "curator"
	ByThirdParty AssessorKind = "third_party"
)

// AssessorKinds is the closed list.
var AssessorKinds = []AssessorKind{ByCurator, ByThirdParty}

// PutAssessment records what somebody makes of a link. It never changes the
// link. A curator is whoever writes it; there is one assessment of a link for
// each assessor.
type PutAssessment struct {
	ID           int64        `json:"id,omitempty"` // 0 = new
	Version      int64        `json:"version,omitempty"`
	Link         int64        `json:"link"`
	Assessor     AssessorKind `json:"assessor"`
	Organization string       `json:"organization"` // of a third party
	View         View         `json:"view"`
	Relation     LinkRelation `json:"relation"` // what the assessor takes it to be, "" = unstated
	Strength     Strength     `json:"strength"`
	Rationale    string       `json:"rationale"`
}

// Check implements Edit.
func (e PutAssessment) Check() error {
	var c checks
	if e.Link <= 0 {
		c.add("link", "is missing")
	}
	oneOf(&c, "assessor", e.Assessor, AssessorKinds)
	switch {
	case e.Assessor == ByThirdParty:
		c.slug("organization", e.Organization)
	case e.Organization != "":
		c.add("organization", "only a third party's assessment names one")
	}
	oneOf(&c, "view", e.View, Views)
	optionalOneOf(&c, "relation", e.Relation, LinkRelations)
	optionalOneOf(&c, "strength", e.Strength, Strengths)
	c.required("rationale", e.Rationale, MaxText)
	c.seen(e.ID != 0, e.Version)
	return c.err()
}

// WithdrawAssessment takes an assessment back. With the answer to it only a
// reviewer does.
type WithdrawAssessment struct {
	ID      int64 `json:"id"`
	Version int64 `json:"version"`
}

// Check implements Edit.
func (e WithdrawAssessment) Check() error { return checkID(e.ID, e.Version) }

// PutAnswer is the answer of the organization whose claim was assessed. It is
// given once, by an account that is bound to the organization. Version is that
// of the assessment that is answered.
type PutAnswer struct {
	Assessment int64  `json:"assessment"`
	Version    int64  `json:"version"`
	Text       string `json:"text"`
}

// Check implements Edit.
func (e PutAnswer) Check() error {
	var c checks
	if e.Assessment <= 0 {
		c.add("assessment", "is missing")
	}
	if e.Version <= 0 {
		c.add("version", "is missing: send the version of the assessment that you saw")
	}
	c.required("text", e.Text, MaxText)
	return c.err()
}

// AssessmentRow is an assessment as shown, with the answer to it.
type AssessmentRow struct {
	ID               int64        `json:"id"`
	Link             int64        `json:"link"`
	Assessor         AssessorKind `json:"assessor"`
	Person           string       `json:"person"`       // name of the curator
	Organization     string       `json:"organization"` // of a third party
	OrganizationName string       `json:"organization_name"`
	View             View         `json:"view"`
	Relation         LinkRelation `json:"relation"`
	Strength         Strength     `json:"strength"`
	Rationale        string       `json:"rationale"`
	At               time.Time    `json:"at"` // when it was last written
	Answer           *AnswerRow   `json:"answer"`
	Version          int64        `json:"version"`
}

// AnswerRow is an organization's answer to an assessment.
type AnswerRow struct {
	Organization     string    `json:"organization"`
	OrganizationName string    `json:"organization_name"`
	Text             string    `json:"text"`
	At               time.Time `json:"at"`
	Version          int64     `json:"version"`
}

// Outdated tells whether the assessment was changed after it was answered.
func (a AssessmentRow) Outdated() bool { return a.Answer != nil && a.Answer.Version < a.Version }

// AssessedLink is a link with the printed references on which it rests, the
// digest of its claim, and what others make of it.
type AssessedLink struct {
	LinkRow
	ClaimDigest string           `json:"claim_digest"`
	ClaimNames  ClaimNames       `json:"claim_names"` // by which the claim goes in its digest
	At          time.Time        `json:"at"`          // when the link was last written
	References  []ClaimReference `json:"references"`
	Assessments []AssessmentRow  `json:"assessments"`
}

// Assessment finds one of the link's assessments.
func (l AssessedLink) Assessment(id int64) (AssessmentRow, bool) {
	for _, a := range l.Assessments {
		if a.ID == id {
			return a, true
		}
	}
	return AssessmentRow{}, false
}

// Answerers are the organizations whose claim the link is: whoever asserts it
// and whoever carries the initiative out.
func (l LinkRow) Answerers() []string {
	if l.Asserter == "" || l.Asserter == l.Organization {
		return []string{l.Organization}
	}
	return []string{l.Asserter, l.Organization}
}

// Assessed says what has been made of a link, for a filter.
type Assessed string

// AssessedWords is the closed list: none at all, a view that some assessment
// has, or assessments with and without an answer.
var AssessedWords = []Assessed{"unassessed", "agrees", "partly", "disagrees", "answered", "unanswered"}

// ParseAssessed takes disagreed for disagrees, as people call the filter.
func ParseAssessed(s string) Assessed {
	if s == "disagreed" {
		return "disagrees"
	}
	return Assessed(s)
}
