package password

import (
	_ "embed"
	"errors"
	"fmt"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// How long a password may be. The lower limit counts Unicode code points, the
// upper one bytes, both in normal form C.
const (
	MinLength         = 8
	RecommendedLength = 15
	MaxBytes          = 1024
)

// minWord is the shortest context word, in letters: initials and particles
// would refuse good passwords.
const minWord = 3

//go:embed common.txt
var commonText string

// common holds the embedded list. Its entries are in lower case.
var common = sync.OnceValue(func() map[string]bool {
	set := make(map[string]bool)
	for line := range strings.Lines(commonText) {
		if !strings.HasPrefix(line, "#") {
			set[strings.TrimSpace(line)] = true
		}
	}
	return set
})

// houseWords go with this service: whoever guesses passwords here tries them
// first (ASVS 6.2.11).
func houseWords() []string {
	return []string{
		"Norms to Evidence", "normmap", "norms", "evidence", "Paris Call", "Tech Accord", "GCSC", "MANRS",
		"Internet Governance Forum", "cybersecurity", "initiative", "principle",
	}
}

// Check says why pw may not become a password; nil means that it may. The
// context is what else goes with it: the account's e-mail address and name,
// the host it is served on. An error completes a sentence that begins with
// "password" and may be shown as it is.
//
// A password is refused when it is one of the 3,000 most common ones, or a
// context word, with nothing but digits, spaces and punctuation around it, in
// capital or small letters alike.
func Check(pw string, context ...string) error {
	if !utf8.ValidString(pw) {
		return errors.New("is not valid UTF-8 text; type it again")
	}
	pw = norm.NFC.String(pw)
	if n := utf8.RuneCountInString(pw); n < MinLength {
		return fmt.Errorf("has %d characters; use at least %d, better %d: several words are easy to remember",
			n, MinLength, RecommendedLength)
	}
	if len(pw) > MaxBytes {
		return fmt.Errorf("is %d bytes long; at most %d fit", len(pw), MaxBytes)
	}
	if isCommon(pw) {
		return errors.New("is one of the most common ones, which are tried first; add other words to it or choose a new one")
	}
	if isContextWord(pw, append(houseWords(), context...)) {
		return errors.New("is hardly more than a word that goes with this service or with your name, and easy to guess; add other words to it or choose a new one")
	}
	return nil
}

func isCommon(pw string) bool {
	set := common()
	return set[strings.ToLower(pw)] || set[squeeze(pw)] || set[core(pw)]
}

// isContextWord tells whether pw is made of nothing but one word of the texts.
func isContextWord(pw string, texts []string) bool {
	bare := core(pw)
	if utf8.RuneCountInString(bare) < minWord {
		return false
	}
	for _, text := range texts {
		for _, word := range words(norm.NFC.String(text)) {
			if core(word) == bare {
				return true
			}
		}
	}
	return false
}

// words are the ways in which a text could be taken as a password: whole, its
// part before an @, and each of its words.
func words(text string) []string {
	local, _, _ := strings.Cut(text, "@")
	return append([]string{text, local}, strings.FieldsFunc(text, isSeparator)...)
}

// squeeze leaves the letters and digits, in lower case.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if isSeparator(r) {
			return -1
		}
		return r
	}, strings.ToLower(s))
}

// core is squeeze without the digits at both ends.
func core(s string) string {
	return strings.TrimFunc(squeeze(s), unicode.IsDigit)
}

func isSeparator(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
}
