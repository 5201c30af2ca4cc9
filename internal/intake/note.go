package intake

import (
	"regexp"
	"strings"
)

var noteForm = regexp.MustCompile(`\[\^([^\]\s]{1,12})\]|\[([0-9]{1,3})\]|([¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3})`)

var raised = strings.NewReplacer("¹", "1", "²", "2", "³", "3", "⁴", "4", "⁵", "5", "⁶", "6", "⁷", "7", "⁸", "8", "⁹", "9", "⁰", "0")

// noteKey is by which a footnote and its mark find each other.
func noteKey(mark string) string { return raised.Replace(strings.Trim(mark, "[]^:() ")) }

// noteKeys are the marks of footnotes in a text.
func noteKeys(text string) []string {
	var keys []string
	for _, m := range noteForm.FindAllString(text, -1) {
		keys = append(keys, noteKey(m))
	}
	return keys
}
