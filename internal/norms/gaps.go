package norms

import (
	"slices"
	"time"
)

// GapSection is one kind of gap.
type GapSection string

// The kinds of gap.
const (
	GapPrinciples GapSection = "principles" // without a link recorded
	GapAdherences GapSection = "adherences" // beside evidence, pair by pair
	GapAddressees GapSection = "addressees" // others than those who report
	GapUnresolved GapSection = "unresolved" // citations that wait for a decision
	GapContested  GapSection = "contested"  // links with which somebody disagrees
	GapReviewed   GapSection = "reviewed"   // looked for, and none found
	GapPromises   GapSection = "promises"   // not recorded as kept yet
	GapAddresses  GapSection = "addresses"  // on the web that are missing
)

// GapSections is the closed list, in the order in which they are shown.
var GapSections = []GapSection{GapPrinciples, GapAdherences, GapAddressees, GapUnresolved, GapContested, GapReviewed, GapPromises,
	GapAddresses}

// Check says whether s, if it is not empty, is one of them.
func (s GapSection) Check() error {
	var c checks
	optionalOneOf(&c, "show", s, GapSections)
	return c.err()
}

// GapsShown is how many rows of a kind the page of all gaps shows; the rest is
// on the pages of that kind. Principles are shown up to MaxLimit.
const GapsShown = 25

// Gaps is what has no recorded evidence, for the current editions, and what
// waits for somebody: none recorded never means not done. Lists that were not
// asked for are nil; the others may go on after what is here.
type Gaps struct {
	Day        Date            `json:"day"`                 // on which promises are looked at
	Principles []PrincipleRow  `json:"principles,omitzero"` // none recorded
	Adherences []StandingRow   `json:"adherences,omitzero"` //
	Addressees []AddresseeGap  `json:"addressees,omitzero"` //
	Unresolved []CitationRow   `json:"unresolved,omitzero"` //
	Contested  []LinkRow       `json:"contested,omitzero"`  // counted links with a disagreeing assessment
	Reviewed   []CellReviewRow `json:"reviewed,omitzero"`   // none found, and none recorded since
	Promises   []Promise       `json:"promises,omitzero"`   //
	Addresses  []NoAddress     `json:"addresses,omitzero"`  // evidence that cannot be followed on the web

	Totals    map[GapSection]int    `json:"totals"`             // how many gaps there are of each kind that was asked for
	Standings map[Standing]int      `json:"standings,omitzero"` // how many pairs, with those that are no gap
	Undated   int                   `json:"promises_undated"`   // promises for which no date is recorded
	Next      *string               `json:"next"`               // where the one kind that was asked for goes on
	More      map[GapSection]string `json:"more"`               // where each list that ends here goes on, as a cursor beside show
}

// Standing says how adherence and evidence meet in a pair of an organization
// and an agreement.
type Standing string

// The standings.
const (
	SignedNoneRecorded Standing = "signed_none_recorded"
	EvidencedNotSigned Standing = "evidenced_not_signed"
	SignedAndEvidenced Standing = "signed_and_evidenced"
)

// Standings is the closed list, gaps first.
var Standings = []Standing{SignedNoneRecorded, EvidencedNotSigned, SignedAndEvidenced}

// StandingRow is an organization and an agreement by which it stands, or for
// which it reports something. Links count as on [AdherenceRow].
type StandingRow struct {
	Organization     string              `json:"organization"`
	OrganizationName string              `json:"organization_name"`
	StakeholderGroup StakeholderGroup    `json:"stakeholder_group"`
	Agreement        string              `json:"agreement"`
	AgreementTitle   string              `json:"agreement_title"`
	Standing         Standing            `json:"standing"`
	Relations        []AdherenceRelation `json:"relations"` // each once, in the order of the closed list
	Links            int                 `json:"links"`
	Initiatives      int                 `json:"initiatives"` // behind Links
}

// Place gives the row the standing that follows from its relations and links.
func (r *StandingRow) Place() {
	commits := slices.ContainsFunc(r.Relations, AdherenceRelation.Commits)
	switch {
	case commits && r.Links > 0:
		r.Standing = SignedAndEvidenced
	case commits:
		r.Standing = SignedNoneRecorded
	default:
		r.Standing = EvidencedNotSigned
	}
}

// AddresseeGap is a link of an organization of a kind to which the principle
// does not speak; or, with a citation, one that would be, were that candidate
// meant.
type AddresseeGap struct {
	Initiative       string           `json:"initiative"`
	InitiativeTitle  string           `json:"initiative_title"`
	Organization     string           `json:"organization"`
	OrganizationName string           `json:"organization_name"`
	StakeholderGroup StakeholderGroup `json:"stakeholder_group"`
	Principle        string           `json:"principle"`
	PrincipleName    string           `json:"principle_name"`
	PrincipleTitle   string           `json:"principle_title"`
	Addressees       []Addressee      `json:"addressees"`
	Ruling           string           `json:"ruling"`    // why a person decided that it speaks to others, "" for the rule
	Link             int64            `json:"link"`      // 0 for a candidate
	Citation         int64            `json:"citation"`  // that is not resolved yet, 0 for a link
	Reference        string           `json:"reference"` // its printed group
	Reason           string           `json:"reason"`    // the numbering that gives the candidate
}

// Promise is an initiative that is planned, or is to be done by a date, and
// not recorded as completed or ended.
type Promise struct {
	Initiative       string `json:"initiative"`
	Title            string `json:"title"`
	Organization     string `json:"organization"`
	OrganizationName string `json:"organization_name"`
	Status           Status `json:"status"`
	StatusNote       string `json:"status_note"`
	DueOn            Date   `json:"due_on"` // "" when no date is recorded
	DatePassed       bool   `json:"date_passed"`
	Source           string `json:"source"`
	SourceTitle      string `json:"source_title"`
}

// LookedAt notes whether the last day that the due date may mean is over on a
// day.
func (p *Promise) LookedAt(day time.Time) {
	p.DatePassed = p.DueOn != "" && p.DueOn.Last().Before(day.UTC().Truncate(24*time.Hour))
}

// NoAddress is an initiative with links, or a source behind such initiatives,
// for which no address on the web is recorded.
type NoAddress struct {
	Kind        string `json:"kind"` // initiative or source
	Slug        string `json:"slug"`
	Title       string `json:"title"`
	By          string `json:"by"`     // who carries it out, or published it
	Source      string `json:"source"` // that reports the initiative
	SourceTitle string `json:"source_title"`
	SourceURL   string `json:"source_url"` // its address or that of a copy
}
