package norms

import (
	"fmt"
	"strings"
	"unicode"
)

// MaxSlug is the longest slug, in bytes.
const MaxSlug = 80

// Slug names a thing in addresses: lower-case ASCII letters, digits and single
// hyphens. Slugs are never used again for another thing.
type Slug string

// ParseSlug accepts s as a slug or says what is wrong with it.
func ParseSlug(s string) (Slug, error) {
	switch {
	case s == "":
		return "", fmt.Errorf("is missing")
	case len(s) > MaxSlug:
		return "", fmt.Errorf("is longer than %d characters", MaxSlug)
	case s != LabelSlug(s):
		return "", fmt.Errorf("%q may hold only lower-case letters a to z, digits and single hyphens", s)
	}
	return Slug(s), nil
}

// LabelSlug is the one rule that makes a printed label safe for addresses:
// lower case; letters and digits kept; every other run becomes one hyphen;
// trimmed. 13(f) becomes 13-f.
func LabelSlug(label string) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(label) {
		if r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			gap = true
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte('-')
		}
		gap = false
		b.WriteRune(r)
	}
	return b.String()
}

// NameSlug is the slug that a name or a title wishes for, at most so many bytes
// long: its letters without accents, ended at a word.
func NameSlug(name string, most int) string {
	s := LabelSlug(Unaccented(strings.ToLower(name)))
	if len(s) > most {
		s = s[:most]
		if i := strings.LastIndexByte(s, '-'); i > most/2 {
			s = s[:i]
		}
	}
	return strings.Trim(s, "-")
}

// Ref names a principle: agreement/label for the current edition,
// agreement@edition/label for any. The label is in its URL-safe form.
type Ref struct {
	Agreement, Edition, Label string
}

// ParseRef reads the written form of a Ref.
func ParseRef(s string) (Ref, error) {
	head, label, ok := strings.Cut(s, "/")
	agreement, edition, qualified := strings.Cut(head, "@")
	r := Ref{agreement, edition, label}
	for _, part := range []string{agreement, label} {
		if _, err := ParseSlug(part); err != nil {
			ok = false
		}
	}
	if _, err := ParseSlug(edition); qualified && err != nil {
		ok = false
	}
	if !ok {
		return Ref{}, fmt.Errorf("%q names no principle: write agreement/label or agreement@edition/label, for example paris-call/5", s)
	}
	return r, nil
}

func (r Ref) String() string {
	if r.Edition == "" {
		return r.Agreement + "/" + r.Label
	}
	return r.Agreement + "@" + r.Edition + "/" + r.Label
}
