package norms

// CrosswalkRelation is how what one principle asks stands to what another
// asks, as sets stand to each other (NIST IR 8477, section 4.3).
type CrosswalkRelation string

// CrosswalkRelations is the closed list.
var CrosswalkRelations = []CrosswalkRelation{"equal", "subset_of", "superset_of", "intersects_with", "no_relationship"}

// Inverse is the relation read from the other side.
func (r CrosswalkRelation) Inverse() CrosswalkRelation {
	switch r {
	case "subset_of":
		return "superset_of"
	case "superset_of":
		return "subset_of"
	}
	return r
}

// RationaleKind is what of two principles is compared: how they are worded,
// what they mean, or what comes of carrying them out.
type RationaleKind string

// RationaleKinds is the closed list.
var RationaleKinds = []RationaleKind{"syntactic", "semantic", "functional"}

// CrosswalkOrigins is who may say how two principles stand to each other. What
// contributors cite together is counted apart and says nothing of the texts.
var CrosswalkOrigins = []Origin{"curator", "third_party"}

// PutCrosswalk records how somebody says that two principles stand to each
// other: the subject is equal to, a subset of, … the object. ID 0 means a new
// one; its natural key is the pair, either way round, and who says so.
type PutCrosswalk struct {
	ID            int64             `json:"id,omitempty"`
	Version       int64             `json:"version,omitempty"`
	Subject       string            `json:"subject"` // ref
	Relation      CrosswalkRelation `json:"relation"`
	Object        string            `json:"object"` // ref
	RationaleKind RationaleKind     `json:"rationale_kind"`
	Rationale     string            `json:"rationale"` // in our own words
	Origin        Origin            `json:"origin"`
	Asserter      string            `json:"asserter"` // organization, for a third party
	Source        string            `json:"source"`   // "" = own knowledge of both texts
	Place         string            `json:"place"`
	Confidence    Confidence        `json:"confidence"`
}

// Check implements Edit.
func (e PutCrosswalk) Check() error {
	var c checks
	c.ref("subject", e.Subject)
	oneOf(&c, "relation", e.Relation, CrosswalkRelations)
	c.ref("object", e.Object)
	if e.Object != "" && e.Object == e.Subject {
		c.add("object", "is the same principle; a principle is not compared with itself")
	}
	oneOf(&c, "rationale_kind", e.RationaleKind, RationaleKinds)
	c.required("rationale", e.Rationale, MaxText)
	c.asserted(e)
	c.optionalSlug("source", e.Source)
	c.text("place", e.Place, MaxTitle)
	oneOf(&c, "confidence", e.Confidence, Confidences)
	if e.Confidence == "seen" && e.Source == "" {
		c.add("source", "is missing: what was seen in a document names it")
	}
	if e.ID != 0 && e.Version <= 0 {
		c.add("version", "is missing: send the version that you saw")
	}
	return c.err()
}

func (c *checks) asserted(e PutCrosswalk) {
	oneOf(c, "origin", e.Origin, CrosswalkOrigins)
	switch {
	case e.Origin == "third_party":
		c.slug("asserter", e.Asserter)
	case e.Asserter != "":
		c.add("asserter", "only a third party's comparison names an organization; choose that origin or leave it out")
	}
}

// CrosswalkRow is a row of the crosswalk as shown: read from the subject.
// Turned tells that it is recorded the other way round.
type CrosswalkRow struct {
	ID                    int64             `json:"id"`
	Subject               string            `json:"subject"` // ref
	SubjectName           string            `json:"subject_name"`
	SubjectTitle          string            `json:"subject_title"`
	SubjectAgreement      string            `json:"subject_agreement"`
	SubjectAgreementTitle string            `json:"subject_agreement_title"`
	SubjectCurrent        bool              `json:"subject_current"` // its edition is
	Relation              CrosswalkRelation `json:"relation"`
	Object                string            `json:"object"`
	ObjectName            string            `json:"object_name"`
	ObjectTitle           string            `json:"object_title"`
	ObjectAgreement       string            `json:"object_agreement"`
	ObjectAgreementTitle  string            `json:"object_agreement_title"`
	ObjectCurrent         bool              `json:"object_current"`
	Turned                bool              `json:"turned"`
	RationaleKind         RationaleKind     `json:"rationale_kind"`
	Rationale             string            `json:"rationale"`
	Origin                Origin            `json:"origin"`
	Asserter              string            `json:"asserter"`
	AsserterName          string            `json:"asserter_name"`
	Source                string            `json:"source"`
	SourceTitle           string            `json:"source_title"`
	Place                 string            `json:"place"`
	Confidence            Confidence        `json:"confidence"`
	Version               int64             `json:"version"`
}

