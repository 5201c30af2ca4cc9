package norms

import "slices"

// Reading says whether an agreement contains an element.
type Reading string

// The readings.
const (
	ReadYes       Reading = "yes"
	ReadPartly    Reading = "partly"
	ReadNo        Reading = "no"
	NotApplicable Reading = "not_applicable"
	NotAssessed   Reading = "not_assessed" // also where nobody has read for it; never to be taken for no
)

// Readings is the closed list.
var Readings = []Reading{ReadYes, ReadPartly, ReadNo, NotApplicable, NotAssessed}

// Present tells whether the element is in the agreement, at least in part.
func (r Reading) Present() bool { return r == ReadYes || r == ReadPartly }

// Assessed tells whether the reading counts among those that an element could
// be found in.
func (r Reading) Assessed() bool { return r.Present() || r == ReadNo }

// Assessor says who read an agreement for an element.
type Assessor string

// Curator is the assessor whose readings are the record's own.
const Curator Assessor = "curator"

// Assessors is the closed list: the curators of this record, an organization,
// or the person whose account records the reading.
var Assessors = []Assessor{Curator, "organization", "account"}

// MaxElement is the highest number of an element.
const MaxElement = 1000

// PutElement records one of the themes that the forum looks for across
// agreements.
type PutElement struct {
	Version int64  `json:"version,omitempty"`
	Slug    string `json:"slug"`
	Number  int    `json:"number"` // its place in the forum's list, which prints none
	Title   string `json:"title"`  // as printed
	Summary string `json:"summary"`
}

// Check implements Edit.
func (e PutElement) Check() error {
	var c checks
	c.ownSlug("slug", e.Slug)
	if e.Number < 1 || e.Number > MaxElement {
		c.add("number", "must be between 1 and %d", MaxElement)
	}
	c.required("title", e.Title, MaxTitle)
	c.text("summary", e.Summary, MaxText)
	return c.err()
}

// PutElementReading records what somebody reads about an element in an
// agreement. Its natural key is element, agreement and assessor: a newer
// edition is read anew in place of the older one.
type PutElementReading struct {
	Version      int64      `json:"version,omitempty"`
	Element      string     `json:"element"`
	Agreement    string     `json:"agreement"`
	Edition      string     `json:"edition"` // that was read, "" = all that are current
	Reading      Reading    `json:"reading"`
	Note         string     `json:"note"`
	Assessor     Assessor   `json:"assessor"`
	Organization string     `json:"organization"` // that reads, when one does
	Source       string     `json:"source"`       // the text that was read, "" when it is not at hand
	Place        string     `json:"place"`
	Confidence   Confidence `json:"confidence"`
}

// Check implements Edit.
func (e PutElementReading) Check() error {
	var c checks
	c.slug("element", e.Element)
	c.slug("agreement", e.Agreement)
	c.optionalSlug("edition", e.Edition)
	oneOf(&c, "reading", e.Reading, Readings)
	c.text("note", e.Note, MaxText)
	oneOf(&c, "assessor", e.Assessor, Assessors)
	switch {
	case e.Assessor == "organization":
		c.slug("organization", e.Organization)
	case e.Organization != "":
		c.add("organization", "only a reading by an organization names one")
	}
	c.optionalSlug("source", e.Source)
	c.text("place", e.Place, MaxTitle)
	oneOf(&c, "confidence", e.Confidence, Confidences)
	if e.Confidence == "seen" && e.Source == "" {
		c.add("source", "is missing: a reading that was seen in a text names it")
	}
	return c.err()
}

// ReadingRow is what is read about one element in one agreement; without an
// assessor nobody has read it.
type ReadingRow struct {
	Element        string      `json:"element"`
	ElementNumber  int         `json:"element_number"`
	ElementTitle   string      `json:"element_title"`
	Agreement      string      `json:"agreement"`
	AgreementTitle string      `json:"agreement_title"`
	LegalNature    LegalNature `json:"legal_nature"`
	Space          Space       `json:"space"`
	Edition        string      `json:"edition"`
	EditionTitle   string      `json:"edition_title"`
	EditionCurrent bool        `json:"edition_current"` // also where no edition is named
	Reading        Reading     `json:"reading"`
	Note           string      `json:"note"`
	Assessor       Assessor    `json:"assessor"`
	Organization   string      `json:"organization"`
	AssessorName   string      `json:"assessor_name"` // of the organization or person
	Source         string      `json:"source"`
	SourceTitle    string      `json:"source_title"`
	Place          string      `json:"place"`
	Confidence     Confidence  `json:"confidence"`
	ReadingID      int64       `json:"reading_id"` // 0 where nobody has read it
	ReadingVersion int64       `json:"reading_version"`
	AccountID      *int64      `json:"-"` // of the person who reads
}

