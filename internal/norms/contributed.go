package norms

// Contributed is what an organization reported of what is done, with what it
// cites for it, as far as an edited dossier may change it.
type Contributed struct {
	ID          int64 // of the organization
	Slug        string
	Name        string
	Initiatives []ContributedInitiative `db:"-"` // by position
}

// ContributedInitiative is an initiative as it was recorded, with the version
// that wrote it last, and the lines of citations that sources give for it.
type ContributedInitiative struct {
	PutInitiative
	ID          int64
	ParentTitle string
	Lines       []ContributedLine `db:"-"`
}

// ContributedLine is one line of citations.
type ContributedLine struct {
	ID         int64
	Initiative string // slug
	Source     string // slug
	Text       string
	Citations  []ContributedCitation
}

// ContributedCitation is one cited number, with who decided what it means.
type ContributedCitation struct {
	ID         int64      `json:"id"`
	Version    int64      `json:"version"`
	Label      string     `json:"label"`
	Agreement  string     `json:"agreement"` // slug, "" when the name is unknown
	Name       string     `json:"name"`      // as printed
	Resolution Resolution `json:"resolution"`
	Principle  string     `json:"principle"` // ref, when resolved
	DecidedBy  string     `json:"decided_by"`
	Link       int64      `json:"link"`
}

// Standing tells whether a line still cites something: not all of it was set
// aside.
func (l ContributedLine) Standing() bool {
	for _, c := range l.Citations {
		if c.Resolution != SetAside {
			return true
		}
	}
	return false
}

// MaxContributed is how many initiatives a dossier holds at most, and
// MaxContributedLines how many lines of citations.
const (
	MaxContributed      = 2_000
	MaxContributedLines = 10_000
)

// Of finds an initiative by its slug, nil when it is none of them.
func (c Contributed) Of(slug string) *ContributedInitiative {
	for i := range c.Initiatives {
		if c.Initiatives[i].Slug == slug && slug != "" {
			return &c.Initiatives[i]
		}
	}
	return nil
}
