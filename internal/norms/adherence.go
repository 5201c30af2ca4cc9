package norms

// AdherenceRelation is how an organization stands to an agreement. The words are not
// synonyms; lists show them in this order.
type AdherenceRelation string

// AdherenceRelations is the closed list.
var AdherenceRelations = []AdherenceRelation{"signed", "endorsed", "supported", "participant", "party", "subject_to",
	"contributed", "proposed", "mentioned"}

// Commits says whether the relation is one of standing by the agreement:
// signed, endorsed, supported, participant, party.
func (r AdherenceRelation) Commits() bool {
	switch r {
	case "signed", "endorsed", "supported", "participant", "party":
		return true
	}
	return false
}

// PutAdherence records how an organization stands to an agreement, from which
// source. ID 0 means a new one; its natural key is organization, agreement,
// edition, relation, via and since, so that a pair may occur more than once.
type PutAdherence struct {
	ID           int64             `json:"id,omitempty"`
	Version      int64             `json:"version,omitempty"`
	Organization string            `json:"organization"`
	Agreement    string            `json:"agreement"`
	Edition      string            `json:"edition"` // slug, "" when the whole agreement is meant
	Relation     AdherenceRelation `json:"relation"`
	Via          string            `json:"via"` // organization through which; "" = direct
	Founding     bool              `json:"founding"`
	Since        Date              `json:"since"`
	Source       string            `json:"source"`
	Place        string            `json:"place"` // where in the source
	Note         string            `json:"note"`
}

// Check implements Edit.
func (e PutAdherence) Check() error {
	var c checks
	c.slug("organization", e.Organization)
	c.slug("agreement", e.Agreement)
	c.optionalSlug("edition", e.Edition)
	oneOf(&c, "relation", e.Relation, AdherenceRelations)
	c.optionalSlug("via", e.Via)
	if e.Via != "" && e.Via == e.Organization {
		c.add("via", "an organization does not adhere through itself; leave it empty for a direct relation")
	}
	c.date("since", e.Since)
	c.optionalSlug("source", e.Source)
	if e.Source == "" {
		c.add("source", "is missing: say which document this is from")
	}
	c.text("place", e.Place, MaxTitle)
	c.text("note", e.Note, MaxText)
	c.numbered(e.ID, e.Version)
	return c.err()
}

// WithdrawAdherence takes an adherence back.
type WithdrawAdherence struct {
	ID      int64 `json:"id"`
	Version int64 `json:"version"`
}

// Check implements Edit.
func (e WithdrawAdherence) Check() error { return checkID(e.ID, e.Version) }

// numbered checks the version of what is named by its number.
func (c *checks) numbered(id, version int64) {
	if id != 0 && version <= 0 {
		c.add("version", "is missing: send the version that you saw")
	}
}

func checkID(id, version int64) error {
	var c checks
	if id <= 0 {
		c.add("id", "is missing")
	}
	if version <= 0 {
		c.add("version", "is missing: send the version that you saw")
	}
	return c.err()
}

// AdherenceRow is an adherence as shown. Links counts the organization's
// contributor links to the agreement's current editions, so that signed and
// evidenced can be told from signed, none recorded.
type AdherenceRow struct {
	ID               int64             `json:"id"`
	Organization     string            `json:"organization"`
	OrganizationName string            `json:"organization_name"`
	Agreement        string            `json:"agreement"`
	AgreementTitle   string            `json:"agreement_title"`
	Edition          string            `json:"edition"`
	Relation         AdherenceRelation `json:"relation"`
	Via              string            `json:"via"`
	ViaName          string            `json:"via_name"`
	Founding         bool              `json:"founding"`
	Since            Date              `json:"since"`
	Source           string            `json:"source"`
	SourceTitle      string            `json:"source_title"`
	Place            string            `json:"place"`
	Note             string            `json:"note"`
	Links            int               `json:"links"`
	Unresolved       int               `json:"unresolved"` // citations of the agreement by the organization's initiatives that wait for a decision
	Version          int64             `json:"version"`
}
