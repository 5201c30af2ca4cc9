package citation

import "strings"

// romanDigits are the letters of small Roman numerals with their values.
var romanDigits = []struct {
	text  string
	value int
}{{"x", 10}, {"ix", 9}, {"v", 5}, {"iv", 4}, {"i", 1}}

// maxRoman is the greatest Roman numeral that is read: xxxix.
const maxRoman = 39

// Arabic returns a label printed as a Roman numeral in digits, for numberings
// that count so: IV is 4. It reports false for anything else.
func Arabic(label string) (string, bool) {
	n := romanValue(strings.Trim(label, "()."))
	return digits(n), n > 0
}

// romanValue returns what a Roman numeral counts, 0 for what is none.
func romanValue(text string) int {
	rest, n := strings.ToLower(text), 0
	if rest != text && strings.ToUpper(text) != text {
		return 0
	}
	for _, d := range romanDigits {
		for strings.HasPrefix(rest, d.text) {
			rest, n = rest[len(d.text):], n+d.value
		}
	}
	if rest != "" || n > maxRoman || romanText(n) != strings.ToLower(text) {
		return 0
	}
	return n
}

func romanText(n int) string {
	var b strings.Builder
	for _, d := range romanDigits {
		for n >= d.value {
			b.WriteString(d.text)
			n -= d.value
		}
	}
	return b.String()
}

// romanRange returns the labels from one Roman numeral to another. A single
// letter may be a letter of the alphabet: one of the two must be longer, or
// both capitals.
func (p *parser) romanRange(first, last string, whole Label) []Label {
	a, b := splitRoman(first), splitRoman(last)
	if a.tail != b.tail || a.capital != b.capital || compact(a.stem) != compact(b.stem) || a.length == 1 && b.length == 1 && !a.capital {
		return nil
	}
	n := b.value - a.value + 1
	if a.value == 0 || b.value == 0 || n < 2 || n > p.spare {
		return nil
	}
	p.spare -= n
	labels := make([]Label, n)
	for i := range labels {
		labels[i] = whole
		text := romanText(a.value + i)
		if a.capital {
			text = strings.ToUpper(text)
		}
		labels[i].Text = a.stem + text + a.tail
	}
	return labels
}

// romanLabel is a label that ends in a Roman numeral.
type romanLabel struct {
	stem, tail    string
	value, length int
	capital       bool
}

func splitRoman(label string) romanLabel {
	body := strings.TrimSuffix(strings.TrimSuffix(label, ")"), `\`)
	numeral := body[len(strings.TrimRight(body, "ivxIVX")):]
	return romanLabel{
		stem: body[:len(body)-len(numeral)], tail: label[len(body):],
		value: romanValue(numeral), length: len(numeral), capital: numeral == strings.ToUpper(numeral),
	}
}
