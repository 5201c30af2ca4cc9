package norms

import (
	"slices"
	"strconv"
	"strings"
)

// KeyForm is how the things of a kind are named.
type KeyForm int

// The forms of names.
const (
	BySlug    KeyForm = iota // its slug
	ByEdition                // agreement/edition
	ByRef                    // the ref of a principle
	ByNumber                 // a number: it has no name in addresses
)

// RecordKind is a kind of thing that can be withdrawn and restored and, where
// it has a name in addresses, renamed.
type RecordKind struct {
	Name  string // as edits say it
	Table string // whose rows they are
	Keyed KeyForm
}

// RecordKinds is the closed list. A new kind is one line here, and one for each
// of its columns that point to other rows in store.dependences.
var RecordKinds = []RecordKind{
	{"agreement", "agreement", BySlug},
	{"organization", "organization", BySlug},
	{"initiative", "initiative", BySlug},
	{"source", "source", BySlug},
	{"element", "element", BySlug},
	{"edition", "edition", ByEdition},
	{"principle", "principle", ByRef},
	{"event", "agreement_event", ByNumber},
	{"numbering", "numbering", ByNumber},
	{"adherence", "adherence", ByNumber},
	{"link", "link", ByNumber},
	{"citation_line", "citation_line", ByNumber},
	{"element_reading", "element_reading", ByNumber},
	{"statement", "statement", ByNumber},
	{"crosswalk", "crosswalk", ByNumber},
	{"fact", "fact_source", ByNumber},
}

// RecordKindOf finds a kind by its name.
func RecordKindOf(name string) (RecordKind, bool) {
	i := slices.IndexFunc(RecordKinds, func(k RecordKind) bool { return k.Name == name })
	if i < 0 {
		return RecordKind{}, false
	}
	return RecordKinds[i], true
}

// Renames tells whether things of the kind have a name that can be changed.
func (k RecordKind) Renames() bool { return k.Keyed != ByNumber }

// Number is the number that a key of a kind without names is, or 0.
func (k RecordKind) Number(key string) int64 {
	n, err := strconv.ParseInt(key, 10, 64)
	if err != nil || n <= 0 || k.Keyed != ByNumber {
		return 0
	}
	return n
}

// problem is what is wrong with a key, "" when it is a good one.
func (k RecordKind) problem(key string) string {
	good := false
	switch k.Keyed {
	case BySlug:
		_, err := ParseSlug(key)
		good = err == nil
	case ByEdition:
		agreement, edition, _ := strings.Cut(key, "/")
		_, wrong := ParseSlug(agreement)
		_, worse := ParseSlug(edition)
		good = wrong == nil && worse == nil
	case ByRef:
		_, err := ParseRef(key)
		good = err == nil
	case ByNumber:
		good = k.Number(key) > 0
	}
	if good {
		return ""
	}
	return map[KeyForm]string{
		BySlug:    "write its name in addresses, such as paris-call",
		ByEdition: "write agreement/edition, such as gcsc/final-2019",
		ByRef:     "write agreement/label or agreement@edition/label, such as paris-call/5",
		ByNumber:  "write its number",
	}[k.Keyed]
}
