package seed

import "normmap/internal/norms"

// The structs below are the shape of the files. They embed the edits, so that
// a field has the same name and meaning in a file, a form and the API.

type agreementFile struct {
	norms.PutAgreement `without:"version"`
	Editions           []edition   `json:"editions"`
	Numberings         []numbering `json:"numberings"`
	Events             []event     `json:"events"`
	Facts              []fact      `json:"facts"`
}

type edition struct {
	norms.PutEdition `without:"version,agreement,position"`
	OurNumbering     bool        `json:"our_numbering"`
	Principles       []principle `json:"principles"`
	Facts            []fact      `json:"facts"`
}

type principle struct {
	norms.PutPrinciple `without:"version,agreement,edition,our_numbering,position"`
	Facts              []fact `json:"facts"`
}

type numbering struct {
	norms.PutNumbering `without:"version,agreement,position,labels"`
	Labels             labelList `json:"labels"`
	Facts              []fact    `json:"facts"`
}

// label maps a printed label to edition/label of the same agreement.
type label struct{ label, principle string }

type labelList []label

type event struct {
	norms.PutEvent `without:"id,version,agreement"`
	Place          string           `json:"place"`
	Confidence     norms.Confidence `json:"confidence"`
}

type fact struct {
	norms.PutFact `without:"version,kind,entity"`
}

type organizationFile struct {
	norms.PutOrganization `without:"version"`
	Adherences            []adherence `json:"adherences"`
	Facts                 []fact      `json:"facts"`
}

type adherence struct {
	norms.PutAdherence `without:"id,version,organization"`
}

type elementFile struct {
	norms.PutElement `without:"version"`
	Readings         []reading `json:"readings"`
	Facts            []fact    `json:"facts"`
}

// reading is by the organization that it names, or else the curators' own.
type reading struct {
	norms.PutElementReading `without:"version,element,assessor"`
}

type sourceFile struct {
	norms.PutSource `without:"version"`
	Lines           []citationLine `json:"citation_lines"`
	Facts           []fact         `json:"facts"`
}

type citationLine struct {
	norms.PutCitationLine `without:"source,decided"`
}

type initiativesFile struct {
	Source       string       `json:"source"`
	Organization string       `json:"organization"`
	ReportedBy   string       `json:"reported_by"`
	Initiatives  []initiative `json:"initiatives"`
}

type initiative struct {
	norms.PutInitiative `without:"version,position,source,reported_by"`
	Facts               []fact `json:"facts"`
}

type statementsFile struct {
	Source       string      `json:"source"`
	Organization string      `json:"organization"`
	Statements   []statement `json:"statements"`
}

type statement struct {
	norms.PutStatement `without:"id,version,source"`
}

// crosswalkFile holds the comparisons of one organization or, without one, of
// the curators.
type crosswalkFile struct {
	Asserter string         `json:"asserter"`
	Rows     []crosswalkRow `json:"rows"`
}

type crosswalkRow struct {
	norms.PutCrosswalk `without:"id,version,origin,asserter"`
}

// by is whose comparisons the file holds, as its name says it.
func (f crosswalkFile) by() string {
	if f.Asserter == "" {
		return "curators"
	}
	return f.Asserter
}
