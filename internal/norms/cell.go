package norms

import "slices"

// CellState is what is on record for a principle and somebody.
type CellState string

// The cell states.
const (
	Contested         CellState = "contested"
	Cited             CellState = "cited"
	ReviewedNoneFound CellState = "reviewed_none_found"
	OutsideAddressee  CellState = "outside_addressee"
	NotReviewed       CellState = "not_reviewed"
)

// CellStates is the closed list; the first that applies holds.
var CellStates = []CellState{Contested, Cited, ReviewedNoneFound, OutsideAddressee, NotReviewed}

// Counted says whether cells in the state are in the denominator of a share:
// those of which anything is known.
func (s CellState) Counted() bool {
	switch s {
	case Contested, Cited, ReviewedNoneFound:
		return true
	case OutsideAddressee, NotReviewed:
		return false
	}
	return false
}

// OutsideAddressees tells whether a principle that speaks to these addressees
// cannot be speaking to a stakeholder group, by [Addressee.Groups]. Where no
// addressees or no group are recorded, or a word has no rule, nothing is
// derived.
func OutsideAddressees(list []Addressee, group StakeholderGroup) bool {
	if len(list) == 0 || group == "" {
		return false
	}
	for _, a := range list {
		if groups := a.Groups(); len(groups) == 0 || slices.Contains(groups, group) {
			return false
		}
	}
	return true
}

// Or is the state itself, or where nothing on record settles a cell ("") the
// one that follows from addressees and group.
func (s CellState) Or(list []Addressee, group StakeholderGroup) CellState {
	switch {
	case s != "":
		return s
	case OutsideAddressees(list, group):
		return OutsideAddressee
	}
	return NotReviewed
}

// PutCellReview records that the account which writes it has looked for
// evidence of an organization for a principle and found none. A cell has one
// review, the latest.
type PutCellReview struct {
	ID           int64  `json:"id,omitempty"` // 0 = new
	Version      int64  `json:"version,omitempty"`
	Principle    string `json:"principle"` // ref
	Organization string `json:"organization"`
	ReviewedOn   Date   `json:"reviewed_on"`
	Note         string `json:"note"` // where was looked, and how
}

// Check implements Edit.
func (e PutCellReview) Check() error {
	var c checks
	c.ref("principle", e.Principle)
	c.slug("organization", e.Organization)
	if e.ReviewedOn == "" {
		c.add("reviewed_on", "is missing: say when it was looked for")
	}
	c.date("reviewed_on", e.ReviewedOn)
	c.required("note", e.Note, MaxText)
	c.seen(e.ID != 0, e.Version)
	return c.err()
}

// WithdrawCellReview takes a review back.
type WithdrawCellReview struct {
	ID      int64 `json:"id"`
	Version int64 `json:"version"`
}

// Check implements Edit.
func (e WithdrawCellReview) Check() error { return checkID(e.ID, e.Version) }

// PutAddresseeRuling decides whether a principle speaks to an organization,
// whatever follows from addressees and stakeholder group.
type PutAddresseeRuling struct {
	ID           int64  `json:"id,omitempty"` // 0 = new
	Version      int64  `json:"version,omitempty"`
	Principle    string `json:"principle"` // ref
	Organization string `json:"organization"`
	Outside      bool   `json:"outside"`
	Rationale    string `json:"rationale"`
}

// Check implements Edit.
func (e PutAddresseeRuling) Check() error {
	var c checks
	c.ref("principle", e.Principle)
	c.slug("organization", e.Organization)
	c.required("rationale", e.Rationale, MaxText)
	c.seen(e.ID != 0, e.Version)
	return c.err()
}

// WithdrawAddresseeRuling takes a ruling back: the derived state holds again.
type WithdrawAddresseeRuling struct {
	ID      int64 `json:"id"`
	Version int64 `json:"version"`
}

// Check implements Edit.
func (e WithdrawAddresseeRuling) Check() error { return checkID(e.ID, e.Version) }

// CellReviewRow is a review as shown. Links says that evidence is on record:
// the cell is then cited or contested, and the review stays.
type CellReviewRow struct {
	ID               int64  `json:"id"`
	Principle        string `json:"principle"`
	PrincipleName    string `json:"principle_name"`
	PrincipleTitle   string `json:"principle_title"`
	Organization     string `json:"organization"`
	OrganizationName string `json:"organization_name"`
	ReviewedOn       Date   `json:"reviewed_on"`
	Reviewer         string `json:"reviewer"` // name of the account
	Note             string `json:"note"`
	Links            int    `json:"links"` // that count
	Since            int    `json:"since"` // how many of these were recorded after the review was last written
	Version          int64  `json:"version"`
}

// RulingRow is a ruling as shown.
type RulingRow struct {
	ID               int64  `json:"id"`
	Principle        string `json:"principle"`
	PrincipleName    string `json:"principle_name"`
	PrincipleTitle   string `json:"principle_title"`
	Organization     string `json:"organization"`
	OrganizationName string `json:"organization_name"`
	Outside          bool   `json:"outside"`
	Rationale        string `json:"rationale"`
	Version          int64  `json:"version"`
}

// CellNotes are what people have recorded about cells by themselves, of a
// principle or an organization.
type CellNotes struct {
	Reviews []CellReviewRow `json:"reviews"`
	Rulings []RulingRow     `json:"rulings"`
}

// Cell is one cell with everything that its form shows.
type Cell struct {
	Principle    PrincipleRow
	Organization OrganizationRow
	Links        int // that are counted
	Contested    int // of these
	Review       *CellReviewRow
	Ruling       *RulingRow
}

// Derived is the state that follows from addressees and stakeholder group when
// nothing else is on record.
func (c Cell) Derived() CellState {
	return CellState("").Or(c.Principle.Addressees, c.Organization.StakeholderGroup)
}

// State is the first cell state that applies.
func (c Cell) State() CellState {
	switch {
	case c.Contested > 0:
		return Contested
	case c.Links > 0:
		return Cited
	case c.Review != nil:
		return ReviewedNoneFound
	case c.Ruling != nil && c.Ruling.Outside:
		return OutsideAddressee
	case c.Ruling != nil:
		return NotReviewed
	}
	return c.Derived()
}
