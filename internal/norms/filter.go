package norms

// Limits of a page of a list. They are capped here and nowhere else.
const (
	DefaultLimit = 50
	MaxLimit     = 200
)

// Page asks for one page of a list: Limit rows (0 means DefaultLimit) after
// the place that Cursor marks ("" means the start).
type Page struct {
	Limit  int
	Cursor string
}

// Size is the number of rows to read, between 1 and MaxLimit.
func (p Page) Size() int {
	switch {
	case p.Limit <= 0:
		return DefaultLimit
	case p.Limit > MaxLimit:
		return MaxLimit
	}
	return p.Limit
}

// PartShown is how many rows of each of its lists the page of a thing shows;
// FewShown are those of one whose rows are sentences.
const (
	PartShown = 25
	FewShown  = 5
)

// PartPage asks for a page of one of the lists of a thing; the others are read
// from their beginning. Place is one in the text of a source, which is shown
// around it.
type PartPage struct {
	Part  string
	Place int
	Page
}

// Parts says of the lists of a thing, by name, how many rows each has, and
// where those go on that do. Paged is the one that may not be at its beginning.
type Parts struct {
	Totals map[string]int    `json:"totals"`
	Next   map[string]string `json:"next"`
	Paged  string            `json:"-"`
}

// PrincipleFilter chooses principles; empty fields do not choose. Without an
// edition only current editions are meant. Evidence "none" keeps those without
// a recorded link; Q looks in number and title.
type PrincipleFilter struct {
	Agreement, Edition, Evidence, Q string
}

// InitiativeFilter chooses initiatives; empty fields do not choose. Principle
// is a ref; Q are words, which are found as search finds them.
type InitiativeFilter struct {
	Organization, Agreement, Principle, Status, Q string
}

// Check says what of f cannot choose anything: a list that leaves a filter out
// would be taken for its answer.
func (f InitiativeFilter) Check() error {
	var c checks
	c.optionalSlug("organization", f.Organization)
	c.optionalSlug("agreement", f.Agreement)
	if f.Principle != "" {
		c.ref("principle", f.Principle)
	}
	optionalOneOf(&c, "status", Status(f.Status), Statuses)
	return c.err()
}

// OrganizationFilter chooses organizations.
type OrganizationFilter struct {
	StakeholderGroup, Agreement, Q string
}

// Check is as for initiatives.
func (f OrganizationFilter) Check() error {
	var c checks
	optionalOneOf(&c, "stakeholder_group", StakeholderGroup(f.StakeholderGroup), StakeholderGroups)
	c.optionalSlug("agreement", f.Agreement)
	return c.err()
}

// SourceFilter chooses sources.
type SourceFilter struct {
	Kind, Q string
}

// Check is as for initiatives.
func (f SourceFilter) Check() error {
	var c checks
	optionalOneOf(&c, "kind", SourceKind(f.Kind), SourceKinds)
	return c.err()
}

// LinkFilter chooses links; Principle is a ref.
type LinkFilter struct {
	Principle, Initiative, Organization, Agreement, Origin, Relation string
	Assessment                                                       Assessed
}

// Check is as for initiatives.
func (f LinkFilter) Check() error {
	var c checks
	if f.Principle != "" {
		c.ref("principle", f.Principle)
	}
	c.optionalSlug("initiative", f.Initiative)
	c.optionalSlug("organization", f.Organization)
	c.optionalSlug("agreement", f.Agreement)
	optionalOneOf(&c, "origin", Origin(f.Origin), Origins)
	optionalOneOf(&c, "relation", LinkRelation(f.Relation), LinkRelations)
	optionalOneOf(&c, "assessment", f.Assessment, AssessedWords)
	return c.err()
}

// CitationFilter chooses citations; Resolution may also be "unresolved" for
// the three resolutions that wait for a decision.
type CitationFilter struct {
	Resolution, Agreement, Source, Initiative string
}

// AdherenceFilter chooses adherences.
type AdherenceFilter struct {
	Organization, Agreement, Relation string
}
