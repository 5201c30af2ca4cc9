package norms

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Lengths of texts in Unicode code points. Columns have the same limits.
const (
	MaxTitle = 300
	MaxText  = 10_000
	MaxLine  = 2_000
	MaxURL   = 2_000
)

// CleanText says what is wrong with a text that Postgres or a reader could
// not take: bytes that are not UTF-8, NUL and other control characters, and
// marks that turn the reading direction without being seen. It returns "" for
// a good text.
func CleanText(s string) string {
	if !utf8.ValidString(s) {
		return "is not valid UTF-8 text"
	}
	for _, r := range s {
		switch {
		case r == '\n' || r == '\r' || r == '\t':
		case unicode.IsControl(r):
			return "contains a control character; remove it"
		case strings.ContainsRune(turns, r):
			return "contains an invisible mark that turns the reading direction; remove it"
		}
	}
	return ""
}

// PersonalPattern finds e-mail addresses and telephone numbers with their
// country code, which no public page may show (product rule 6).
const PersonalPattern = `[\w.+-]+@[\w-]+\.\w+|\+\d[\d ()./` + blanksOfPrint + `-]{7,}\d`

// blanksOfPrint are the blanks and hyphens that do not break a line, and the
// dash, with which print parts the digits of a number.
const blanksOfPrint = "\u00a0\u2009\u202f\u2011\u2013"

const (
	// abroadPattern finds telephone numbers whose country code follows two noughts.
	abroadPattern = `\b00[1-9](?:[ ()./` + blanksOfPrint + `-]{0,2}\d){8,13}\b`

	// nationalPattern finds telephone numbers without their country code, in
	// groups: five of two digits, or three of which the first has three and more.
	// Dates and lists of years are neither.
	nationalPattern = `\b0[1-9](?:[ .` + blanksOfPrint + `-]\d\d){4}\b|\b0[1-9]\d{1,3}[ .` + blanksOfPrint + `-]\d{3,4}[ .` + blanksOfPrint + `-]\d{3,4}\b`
)

// HiddenPattern finds what [Mask] hides as Postgres reads patterns. It need not know
// the letters of a language to take, of an address, all that no blank, bracket or
// comma parts from it. The index of search leaves out what it finds (source_shown).
var HiddenPattern = asPostgresReads(`[^\s<>()\[\]",;:@]+@[^\s<>()\[\]",;:@]+\.\w+|` + PersonalPattern + `|` + abroadPattern + `|` + nationalPattern)

// asPostgresReads is a pattern as Postgres reads it, which writes the edge of a word
// otherwise, in plain characters.
func asPostgresReads(pattern string) string {
	var b strings.Builder
	for _, r := range strings.ReplaceAll(pattern, `\b`, `\y`) {
		if r < utf8.RuneSelf {
			b.WriteRune(r)
			continue
		}
		fmt.Fprintf(&b, `\u%04x`, r)
	}
	return b.String()
}

var (
	personal = regexp.MustCompile(PersonalPattern)

	// address finds e-mail addresses in the letters of any language, with
	// apostrophes, and with all parts of their domains.
	address = regexp.MustCompile(`[\p{L}\p{N}_](?:[\p{L}\p{M}\p{N}_.+'’-]*[\p{L}\p{M}\p{N}_+-])?@[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]*)(?:\.[\p{L}\p{N}][\p{L}\p{M}\p{N}-]*)+`)

	abroad   = regexp.MustCompile(abroadPattern)
	national = regexp.MustCompile(nationalPattern)
)

// turns are the marks that turn the reading direction without being seen: a text
// may say with them what it does not hold.
const turns = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

// Mask hides e-mail addresses and telephone numbers in a text that is shown to
// the public, and shows where it would turn the reading direction unseen. It
// stays as long as it is, so that places in it stay true.
func Mask(s string) string {
	if strings.ContainsAny(s, turns) {
		s = strings.Map(shown, s)
	}
	if strings.Contains(s, "@") {
		s = address.ReplaceAllStringFunc(s, dots)
	}
	if strings.ContainsAny(s, "@+") {
		s = personal.ReplaceAllStringFunc(s, dots)
	}
	if strings.Contains(s, "0") {
		s = abroad.ReplaceAllStringFunc(s, dots)
		s = national.ReplaceAllStringFunc(s, dots)
	}
	return s
}

