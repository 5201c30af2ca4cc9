package norms

// EntityKind names the kind of thing that a fact is about.
type EntityKind string

// EntityKinds is the closed list.
var EntityKinds = []EntityKind{"agreement", "edition", "principle", "numbering", "organization", "initiative", "adherence", "source", "element"}

// Confidence says how sure a recorded fact is.
type Confidence string

// Confidences is the closed list: seen in the source named, known to the
// editors, or unverified.
var Confidences = []Confidence{"seen", "known", "unverified"}

// EventField starts the field of a fact about an event of an agreement; the
// event's title follows. Events have no facts of their own.
const EventField = "event: "

// PutFact records where a fact comes from. Entity is a slug for agreements,
// organizations, initiatives, sources and elements; agreement/edition for editions; a
// ref for principles; agreement/slug for numberings; organization/agreement
// for adherences. Its natural key is kind,
// entity and field.
type PutFact struct {
	Version     int64      `json:"version,omitempty"`
	Kind        EntityKind `json:"kind"`
	Entity      string     `json:"entity"`
	Field       string     `json:"field"`
	Source      string     `json:"source"` // slug, "" for the editors' own knowledge
	Place       string     `json:"place"`
	Confidence  Confidence `json:"confidence"`
	RetrievedOn Date       `json:"retrieved_on"`
	Note        string     `json:"note"`
}

// Check implements Edit.
func (e PutFact) Check() error {
	var c checks
	oneOf(&c, "kind", e.Kind, EntityKinds)
	c.required("entity", e.Entity, 2*MaxSlug)
	c.required("field", e.Field, 100)
	c.optionalSlug("source", e.Source)
	if e.Confidence == "seen" && e.Source == "" {
		c.add("source", "is missing: a fact that was seen names where")
	}
	oneOf(&c, "confidence", e.Confidence, Confidences)
	c.text("place", e.Place, MaxTitle)
	c.date("retrieved_on", e.RetrievedOn)
	c.text("note", e.Note, MaxText)
	return c.err()
}

// FactRow is a fact's source as shown.
type FactRow struct {
	ID          int64      `json:"id"`
	Kind        EntityKind `json:"kind"`
	Entity      string     `json:"entity"`
	Field       string     `json:"field"`
	Source      string     `json:"source"`
	SourceTitle string     `json:"source_title"`
	Place       string     `json:"place"`
	Confidence  Confidence `json:"confidence"`
	RetrievedOn Date       `json:"retrieved_on"`
	Note        string     `json:"note"`
	Version     int64      `json:"version"`
}
