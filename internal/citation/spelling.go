package citation

import "strings"

// Spelling is another way to read a label that no numbering prints as it is
// cited.
type Spelling struct {
	Label string
	// How says how the label came to be read so: "IV is 4".
	How string
}

// Spellings returns the ways in which a label may be looked up, the best first:
// as it is printed, a Roman numeral in digits, then the wholes that it is part
// of: 21(2) and 21 of 21(2)(a).
func Spellings(label string) []Spelling {
	out := []Spelling{{Label: label}}
	if n, ok := Arabic(label); ok {
		return append(out, Spelling{n, label + " is " + n})
	}
	for whole := wholeOf(label); whole != ""; whole = wholeOf(whole) {
		out = append(out, Spelling{whole, label + " is part of " + whole})
		if n, ok := Arabic(whole); ok {
			out = append(out, Spelling{n, label + " is part of " + n})
		}
	}
	return out
}

// wholeOf takes the last part off a label that has parts: what stands in its
// last brackets, or behind its last dot.
func wholeOf(label string) string {
	s := strings.TrimSpace(label)
	if i := strings.LastIndexByte(s, '('); i > 0 && strings.HasSuffix(s, ")") {
		return strings.TrimSpace(strings.TrimRight(s[:i], `\`))
	}
	if i := strings.LastIndexByte(s, '.'); i > 0 && i+1 < len(s) {
		return s[:i]
	}
	return ""
}
