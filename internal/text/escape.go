package text

import (
	"bytes"
	"strconv"
	"unicode/utf16"
)

// LoneSurrogate says whether a JSON text escapes half of a character without
// the other half. Such an escape names nothing, and whoever reads it as usual
// puts another character in its place.
func LoneSurrogate(json []byte) bool {
	for {
		i := bytes.IndexByte(json, '\\')
		if i < 0 {
			return false
		}
		first, ok := escaped(json[i:])
		switch {
		case !ok:
			json = json[min(i+2, len(json)):] // past what is escaped, a backslash too
			continue
		case utf16.IsSurrogate(first):
			second, _ := escaped(json[i+6:])
			if utf16.DecodeRune(first, second) == '\uFFFD' {
				return true
			}
			i += 6
		}
		json = json[i+6:]
	}
}

// escaped reads an escape of four hexadecimal digits at the beginning of b.
func escaped(b []byte) (rune, bool) {
	if len(b) < 6 || b[0] != '\\' || b[1] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(string(b[2:6]), 16, 16)
	return rune(n), err == nil
}
