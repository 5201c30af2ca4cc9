package norms

// OrganizationKind says what sort of actor an organization is.
type OrganizationKind string

// OrganizationKinds is the closed list.
var OrganizationKinds = []OrganizationKind{"body", "person", "event", "collective"}

// StakeholderGroup is the group of the IGF to which an organization belongs.
type StakeholderGroup string

// StakeholderGroups is the closed list; the empty word means none.
var StakeholderGroups = []StakeholderGroup{"government", "intergovernmental", "private_sector", "civil_society",
	"technical_community", "academia"}

// PutOrganization records a body, person, event or collective.
type PutOrganization struct {
	Version          int64            `json:"version,omitempty"`
	Slug             string           `json:"slug"`
	Name             string           `json:"name"`
	Kind             OrganizationKind `json:"kind"`
	StakeholderGroup StakeholderGroup `json:"stakeholder_group"`
	Agreement        string           `json:"agreement"` // a collective's own agreement
	URL              string           `json:"url"`
	Summary          string           `json:"summary"`
}

// Check implements Edit.
func (e PutOrganization) Check() error {
	var c checks
	c.ownSlug("slug", e.Slug)
	c.required("name", e.Name, MaxTitle)
	oneOf(&c, "kind", e.Kind, OrganizationKinds)
	optionalOneOf(&c, "stakeholder_group", e.StakeholderGroup, StakeholderGroups)
	c.optionalSlug("agreement", e.Agreement)
	if e.Agreement != "" && e.Kind != "collective" {
		c.add("agreement", "only a collective is an agreement's own body")
	}
	c.url("url", e.URL)
	c.text("summary", e.Summary, MaxText)
	return c.err()
}

// OrganizationRow is an organization in lists; Links counts the contributor's
// links (relation supports) of initiatives that it carries out, on current
// editions.
type OrganizationRow struct {
	Slug             string           `json:"slug"`
	Name             string           `json:"name"`
	Kind             OrganizationKind `json:"kind"`
	StakeholderGroup StakeholderGroup `json:"stakeholder_group"`
	AdherenceCount   int              `json:"adherence_count"`
	InitiativeCount  int              `json:"initiative_count"`
	Links            int              `json:"links"`
}

// Organization is one organization with everything its page shows.
type Organization struct {
	OrganizationRow
	ID          int64           `json:"-"`
	Version     int64           `json:"version"`
	Agreement   string          `json:"agreement"`
	URL         string          `json:"url"`
	Summary     string          `json:"summary"`
	Adherences  []AdherenceRow  `json:"adherences" db:"-"`
	Initiatives []InitiativeRow `json:"initiatives" db:"-"`
	Sources     []SourceRow     `json:"sources" db:"-"` // that it published
	Statements  []StatementRow  `json:"statements" db:"-"`
	Facts       []FactRow       `json:"facts" db:"-"`
	Cells       CellNotes       `json:"cells" db:"-"`
	More        Parts           `json:"more" db:"-"`
}
