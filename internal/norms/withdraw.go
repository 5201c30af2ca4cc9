package norms

import "strings"

// checkKey checks what the three edits below have in common.
func (c *checks) checkKey(kind, key string) RecordKind {
	k, ok := RecordKindOf(kind)
	if !ok {
		names := make([]string, len(RecordKinds))
		for i, k := range RecordKinds {
			names[i] = k.Name
		}
		c.add("kind", "%q is none of %s", kind, strings.Join(names, ", "))
		return k
	}
	if p := k.problem(key); p != "" {
		c.add("key", "%s", p)
	}
	return k
}

// seen asks for the version of a recorded thing; a new one has none.
func (c *checks) seen(recorded bool, version int64) {
	if recorded && version <= 0 {
		c.add("version", "is missing: send the version that you saw")
	}
}

// Withdraw takes one thing out of the record together with its parts. It is
// refused while other things rest on it.
//
// Takes, which may be empty, is [Departure.Digest] as the writer saw it: when
// other rows would go by now, nothing goes, and the error says which.
type Withdraw struct {
	Kind    string `json:"kind"` // of [RecordKinds]
	Key     string `json:"key"`  // its name, or its number
	Version int64  `json:"version"`
	Takes   string `json:"takes,omitempty"`
}

// Check implements Edit.
func (e Withdraw) Check() error {
	var c checks
	c.checkKey(e.Kind, e.Key)
	c.seen(true, e.Version)
	return c.err()
}

// Restore gives a withdrawn thing back, with the parts that went in the same
// changeset.
type Restore struct {
	Kind string `json:"kind"`
	Key  string `json:"key"`
}

// Check implements Edit.
func (e Restore) Check() error {
	var c checks
	c.checkKey(e.Kind, e.Key)
	return c.err()
}

// Rename gives a thing another name in addresses: a slug, or for a principle
// its number as printed. The old name leads to the new one and is never given
// to another thing.
type Rename struct {
	Kind    string `json:"kind"`
	Key     string `json:"key"`
	To      string `json:"to"`
	Version int64  `json:"version"`
}

// Check implements Edit.
func (e Rename) Check() error {
	var c checks
	k := c.checkKey(e.Kind, e.Key)
	c.seen(true, e.Version)
	switch {
	case k.Name == "":
	case !k.Renames():
		c.add("kind", "things of the kind %s have a number, which stays", e.Kind)
	case k.Keyed == ByRef:
		c.required("to", e.To, maxNumber)
		if LabelSlug(e.To) == "" {
			c.add("to", "needs at least one letter or digit")
		}
	default:
		c.ownSlug("to", e.To)
	}
	return c.err()
}

// Counted says how many rows of one kind there are, and names some.
type Counted struct {
	Kind  string   `json:"kind"` // the table's word
	Count int      `json:"count"`
	Names []string `json:"names"` // of the first few
}

// Departure is what withdrawing a thing takes along, and what keeps it from
// being withdrawn. Digest stands for the very rows that go.
type Departure struct {
	Parts  []Counted `json:"parts"`
	Rests  []Counted `json:"rests"`
	Digest string    `json:"digest"`
}