// Ours tells whether the reading is the record's own, or that there is none.
// Those of others are shown beside and counted nowhere.
func (r ReadingRow) Ours() bool { return r.Assessor == Curator || r.Assessor == "" }

// Recurrence says in how many of the assessed agreements an element is.
type Recurrence string

// Recurrences is the closed list.
var Recurrences = []Recurrence{"several", "single", "nowhere", "unread"}

// ElementRow is an element with its readings, and the figures over those that
// are the record's own.
type ElementRow struct {
	Slug       string       `json:"slug"`
	Number     int          `json:"number"`
	Title      string       `json:"title"`
	Summary    string       `json:"summary"`
	Yes        int          `json:"yes" db:"-"`
	Partly     int          `json:"partly" db:"-"`
	Assessed   int          `json:"assessed" db:"-"` // yes, partly or no
	Recurrence Recurrence   `json:"recurrence" db:"-"`
	Readings   []ReadingRow `json:"readings" db:"-"`
}

// WithReadings is the element with its readings among all, and the figures
// over them.
func (e ElementRow) WithReadings(all []ReadingRow) ElementRow {
	e.Yes, e.Partly, e.Assessed, e.Readings = 0, 0, 0, []ReadingRow{}
	for _, r := range all {
		if r.Element != e.Slug {
			continue
		}
		e.Readings = append(e.Readings, r)
		e.count(r)
	}
	e.Recurrence = recurrence(e.Present(), e.Assessed)
	return e
}

func (e *ElementRow) count(r ReadingRow) {
	if !r.Ours() || !r.Reading.Assessed() {
		return
	}
	e.Assessed++
	switch r.Reading {
	case ReadYes:
		e.Yes++
	case ReadPartly:
		e.Partly++
	}
}

// Present is in how many of the assessed agreements the element is, at least
// in part.
func (e ElementRow) Present() int { return e.Yes + e.Partly }

func recurrence(present, assessed int) Recurrence {
	switch {
	case assessed == 0:
		return "unread"
	case present == 0:
		return "nowhere"
	case present == 1:
		return "single"
	}
	return "several"
}

// Element is one element with everything its page shows.
type Element struct {
	ElementRow
	ID         int64          `json:"-"`
	Version    int64          `json:"version"`
	Statements []StatementRow `json:"statements" db:"-"`
	Facts      []FactRow      `json:"facts" db:"-"`
	More       Parts          `json:"more" db:"-"`
}

// Forces are the two words that stand for several legal natures in a filter.
var Forces = []LegalNature{"binding", "not_binding"}

// Binding tells whether an agreement of this nature binds in law.
func (n LegalNature) Binding() bool { return n == "binding_law" || n == "treaty" }

// ElementFilter chooses the agreements whose readings are shown. LegalNature
// may also be one of [Forces].
type ElementFilter struct {
	Space, LegalNature string
}

// Check is as for initiatives.
func (f ElementFilter) Check() error {
	var c checks
	optionalOneOf(&c, "space", Space(f.Space), Spaces)
	optionalOneOf(&c, "legal_nature", LegalNature(f.LegalNature), slices.Concat(Forces, LegalNatures))
	return c.err()
}

// Natures are the legal natures that the filter lets through.
func (f ElementFilter) Natures() []LegalNature {
	return slices.DeleteFunc(slices.Clone(LegalNatures), func(n LegalNature) bool {
		switch f.LegalNature {
		case "":
			return false
		case "binding":
			return !n.Binding()
		case "not_binding":
			return n.Binding()
		}
		return string(n) != f.LegalNature
	})
}
