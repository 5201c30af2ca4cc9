package norms

// GridRows is how many initiatives one page of a grid shows.
const GridRows = 300

// GridFilter chooses what a grid shows: the principles of an edition, or those
// of the current editions without one, and initiatives; empty fields do not
// choose. Heading is one under which a source lists initiatives; Q looks in
// title and summary. IDs, where there are any, are the initiatives themselves.
type GridFilter struct {
	Agreement, Edition, Organization, Status, Heading, Q string
	IDs                                                  []int64
}

// Check is as for initiatives.
func (f GridFilter) Check() error {
	var c checks
	c.optionalSlug("edition", f.Edition)
	c.optionalSlug("organization", f.Organization)
	optionalOneOf(&c, "status", Status(f.Status), Statuses)
	return c.err()
}

// Names is as for principles.
func (f GridFilter) Names() []Named {
	return named(Named{"agreement", f.Agreement, ""}, Named{"edition", f.Edition, f.Agreement}, Named{"organization", f.Organization, ""})
}

// Grid is initiatives down and principles across, for people who link them.
type Grid struct {
	Principles  []GridPrinciple
	Initiatives []GridInitiative
	Marks       []GridMark
	Total       int     // initiatives that the filter chooses
	Next        *string // cursor of the following page
	Choices     []Choice
}

// GridPrinciple is a column of a grid.
type GridPrinciple struct {
	ID             int64
	Ref            string
	Name           string // "Paris Call principle 5"
	Number         string
	Title          string
	AgreementTitle string
	EditionTitle   string
}

// GridInitiative is a row of a grid.
type GridInitiative struct {
	ID               int64
	Slug             string
	Title            string
	Parent           string
	Organization     string
	OrganizationName string
}

// GridMark is something recorded in a cell of a grid: a link, or an ambiguous
// citation that may be one. Both rest on their Version.
type GridMark struct {
	InitiativeID int64
	PrincipleID  int64
	Origin       Origin // "" of a citation
	Relation     LinkRelation
	ID           int64 // of the link, 0 for a citation
	Version      int64
	Citation     int64 // the citation, or the first on which a contributor's link rests
}
