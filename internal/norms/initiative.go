package norms

import (
	"fmt"
	"slices"
)

// InitiativeKind says what sort of thing an organization does.
type InitiativeKind string

// InitiativeKinds is the closed list.
var InitiativeKinds = []InitiativeKind{"programme", "policy", "product", "event", "advocacy", "standards", "training"}

// UnsaidKind is the widest kind: every initiative has one, and few documents say
// which. What is read out of them has it until a person says otherwise.
const UnsaidKind InitiativeKind = "programme"

// Status says how far an initiative is.
type Status string

// Statuses is the closed list.
var Statuses = []Status{"planned", "ongoing", "completed", "ended"}

// Partner is someone with whom an initiative is carried out.
type Partner struct {
	Name         string `json:"name"`
	Organization string `json:"organization,omitempty"` // slug, when it is recorded
}

// PutInitiative records what an organization does or did. Who carries it out
// and who reported it may differ. A parent's links do not flow down.
type PutInitiative struct {
	Version      int64          `json:"version,omitempty"`
	Slug         string         `json:"slug"`
	Title        string         `json:"title"`
	Summary      string         `json:"summary"`
	Kind         InitiativeKind `json:"kind"`
	Parent       string         `json:"parent"`       // slug of the initiative that this is a part of
	Organization string         `json:"organization"` // carried out by
	ReportedBy   string         `json:"reported_by"`
	Heading      string         `json:"heading"` // under which the source lists it, in our words
	Position     int            `json:"position"`
	Status       Status         `json:"status"`
	StatusNote   string         `json:"status_note"` // where the status and dates come from
	StartedOn    Date           `json:"started_on"`
	EndedOn      Date           `json:"ended_on"`
	DueOn        Date           `json:"due_on"` // promises
	URL          string         `json:"url"`
	Source       string         `json:"source"`
	Place        string         `json:"place"`
	Partners     []Partner      `json:"partners"`
}

// Check implements Edit.
func (e PutInitiative) Check() error {
	var c checks
	c.ownSlug("slug", e.Slug)
	c.required("title", e.Title, MaxTitle)
	c.text("summary", e.Summary, MaxText)
	oneOf(&c, "kind", e.Kind, InitiativeKinds)
	c.optionalSlug("parent", e.Parent)
	if e.Parent != "" && e.Parent == e.Slug {
		c.add("parent", "an initiative is not a part of itself")
	}
	c.slug("organization", e.Organization)
	c.slug("reported_by", e.ReportedBy)
	c.text("heading", e.Heading, MaxTitle)
	oneOf(&c, "status", e.Status, Statuses)
	c.text("status_note", e.StatusNote, MaxText)
	c.count("position", e.Position)
	e.checkDates(&c)
	c.url("url", e.URL)
	c.optionalSlug("source", e.Source)
	c.text("place", e.Place, MaxTitle)
	for i, p := range e.Partners {
		if slices.ContainsFunc(e.Partners[:i], func(o Partner) bool { return o.Name == p.Name }) {
			c.add(fmt.Sprintf("partners[%d].name", i), "is named twice")
		}
		c.required(fmt.Sprintf("partners[%d].name", i), p.Name, MaxTitle)
		c.optionalSlug(fmt.Sprintf("partners[%d].organization", i), p.Organization)
	}
	return c.err()
}

func (e PutInitiative) checkDates(c *checks) {
	c.date("started_on", e.StartedOn)
	c.date("ended_on", e.EndedOn)
	c.date("due_on", e.DueOn)
	if e.StartedOn != "" && e.EndedOn != "" && e.EndedOn.Last().Before(e.StartedOn.First()) {
		c.add("ended_on", "is before started_on")
	}
}

// InitiativeRow is an initiative in lists; Links counts its live contributor
// links (relation supports) on current editions.
type InitiativeRow struct {
	Slug             string         `json:"slug"`
	Title            string         `json:"title"`
	Summary          string         `json:"summary"`
	Kind             InitiativeKind `json:"kind"`
	Status           Status         `json:"status"`
	Parent           string         `json:"parent"`
	ParentTitle      string         `json:"parent_title"`
	Organization     string         `json:"organization"`
	OrganizationName string         `json:"organization_name"`
	Heading          string         `json:"heading"`
	StartedOn        Date           `json:"started_on"`
	Principles       []string       `json:"principles"` // refs of its live links, all origins
	Links            int            `json:"links"`
	Unresolved       int            `json:"unresolved"`
}

// Initiative is one initiative with everything its page shows.
type Initiative struct {
	InitiativeRow
	ID             int64           `json:"-"`
	Version        int64           `json:"version"`
	ReportedBy     string          `json:"reported_by"`
	ReportedByName string          `json:"reported_by_name"`
	Position       int             `json:"position"`
	StatusNote     string          `json:"status_note"`
	EndedOn        Date            `json:"ended_on"`
	DueOn          Date            `json:"due_on"`
	URL            string          `json:"url"`
	Source         string          `json:"source"`
	SourceTitle    string          `json:"source_title"`
	Place          string          `json:"place"`
	Partners       []Partner       `json:"partners"`
	Parts          []InitiativeRow `json:"sub_initiatives" db:"-"`
	Evidence       []LinkRow       `json:"evidence" db:"-"`
	Lines          []CitationLine  `json:"citation_lines" db:"-"`
	Facts          []FactRow       `json:"facts" db:"-"`
}
