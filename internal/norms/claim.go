package norms

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
)

// ClaimReference is a cited number within a printed group, with its place: the
// words on which a contributor's link rests. Start and End count code points
// of the source's text; both are -1 where that is not held.
type ClaimReference struct {
	Citation    int64  `json:"citation"`
	Label       string `json:"label"` // the cited number
	Text        string `json:"text"`  // the printed group
	Source      string `json:"source"`
	SourceKey   string `json:"source_key"` // the slug under which the source was recorded first
	SourceTitle string `json:"source_title"`
	Place       string `json:"place"` // of the line, in words
	Start       int    `json:"start"`
	End         int    `json:"end"`
	PlaceAsOf   int64  `json:"place_as_of"` // 0, or the last revision as of which the source's text prints it there
	TextHeld    bool   `json:"text_held"`   // of the source
	Prefix      string `json:"prefix"`
	Suffix      string `json:"suffix"`
}

// ClaimNames are the slugs and the label under which the things of a claim were
// recorded first. They were given out once and lead to the same things for
// ever, so that another name of one of them does not change the claim. The
// principle names its edition always, so that a newer edition does not either.
type ClaimNames struct {
	Initiative string `json:"initiative"`
	Principle  string `json:"principle"` // agreement@edition/label
	Asserter   string `json:"asserter"`
}

// Claim is what a link says, by whom, and on which words of a source it rests:
// nothing that others make of it. Things go by their [ClaimNames], sources by
// their keys.
type Claim struct {
	Initiative string
	Principle  string // agreement@edition/label
	Relation   LinkRelation
	Property   LinkProperty
	Origin     Origin
	Asserter   string
	Rationale  string
	Strength   Strength
	References []ClaimReference // by key of the source, place and label
}

// Canonical is the one form of a claim whose digest is taken. Each value
// stands on a line of its own: its name, a space, the number of its bytes in
// UTF-8, a colon, the value itself as it is recorded, a line feed. So nothing
// has to be escaped, and no two claims have the same form. The order of the
// lines is the one below; the last ones are repeated for each reference.
func (c Claim) Canonical() string {
	var b strings.Builder
	line := func(name, value string) { fmt.Fprintf(&b, "%s %d:%s\n", name, len(value), value) }
	line("initiative", c.Initiative)
	line("principle", c.Principle)
	line("relation", string(c.Relation))
	line("property", string(c.Property))
	line("origin", string(c.Origin))
	line("asserter", c.Asserter)
	line("rationale", c.Rationale)
	line("strength", string(c.Strength))
	for _, r := range c.References {
		line("source", r.SourceKey)
		line("place", r.Place)
		line("start", strconv.Itoa(r.Start))
		line("end", strconv.Itoa(r.End))
		line("prefix", r.Prefix)
		line("reference", r.Text)
		line("suffix", r.Suffix)
		line("label", r.Label)
	}
	return b.String()
}

// ClaimFields are the names of the lines of the canonical form, in order.
var ClaimFields = []string{"initiative", "principle", "relation", "property", "origin", "asserter", "rationale", "strength",
	"source", "place", "start", "end", "prefix", "reference", "suffix", "label"}

// Digest is the SHA-256 of the canonical form in hexadecimal digits.
func (c Claim) Digest() string {
	sum := sha256.Sum256([]byte(c.Canonical()))
	return hex.EncodeToString(sum[:])
}

// Claim is what the link says.
func (l AssessedLink) Claim() Claim {
	n := l.ClaimNames
	return Claim{Initiative: n.Initiative, Principle: n.Principle, Relation: l.Relation, Property: l.Property, Origin: l.Origin,
		Asserter: n.Asserter, Rationale: l.Rationale, Strength: l.Strength, References: l.References}
}