// shown is a rune, with a sign in the place of one that turns.
func shown(r rune) rune {
	if strings.ContainsRune(turns, r) {
		return utf8.RuneError
	}
	return r
}

// dots are as long as what they hide.
func dots(s string) string { return strings.Repeat("•", utf8.RuneCountInString(s)) }

// personalIn is the first of them in a text. Neither goes without one of two
// signs, which are found much sooner than the pattern is held against the text.
func personalIn(value string) string {
	if !strings.ContainsAny(value, "@+") {
		return ""
	}
	return personal.FindString(value)
}

func (c *checks) text(field, value string, limit int) {
	if p := CleanText(value); p != "" {
		c.add(field, "%s", p)
		return
	}
	if found := personalIn(value); found != "" {
		c.add(field, "holds an e-mail address or a telephone number (%s…); leave it out", string([]rune(found)[:3]))
	}
	if n := utf8.RuneCountInString(value); n > limit {
		c.add(field, "has %d characters; at most %d fit", n, limit)
	}
}

func (c *checks) required(field, value string, limit int) {
	if strings.TrimSpace(value) == "" {
		c.add(field, "is missing")
		return
	}
	c.text(field, value, limit)
}

func (c *checks) slug(field, value string) {
	if _, err := ParseSlug(value); err != nil {
		c.add(field, "%s", err.Error())
	}
}

// ownSlug checks the slug of a thing that has a form at its list's address
// plus "new", which can therefore name no thing.
func (c *checks) ownSlug(field, value string) {
	c.slug(field, value)
	if value == "new" {
		c.add(field, "%q is an address of the site itself; choose another", value)
	}
}

func (c *checks) optionalSlug(field, value string) {
	if value != "" {
		c.slug(field, value)
	}
}

func (c *checks) ref(field, value string) {
	if _, err := ParseRef(value); err != nil {
		c.add(field, "%s", err.Error())
	}
}

// MaxCount is the largest number that a field takes: positions, places and
// counted adherents.
const MaxCount = 1_000_000_000

func (c *checks) count(field string, n int) {
	if n < 0 || n > MaxCount {
		c.add(field, "must be between 0 and %d", MaxCount)
	}
}

func (c *checks) date(field string, d Date) {
	if d.Valid() {
		return
	}
	read, err := ParseDate(string(d))
	if err == nil { // an edit holds dates in one form
		err = fmt.Errorf("write it as %s", read)
	}
	c.add(field, "%s", err)
}

func (c *checks) url(field, value string) {
	if value == "" {
		return
	}
	if p := WebAddressProblem(value); p != "" {
		c.add(field, "%s", p)
	}
}

// WebAddressProblem says why value may not be published as a link: it must be
// http or https with a host, without a user name, in at most 2,000 bytes. It
// returns "" for a good address. The database checks the same again.
func WebAddressProblem(value string) string {
	if len(value) > MaxURL {
		return "is longer than 2,000 characters"
	}
	if strings.ContainsFunc(value, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }) {
		return "contains a space or a control character"
	}
	u, err := url.Parse(value)
	if err != nil || u.Opaque != "" || (u.Scheme != "http" && u.Scheme != "https") {
		return "must be a web address that starts with https:// or http://"
	}
	if u.Hostname() == "" {
		return "has no host name"
	}
	if u.User != nil {
		return "must not contain a user name"
	}
	return ""
}

// oneOf checks a word against its closed list.
func oneOf[T ~string](c *checks, field string, value T, list []T) {
	if slices.Contains(list, value) {
		return
	}
	words := make([]string, len(list))
	for i, w := range list {
		words[i] = string(w)
	}
	if value == "" {
		c.add(field, "is missing: choose one of %s", strings.Join(words, ", "))
		return
	}
	c.add(field, "%q is none of %s", string(value), strings.Join(words, ", "))
}

func optionalOneOf[T ~string](c *checks, field string, value T, list []T) {
	if value != "" {
		oneOf(c, field, value, list)
	}
}
