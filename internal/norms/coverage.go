package norms

// CoverageBy says what the columns of a coverage are.
type CoverageBy string

// The columns that a coverage can have.
const (
	ByOrganization     CoverageBy = "organization"
	ByStakeholderGroup CoverageBy = "stakeholder_group"
)

// CoverageBys is the closed list.
var CoverageBys = []CoverageBy{ByOrganization, ByStakeholderGroup}

// CoverageFilter chooses the principles and the columns of a coverage; empty
// fields do not choose. Without an edition current editions are meant.
type CoverageFilter struct {
	By               CoverageBy
	Agreements       []string
	Edition          string
	Organization     string
	StakeholderGroup string
}

// Check is as for initiatives.
func (f CoverageFilter) Check() error {
	var c checks
	oneOf(&c, "by", f.By, CoverageBys)
	for _, a := range f.Agreements {
		c.slug("agreement", a)
	}
	c.optionalSlug("edition", f.Edition)
	if f.Edition != "" && len(f.Agreements) != 1 {
		c.add("edition", "is one of an agreement's; choose exactly one agreement with it")
	}
	c.optionalSlug("organization", f.Organization)
	optionalOneOf(&c, "stakeholder_group", StakeholderGroup(f.StakeholderGroup), StakeholderGroups)
	return c.err()
}

// Tally counts what is on record in a cell, a row or a column. Links are
// contributors' own links of support; those of others stand beside and are
// never added in. Contested counts those of Links that somebody disagrees with.
// PossiblyCited counts ambiguous citations, each once. Initiatives are those
// behind Links.
type Tally struct {
	Links           int `json:"links"`
	Contested       int `json:"contested"`
	CuratorLinks    int `json:"curator_links"`
	ThirdPartyLinks int `json:"third_party_links"`
	PossiblyCited   int `json:"possibly_cited"`
	Initiatives     int `json:"initiatives"`
}

// Share says how many cells are in each state. The denominator leaves out
// those whose state is not counted: of them nothing is known.
type Share struct {
	States      map[CellState]int `json:"states" db:"-"`
	Denominator int               `json:"denominator" db:"-"`
}

// Count adds cells in a state.
func (s *Share) Count(state CellState, cells int) {
	if s.States == nil {
		s.States = map[CellState]int{}
		for _, known := range CellStates {
			s.States[known] = 0
		}
	}
	s.States[state] += cells
	if state.Counted() {
		s.Denominator += cells
	}
}

// Cited are the cells with links on record, those that are contested too.
func (s Share) Cited() int { return s.States[Cited] + s.States[Contested] }

// Coverage is a matrix: principles, each with a cell for every column. Rows
// and All speak of all columns, those on other pages included.
type Coverage struct {
	By       CoverageBy       `json:"by"`
	Columns  []CoverageColumn `json:"columns"`
	Rows     []CoverageRow    `json:"rows"`
	All      CoverageTotal    `json:"all"`
	Total    int              `json:"total"`    // columns on all pages
	Next     *string          `json:"next"`     // cursor of the following page
	LeftOut  int              `json:"left_out"` // organizations without link and adherence here
	Evidence int              `json:"evidence"` // columns with links, on all pages

	Folded []AgreementCoverage `json:"-"` // in place of Rows where those would be too many
}

// AgreementCoverage is the principles of an agreement together, where a table
// of all of them would be too long to read. Cells are in the order of the
// columns.
type AgreementCoverage struct {
	ID         int64
	Agreement  string
	Title      string
	RepealedOn Date
	Principles int
	AgreementCell
	Cells []AgreementCell `db:"-"`
}

// AgreementCell is how many principles of an agreement have links on record, and
// how many links of them that are.
type AgreementCell struct {
	Cited           int // principles
	Contested       int // principles with a link that somebody disagrees with
	Links           int
	CuratorLinks    int
	ThirdPartyLinks int
}

// CoverageTotal is what the cells of a row, a column or everything hold.
type CoverageTotal struct {
	Tally
	Share
}

// CoverageColumn is an organization or a stakeholder group. Key is its slug or
// word; the word "" gathers organizations that belong to no group.
type CoverageColumn struct {
	Key              string           `json:"key"`
	Name             string           `json:"name"` // of an organization
	StakeholderGroup StakeholderGroup `json:"stakeholder_group"`
	CoverageTotal
}

// CoverageRow is a principle; Cells are in the order of the columns.
type CoverageRow struct {
	ID             int64       `json:"-"`
	Ref            string      `json:"ref"`
	Agreement      string      `json:"agreement"`
	AgreementTitle string      `json:"agreement_title"`
	Edition        string      `json:"edition"`
	EditionTitle   string      `json:"edition_title"`
	Current        bool        `json:"current"`
	Noun           Noun        `json:"noun"`
	Number         string      `json:"number"`
	Title          string      `json:"title"`
	RepealedOn     Date        `json:"repealed_on"` // of the agreement
	Addressees     []Addressee `json:"addressees"`
	CoverageTotal
	Cells []CoverageCell `json:"cells" db:"-"`
}

// CoverageCell is what is on record for a principle and a column.
type CoverageCell struct {
	State CellState `json:"state"`
	Tally
}

// Blank tells whether a cell has nothing to show but that nobody has reviewed
// it.
func (c CoverageCell) Blank() bool { return c == CoverageCell{State: NotReviewed} }

// CoverageEntry is a cell by itself, for tables in long form.
type CoverageEntry struct {
	Ref              string           `json:"ref"`
	Agreement        string           `json:"agreement"`
	Edition          string           `json:"edition"`
	Number           string           `json:"number"`
	Title            string           `json:"title"`
	By               CoverageBy       `json:"by"`
	Column           string           `json:"column"`
	ColumnName       string           `json:"column_name"`
	StakeholderGroup StakeholderGroup `json:"stakeholder_group"`
	CoverageCell
}

// Entries lists the cells one by one, row after row.
func (c Coverage) Entries() []CoverageEntry {
	entries := make([]CoverageEntry, 0, len(c.Rows)*len(c.Columns))
	for _, r := range c.Rows {
		for i, cell := range r.Cells {
			col := c.Columns[i]
			entries = append(entries, CoverageEntry{r.Ref, r.Agreement, r.Edition, r.Number, r.Title,
				c.By, col.Key, col.Name, col.StakeholderGroup, cell})
		}
	}
	return entries
}
