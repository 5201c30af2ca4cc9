package page

import (
	"strconv"
	"strings"
	"unicode"

	"normmap/web/ui"
)

// saysNumber tells whether a text already says a number, plainly or with
// separators: "1,222 records" says 1222 but neither 1 nor 222.
func saysNumber(text string, n int) bool {
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsDigit(r) && r != ',' }) {
		if word = strings.Trim(word, ","); word == strconv.Itoa(n) || word == ui.Number(n) {
			return true
		}
	}
	return false
}
