package norms

import "regexp"

// SourceKind says what sort of document a source is.
type SourceKind string

// SourceKinds is the closed list. A contribution answers a call.
var SourceKinds = []SourceKind{"contribution", "official_text", "web_page", "report", "press", "dataset"}

// Exhaustiveness says whether a source claims to list everything.
type Exhaustiveness string

// ExhaustivenessWords is the closed list.
var ExhaustivenessWords = []Exhaustiveness{"exhaustive", "examples_only", "unknown"}

// PutSource records a document. Its text is optional; SHA-256 is that of the
// file, so that the file can be attached later.
type PutSource struct {
	Version        int64          `json:"version,omitempty"`
	Slug           string         `json:"slug"`
	Title          string         `json:"title"`
	Kind           SourceKind     `json:"kind"`
	Publisher      string         `json:"publisher"`              // name as shown
	Organization   string         `json:"organization,omitempty"` // slug, when the publisher is recorded
	PublishedOn    Date           `json:"published_on"`
	RetrievedOn    Date           `json:"retrieved_on"`
	URL            string         `json:"url"`
	ArchiveURL     string         `json:"archive_url"`
	SHA256         string         `json:"sha256"`
	Language       string         `json:"language"`
	Call           string         `json:"call"` // the call that a contribution answers
	Exhaustiveness Exhaustiveness `json:"exhaustiveness"`
	Note           string         `json:"note"`
}

var (
	sha256Pattern   = regexp.MustCompile(`^[0-9a-f]{64}$`)
	languagePattern = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)
)

// Check implements Edit.
func (e PutSource) Check() error {
	var c checks
	c.ownSlug("slug", e.Slug)
	c.required("title", e.Title, MaxTitle)
	oneOf(&c, "kind", e.Kind, SourceKinds)
	c.text("publisher", e.Publisher, MaxTitle)
	c.optionalSlug("organization", e.Organization)
	c.date("published_on", e.PublishedOn)
	c.date("retrieved_on", e.RetrievedOn)
	c.url("url", e.URL)
	c.url("archive_url", e.ArchiveURL)
	if e.SHA256 != "" && !sha256Pattern.MatchString(e.SHA256) {
		c.add("sha256", "must be 64 lower-case hexadecimal digits")
	}
	if e.Language != "" && !languagePattern.MatchString(e.Language) {
		c.add("language", "must be a language tag such as en or fr (BCP 47)")
	}
	c.text("call", e.Call, MaxTitle)
	oneOf(&c, "exhaustiveness", e.Exhaustiveness, ExhaustivenessWords)
	c.text("note", e.Note, MaxText)
	return c.err()
}

// SourceRow is a source in lists.
type SourceRow struct {
	Slug            string         `json:"slug"`
	Title           string         `json:"title"`
	Kind            SourceKind     `json:"kind"`
	Publisher       string         `json:"publisher"`
	Organization    string         `json:"organization"`
	PublishedOn     Date           `json:"published_on"`
	URL             string         `json:"url"`
	Call            string         `json:"call"`
	Exhaustiveness  Exhaustiveness `json:"exhaustiveness"`
	TextHeld        bool           `json:"text_held"`
	InitiativeCount int            `json:"initiative_count"`
	ReferenceCount  int            `json:"reference_count"`
	CitationCount   int            `json:"citation_count"`
	FactCount       int            `json:"fact_count"` // facts that rest on it
}

// Source is one source with everything its page shows.
type Source struct {
	SourceRow
	ID          int64           `json:"-"`
	Version     int64           `json:"version"`
	RetrievedOn Date            `json:"retrieved_on"`
	ArchiveURL  string          `json:"archive_url"`
	SHA256      string          `json:"sha256" db:"sha256"`
	Language    string          `json:"language"`
	Note        string          `json:"note"`
	Held        *SourceText     `json:"text,omitempty" db:"-"` // nil while it is not held
	Lines       []CitationLine  `json:"citation_lines" db:"-"`
	Adherences  []AdherenceRow  `json:"adherences" db:"-"`
	Statements  []StatementRow  `json:"statements" db:"-"`
	Facts       []FactRow       `json:"facts" db:"-"`
	Initiatives []InitiativeRow `json:"initiatives" db:"-"`
	More        Parts           `json:"more" db:"-"`
}
