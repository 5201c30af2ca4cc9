package norms

import (
	"slices"
	"strings"
	"time"
)

// HistoricKinds are the kinds of things that changes can be asked of: they
// have addresses of their own that stay good after renaming and withdrawal.
var HistoricKinds = []string{"agreement", "principle", "organization", "initiative", "source", "element"}

// ChangeFilter chooses changesets; empty fields do not choose. Thing is a kind
// and a name, as agreement/paris-call or principle/paris-call/5: changesets
// that touched it or what belongs to it. Kind is the kind of rows they wrote,
// By the name of who made them. Since and Until are questions about the record
// as [ParseAsOf] reads them: after the one, up to the other.
type ChangeFilter struct {
	Thing, Kind, By, Since, Until string
}

// Check says what of f cannot choose anything, except for Kind: what rows there
// are is the database's word.
func (f ChangeFilter) Check() error {
	var c checks
	if f.Thing != "" {
		if _, _, err := ParseThing(f.Thing); err != nil {
			c.add("thing", "%s", err)
		}
	}
	c.asOf("since", f.Since)
	c.asOf("until", f.Until)
	return c.err()
}

func (c *checks) asOf(field, value string) {
	if value == "" {
		return
	}
	if _, err := ParseAsOf(value); err != nil {
		c.add(field, "write a revision (12), a day (2026-11-22) or an instant (2026-11-22T09:30:00Z)")
	}
}

// ParseThing reads the written form of what changes are asked of: a kind of
// [HistoricKinds], a slash, and the thing's slug or, for a principle, its ref.
func ParseThing(s string) (kind, key string, err error) {
	kind, key, _ = strings.Cut(s, "/")
	bad := !slices.Contains(HistoricKinds, kind)
	if kind == "principle" {
		_, err = ParseRef(key)
	} else {
		_, err = ParseSlug(key)
	}
	if bad || err != nil {
		return "", "", Errorf(Invalid, "%q names no thing: write agreement, organization, initiative, source, element or principle, a slash and its name in addresses, for example agreement/paris-call or principle/paris-call/5", s)
	}
	return kind, key, nil
}

// ChangeList is one page of a list of changesets. The span is there when one
// was asked for.
type ChangeList struct {
	List[ChangesetRow]
	*Span
	Thing *Thing `json:"thing,omitempty"` // whose changes they are
}

// Span is a part of the record: what was written after the revision Since, 0
// for its beginning, up to Until.
type Span struct {
	Since int64 `json:"since"`
	Until int64 `json:"until"`
}

// Difference compares the record at two revisions, row by row: what came and
// went in between, or was changed back, is no difference.
type Difference struct {
	List[Change]
	Span
	Kinds []KindDifference `json:"kinds"`
}

// KindDifference counts what became of the rows of one kind.
type KindDifference struct {
	Kind      string `json:"kind"`
	Added     int    `json:"added"`
	Changed   int    `json:"changed"`
	Withdrawn int    `json:"withdrawn"`
}

// Happening is an event in the world with the agreement that it happened to.
type Happening struct {
	Agreement      string `json:"agreement"`
	AgreementTitle string `json:"agreement_title"`
	EventRow
}

// HappeningFilter chooses events by when they happened: since a year, month or
// day. Agreement is a slug.
type HappeningFilter struct {
	Since     Date
	Agreement string
}

// Check is as for initiatives.
func (f HappeningFilter) Check() error {
	var c checks
	if f.Since == "" {
		c.add("happened_since", "is missing: write a year, a month or a day")
	}
	c.date("happened_since", f.Since)
	c.optionalSlug("agreement", f.Agreement)
	return c.err()
}

// Seals are the hashes that the database chains changesets with: each holds
// for one changeset of one record in the world.
type Seals struct {
	First []byte    // of the record's first changeset, nil when there is none
	Began time.Time // when that was written
	Of    map[int64][]byte
}
