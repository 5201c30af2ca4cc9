package norms

import (
	"fmt"
	"strings"
)

// NumberingBasis says where a numbering's labels come from.
type NumberingBasis string

// NumberingBases is the closed list.
var NumberingBases = []NumberingBasis{"printed", "by_order", "inferred"}

// NumberingLabel maps one label of a numbering to a principle.
type NumberingLabel struct {
	Numbering  string `json:"numbering,omitempty"` // its title, in read models
	Label      string `json:"label"`
	Principle  string `json:"principle"`            // ref
	Unverified bool   `json:"unverified,omitempty"` // in read models: the numbering's labels are
}

// PutNumbering records a named set of labels of an agreement. Labels resolve
// through numberings only. One without From and To counts at every date.
type PutNumbering struct {
	Version   int64            `json:"version,omitempty"`
	Agreement string           `json:"agreement"`
	Slug      string           `json:"slug"`
	Title     string           `json:"title"`
	Basis     NumberingBasis   `json:"basis"`
	From      Date             `json:"from"`
	To        Date             `json:"to"`
	Position  int              `json:"position"` // order of the candidates it gives
	Source    string           `json:"source"`
	Note      string           `json:"note"`
	Labels    []NumberingLabel `json:"labels"`
}

// Check implements Edit.
func (e PutNumbering) Check() error {
	var c checks
	c.slug("agreement", e.Agreement)
	c.slug("slug", e.Slug)
	c.required("title", e.Title, MaxTitle)
	oneOf(&c, "basis", e.Basis, NumberingBases)
	c.count("position", e.Position)
	c.date("from", e.From)
	c.date("to", e.To)
	if e.From != "" && e.To != "" && e.To < e.From {
		c.add("to", "is before from")
	}
	c.optionalSlug("source", e.Source)
	c.text("note", e.Note, MaxText)
	for i, l := range e.Labels {
		c.required(fmt.Sprintf("labels[%d].label", i), l.Label, 40)
		c.ref(fmt.Sprintf("labels[%d].principle", i), l.Principle)
	}
	return c.err()
}

// NumberingRow is a numbering as shown.
type NumberingRow struct {
	ID      int64            `json:"id"`
	Slug    string           `json:"slug"`
	Title   string           `json:"title"`
	Basis   NumberingBasis   `json:"basis"`
	From    Date             `json:"from"`
	To      Date             `json:"to"`
	Note    string           `json:"note"`
	Version int64            `json:"version"`
	Labels  []NumberingLabel `json:"labels"`
}

// Numbering is a numbering by itself.
type Numbering struct {
	NumberingRow
	Agreement      string `json:"agreement"`
	AgreementTitle string `json:"agreement_title"`
	Position       int    `json:"position"`
	Source         string `json:"source"`
}

// LabelReading is what one numbering takes one label to mean; Principle is ""
// when the numbering does not know the label.
type LabelReading struct {
	Numbering string // title
	From, To  Date
	Principle string // ref
	Edition   string // of the principle, its slug: the ref does not name the current one
	Title     string // of the principle
	Label     string `db:"-"` // that was looked up
	// How says how the label was read when no numbering prints it as it is
	// cited; "" otherwise.
	How string `db:"-"`
}

// reason is why the label may mean this: the numbering, and how it was read.
func (r LabelReading) reason() string {
	if r.How == "" {
		return r.Numbering
	}
	return r.Numbering + " (" + r.How + ")"
}

// BestReadings chooses, of what several spellings of a label are taken to mean,
// the first spelling that any numbering knows; the first of all if none does.
func BestReadings(spellings [][]LabelReading) []LabelReading {
	for _, readings := range spellings {
		for _, r := range readings {
			if r.Principle != "" {
				return readings
			}
		}
	}
	if len(spellings) == 0 {
		return nil
	}
	return spellings[0]
}

// OfEdition keeps the readings that give a principle of one edition; "" keeps
// all. Of an edition that has the number itself its own is meant: other ways of
// counting are for texts that do not name one.
func OfEdition(readings []LabelReading, edition string) []LabelReading {
	if edition == "" {
		return readings
	}
	var all, own []LabelReading
	for _, r := range readings {
		if r.Edition != edition {
			continue
		}
		if all = append(all, r); strings.HasSuffix(r.Principle, "/"+LabelSlug(r.Label)) {
			own = append(own, r)
		}
	}
	if len(own) > 0 {
		return own
	}
	return all
}

// ResolveLabel decides what a label cited on a given date means (product rule
// 1). It resolves by itself only if every numbering that may have been valid
// on that date, undated ones among them, gives the same principle; otherwise
// it is ambiguous with every principle that any of them gives, in the order
// of the readings, each with its reason. A label that no valid numbering knows
// is out of range.
func ResolveLabel(on Date, readings []LabelReading) (Resolution, []Candidate) {
	var candidates []Candidate
	unanimous := true
	for _, r := range readings {
		if !on.mayFall(r.From, r.To) {
			continue
		}
		if r.Principle == "" {
			unanimous = false
			continue
		}
		candidates = addCandidate(candidates, r)
	}
	switch {
	case len(candidates) == 0:
		return OutOfRange, nil
	case len(candidates) == 1 && unanimous:
		return Resolved, candidates
	default:
		return Ambiguous, candidates
	}
}

func addCandidate(list []Candidate, r LabelReading) []Candidate {
	for i := range list {
		if list[i].Principle == r.Principle {
			list[i].Reason += "; " + r.reason()
			return list
		}
	}
	return append(list, Candidate{Principle: r.Principle, Title: r.Title, Reason: r.reason()})
}
