package norms

// Dossier is what is recorded in the name of an organization, for whoever
// answers for it: first what waits, then everything with its standing.
type Dossier struct {
	OrganizationRow
	Waiting       []WaitingAssessment     // for the organization's answer, the oldest first
	WaitingTotal  int                     // of which Waiting are the first, as below
	Citations     []CitationRow           // in what it reports, that wait for a decision
	CitationTotal int                     //
	Contested     []ContestedCell         // of current editions
	Adherences    []AdherenceRow          //
	Statements    []StatementRow          //
	Initiatives   List[DossierInitiative] // that it carries out, reports, or links to principles
}

// WaitingAssessment is an assessment of an organization's claim that has no
// answer, with the claim.
type WaitingAssessment struct {
	AssessmentRow
	Initiative      string `json:"initiative"`
	InitiativeTitle string `json:"initiative_title"`
	Principle       string `json:"principle"` // ref
	PrincipleName   string `json:"principle_name"`
	PrincipleTitle  string `json:"principle_title"`
}

// ContestedCell is a principle for which an organization's counted links are
// disagreed with.
type ContestedCell struct {
	Principle      string `json:"principle"` // ref
	PrincipleName  string `json:"principle_name"`
	PrincipleTitle string `json:"principle_title"`
	Links          int    `json:"links"`
	Contested      int    `json:"contested"` // of Links
}

// DossierInitiative is an initiative with all its links, by principle.
type DossierInitiative struct {
	InitiativeRow
	ReportedBy     string
	ReportedByName string
	Claims         []DossierLink `db:"-"`
}

// DossierLink is a link beside how its citation was resolved and what others
// make of it.
type DossierLink struct {
	LinkRow
	DecidedBy   string // who resolved the citation, "" for the rule
	Note        string // on how
	Assessments []AssessmentRow
}

// Resolved is the citation on which the link rests, as far as it says how it
// was resolved.
func (l DossierLink) Resolved() CitationRow {
	return CitationRow{ID: l.Citation, Reference: l.Reference, Resolution: Resolved, Principle: l.Principle, DecidedBy: l.DecidedBy, Note: l.Note}
}
