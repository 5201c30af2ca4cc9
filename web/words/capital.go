package words

import (
	"unicode"
	"unicode/utf8"
)

// Capital is text with its first letter large, as it begins a sentence.
func Capital(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if first == utf8.RuneError {
		return text
	}
	return string(unicode.ToTitle(first)) + text[size:]
}