// Turn is the same row read from its object.
func (r CrosswalkRow) Turn() CrosswalkRow {
	r.Subject, r.Object = r.Object, r.Subject
	r.SubjectName, r.ObjectName = r.ObjectName, r.SubjectName
	r.SubjectTitle, r.ObjectTitle = r.ObjectTitle, r.SubjectTitle
	r.SubjectAgreement, r.ObjectAgreement = r.ObjectAgreement, r.SubjectAgreement
	r.SubjectAgreementTitle, r.ObjectAgreementTitle = r.ObjectAgreementTitle, r.SubjectAgreementTitle
	r.SubjectCurrent, r.ObjectCurrent = r.ObjectCurrent, r.SubjectCurrent
	r.Relation, r.Turned = r.Relation.Inverse(), !r.Turned
	return r
}

// PairFilter chooses pairs of principles; empty fields do not choose. One
// agreement keeps the pairs with a principle of it, two those between them; the
// first is what pairs are read from. Principle is a ref; pairs are read from it
// before all, and a single agreement is then that of the other.
type PairFilter struct {
	Agreements []string
	Principle  string
}

// Sides are the agreements from which and to which pairs are read, "" when any
// will do.
func (f PairFilter) Sides() (from, to string) {
	switch {
	case len(f.Agreements) == 0:
		return "", ""
	case len(f.Agreements) > 1:
		return f.Agreements[0], f.Agreements[1]
	case f.Principle != "":
		return "", f.Agreements[0]
	}
	return f.Agreements[0], ""
}

// Check says what of f cannot choose anything.
func (f PairFilter) Check() error {
	var c checks
	c.pair(f)
	return c.err()
}

func (c *checks) pair(f PairFilter) {
	if len(f.Agreements) > 2 {
		c.add("agreement", "names %d agreements; a pair has two", len(f.Agreements))
	}
	for _, a := range f.Agreements {
		c.optionalSlug("agreement", a)
	}
	if f.Principle != "" {
		c.ref("principle", f.Principle)
	}
}

// Names is as for principles.
func (f PairFilter) Names() []Named {
	all := []Named{{"principle", f.Principle, ""}}
	for _, a := range f.Agreements {
		all = append(all, Named{"agreement", a, ""})
	}
	return named(all...)
}

// CrosswalkFilter chooses rows of the crosswalk. Relation is that of the row as
// it is read: rows recorded the other way round are turned where the filter
// asks for it.
type CrosswalkFilter struct {
	PairFilter
	Relation, Origin string
}

// Check is as for pairs.
func (f CrosswalkFilter) Check() error {
	var c checks
	c.pair(f.PairFilter)
	optionalOneOf(&c, "relation", CrosswalkRelation(f.Relation), CrosswalkRelations)
	optionalOneOf(&c, "origin", Origin(f.Origin), CrosswalkOrigins)
	return c.err()
}

// CocitationRow is a pair of principles that contributors cite together:
// Initiatives counts the initiatives for which both are cited. It is computed
// and asserts nothing of the texts.
type CocitationRow struct {
	Subject               string `json:"subject"` // ref
	SubjectName           string `json:"subject_name"`
	SubjectTitle          string `json:"subject_title"`
	SubjectAgreement      string `json:"subject_agreement"`
	SubjectAgreementTitle string `json:"subject_agreement_title"`
	Object                string `json:"object"`
	ObjectName            string `json:"object_name"`
	ObjectTitle           string `json:"object_title"`
	ObjectAgreement       string `json:"object_agreement"`
	ObjectAgreementTitle  string `json:"object_agreement_title"`
	Initiatives           int    `json:"initiatives"`
}
