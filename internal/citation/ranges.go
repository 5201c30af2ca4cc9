package citation

import (
	"strconv"
	"strings"
)

const (
	maxRange = 100
	// rangeAllowance is how many labels the ranges of a text may add beyond
	// one for each of its characters, so that a short text stays short.
	rangeAllowance = 1000
)

// expand returns a label for each step from first to last, all placed where
// the whole range is printed, or nil when they are not the ends of a range.
func (p *parser) expand(first, last string, whole Label) []Label {
	if all := p.romanRange(first, last, whole); all != nil {
		return all
	}
	a, okA := splitLabel(first)
	b, okB := splitLabel(last)
	if !okA || !okB || a.kind != b.kind || a.tail != b.tail || compact(a.stem) != compact(b.stem) {
		return nil
	}
	if a.kind != '0' && isRoman(a.count) && isRoman(b.count) {
		return nil // (i)–(v) may be five steps or fourteen
	}
	n := b.count - a.count + 1
	if n < 2 || n > maxRange || n > p.spare {
		return nil
	}
	p.spare -= n
	labels := make([]Label, n)
	for i := range labels {
		labels[i] = whole
		labels[i].Text = a.step(i)
	}
	return labels
}

// series is a label seen as a member of a row: what stays, what counts.
type series struct {
	stem  string
	kind  rune // '0', 'a' or 'A': what it counts in
	count int
	tail  string // a closing bracket or nothing
}

// splitLabel finds the last number or letter of a label.
func splitLabel(label string) (series, bool) {
	var s series
	body := strings.TrimSuffix(strings.TrimSuffix(label, ")"), `\`)
	s.tail = label[len(body):]
	if digits := body[len(strings.TrimRight(body, "0123456789")):]; digits != "" {
		s.stem, s.kind = body[:len(body)-len(digits)], '0'
		for _, r := range digits {
			s.count = 10*s.count + int(r-'0')
		}
		return s, digits[0] != '0' && len(digits) <= maxDigits
	}
	if body == "" {
		return s, false
	}
	r := rune(body[len(body)-1])
	s.stem = body[:len(body)-1]
	s.count = int(r)
	switch {
	case 'a' <= r && r <= 'z':
		s.kind = 'a'
	case 'A' <= r && r <= 'Z':
		s.kind = 'A'
	default:
		return s, false
	}
	return s, s.stem == "" || !strings.ContainsAny(s.stem[len(s.stem)-1:], roman)
}

const roman = "ivxIVX"

func isRoman(letter int) bool { return strings.ContainsRune(roman, rune(letter)) }

// step returns the label i places further on.
func (s series) step(i int) string {
	if s.kind == '0' {
		return s.stem + strconv.Itoa(s.count+i) + s.tail
	}
	return s.stem + string(rune(s.count+i)) + s.tail
}

// compact takes out what print may vary within a label.
func compact(stem string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(stem, `\`, "")), "")
}
