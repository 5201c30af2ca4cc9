package citation

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Normalize returns the form in which two printed labels are the same. Case,
// spaces, escapes, quotes, a noun or number sign in front, and brackets around
// letters do not count; every dash is a hyphen. Brackets around digits do count
// when digits stand before them: 14(3) is not 143.
//
//	13(F), 13f, 13 (f), norm 13(f) → 13f      #6, no. 6, norm 6 → 6
//	14 (3) → 14(3)                            2–1 → 2-1
func Normalize(label string) string {
	for range maxRounds {
		next := normalizeOnce(label)
		if next == label {
			break
		}
		label = next
	}
	return label
}

// maxRounds is how often what was dropped may bring to light something else to
// drop, as in ((5)); no label that was ever printed needs more than two.
const maxRounds = 8

// ignored are marks that never count, edges those that count only inside.
const (
	ignored = `"'\*_[]`
	edges   = ".-–,;: "
)

func normalizeOnce(label string) string {
	p := &parser{toks: tokens([]rune(label))}
	toks := p.toks[p.labelStart():]
	var b strings.Builder
	for i, t := range toks {
		key := normalKey(t, toks, i)
		if parted(b.String(), key) {
			b.WriteByte(' ')
		}
		b.WriteString(key)
	}
	return strings.Trim(b.String(), edges)
}

// labelStart skips nouns, number signs and marks that do not count, unless
// nothing would be left.
func (p *parser) labelStart() int {
	for j := 0; ; {
		k := j
		if _, end, ok := p.noun(k); ok {
			k = end
		}
		k = p.sign(k)
		if strings.Contains(ignored+edges, p.at(k).key) && k < len(p.toks) {
			k++
		}
		if k == j || k >= len(p.toks) {
			return j
		}
		j = k
	}
}

// normalKey is what a token adds to a normal form.
func normalKey(t token, toks []token, i int) string {
	switch {
	case t.key == "–":
		return "-"
	case strings.Contains(ignored, t.key):
		return ""
	case t.key == "(" && (i == 0 || i+1 == len(toks) || toks[i+1].kind != number):
		return ""
	case t.key == ")" && (i < 3 || toks[i-1].kind != number || toks[i-2].key != "("):
		return ""
	}
	return t.key
}

// parted reports whether two pieces would run together into another label.
func parted(left, right string) bool {
	a, _ := utf8.DecodeLastRuneInString(left)
	b, _ := utf8.DecodeRuneInString(right)
	return unicode.IsDigit(a) && unicode.IsDigit(b) || unicode.IsLetter(a) && unicode.IsLetter(b)
}
