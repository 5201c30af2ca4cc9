package citation

import (
	"strings"
	"unicode"
)

// Unread is what of a text holds a digit and belongs to none of its
// references, as Parse found them: numbers that the grammar could not place
// and that a person should look at. Words that only join are cut off.
func Unread(text string, refs []Reference) []string {
	runes := []rune(text)
	var out []string
	at := 0
	for _, r := range append(refs[:len(refs):len(refs)], Reference{Start: len(runes), End: len(runes)}) {
		rest := joined(string(runes[at:max(at, r.Start)]))
		if strings.ContainsFunc(rest, unicode.IsDigit) {
			out = append(out, rest)
		}
		at = max(at, r.End)
	}
	return out
}

// joined cuts what joins a stretch of text to its neighbours.
func joined(s string) string {
	s = strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;.:()*[]&", r) })
	for _, word := range []string{"and ", "& "} {
		s = strings.TrimSpace(strings.TrimPrefix(s, word))
	}
	for _, word := range []string{" and", " &"} {
		s = strings.TrimSpace(strings.TrimSuffix(s, word))
	}
	return s
}
