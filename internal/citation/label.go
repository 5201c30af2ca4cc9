package citation

import (
	"regexp"
	"strings"
)

const (
	maxDigits = 3 // 2018 is a year
	maxParts  = 4 // brackets, dots and hyphens in one label
)

// part is a piece of a label between hyphens.
type part struct {
	text string
	next int // the token after it
}

// chain reads on from the first part of a label over its hyphens: 5, 13(f),
// 2-1. It reports false for what is no label after all.
func (p *parser) chain(first part) ([]part, bool) {
	parts := []part{first}
	for end := first.next; len(parts) < maxParts && p.hyphen(end); {
		more, ok := p.rangeEnd(end+1, parts[len(parts)-1].text)
		if !ok {
			break
		}
		parts = append(parts, more)
		end = more.next
	}
	return parts, !p.runsOn(parts[len(parts)-1].next)
}

// hyphen reports whether token j joins the ones around it.
func (p *parser) hyphen(j int) bool {
	return p.at(j).key == "-" && p.at(j).gap == tight && p.at(j+1).gap == tight
}

// runsOn reports whether what is stuck to a number makes it something else: an
// amount (5%), a time (9:30), a word (5-year).
func (p *parser) runsOn(j int) bool {
	t := p.at(j)
	if t.gap != tight {
		return false
	}
	after := p.at(j + 1)
	switch t.key {
	case "%", "‰", "°", "$", "€", "£", possessive:
		return true
	case ":":
		return after.gap == tight && after.kind == number
	case "-":
		return after.gap == tight && after.kind == word
	}
	return t.kind == word || t.kind == number
}

// part reads a piece of a label at token j; before is the label it follows,
// whose number a bracket or letter alone repeats.
func (p *parser) part(j int, before string) (part, bool) {
	t := p.at(j)
	switch {
	case t.gap == paragraph:
		return part{}, false
	case isNumber(t):
		end := p.brackets(p.dots(j + 1))
		if end == j+1 && p.halfBracket(end) {
			end++
		}
		return part{text: p.cut(j, end), next: end}, true
	case t.key == "(":
		end := p.brackets(j)
		if end == j {
			return part{}, false
		}
		return part{text: bracketStem(before, (end-j)/3) + p.cut(j, end), next: end}, true
	case p.goesWith(j, before):
		return part{text: before[:len(before)-1] + p.cut(j, j+1), next: j + 1}, true
	case p.letter(j, before):
		return part{text: p.cut(j, j+1), next: j + 1}, true
	case p.cardinal(j):
		return part{text: digits(cardinals[t.key]), next: j + 1}, true
	}
	return part{}, false
}

// rangeEnd reads a part that ends a range; there a letter alone repeats the
// number before it too: 3A–C.
func (p *parser) rangeEnd(j int, before string) (part, bool) {
	if found, ok := p.part(j, before); ok {
		return found, true
	}
	stem := strings.TrimRight(before, letters)
	if t := p.at(j); t.gap < line && len(before) == len(stem)+1 && p.letterAlone(j) {
		return part{text: stem + p.cut(j, j+1), next: j + 1}, true
	}
	return part{}, false
}

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

// isNumber reports whether a token can be a label: 5, 13f, 5A, not 5th or 2018.
func isNumber(t token) bool {
	digits := strings.TrimRight(t.key, letters)
	return t.kind == number && len(digits) <= maxDigits && len(t.key)-len(digits) <= 1 &&
		strings.Trim(digits, "0123456789") == ""
}

// dots passes ".2.1" at token j.
func (p *parser) dots(j int) int {
	for range maxParts {
		n := p.at(j + 1)
		if p.at(j).key != "." || p.at(j).gap != tight || n.gap != tight {
			break
		}
		if n.kind == word && len(n.key) == 1 && p.at(j+2).gap > tight {
			return j + 2 // 21.2.d
		}
		if !isNumber(n) {
			break
		}
		j += 2
	}
	return j
}

// brackets passes "(f)" or "(3)(a)" at token j. At most one space may stand
// before a bracket: text repeats what brackets repeat, so a label stays short.
func (p *parser) brackets(j int) int {
	for range maxParts {
		open, in, end := p.at(j), p.at(j+1), p.at(j+2)
		if open.key != "(" || open.gap > space || j > 0 && open.start-p.at(j-1).end > 2 {
			break
		}
		if end.key != ")" || in.gap != tight || end.gap != tight || !isBracketed(in) {
			break
		}
		j += 3
	}
	return j
}

// halfBracket reports whether token j is the letter of a label as French texts
// print it: 13 f).
func (p *parser) halfBracket(j int) bool {
	t, end := p.at(j), p.at(j+1)
	return t.gap == space && t.kind == word && len(t.key) == 1 && end.key == ")" && end.gap == tight
}

// isBracketed reports whether a token in brackets belongs to a label: a letter,
// a small roman number, one or two digits.
func isBracketed(t token) bool {
	switch {
	case t.kind == number:
		return len(t.key) <= 2 && isNumber(t)
	case t.kind == word && len(t.key) == 1:
		return true
	}
	return t.kind == word && len(t.key) <= maxParts && strings.Trim(t.key, "ivx") == ""
}

// letter reports whether token j is a letter or roman number that stands for a
// label: norm f, article IV. After a label with digits it is a word.
func (p *parser) letter(j int, before string) bool {
	t := p.at(j)
	if t.kind != word || strings.ContainsAny(before, "0123456789") {
		return false
	}
	printed := p.cut(j, j+1)
	if len(printed) > 1 {
		return romanValue(printed) > 0
	}
	return p.letterAlone(j)
}

// goesWith reports whether token j is a letter that repeats the number of the
// label before it: 13c, d and f; 13 c), h) et k).
func (p *parser) goesWith(j int, before string) bool {
	if !oneLetter.MatchString(before) || p.at(j).gap >= line {
		return false
	}
	return p.halfBracket(j) || !strings.Contains(before, " ") && p.letterAlone(j) && p.listed(j+1)
}

// oneLetter is a number with a letter that no bracket parts from it.
var oneLetter = regexp.MustCompile(`^[0-9]{1,3} ?[a-zA-Z]$`)

// listed reports whether a list of letters ends or goes on at token j.
func (p *parser) listed(j int) bool {
	t := p.at(j)
	return t.gap >= line || t.key == ")" || t.key == "]" || t.key == ";" || t.key == "," || t.key == "." || joiners[t.key] || owners[t.key] || holders[t.key]
}

// letterAlone reports whether token j is one letter that no word follows: the
// first word of "a new policy" is no label.
func (p *parser) letterAlone(j int) bool {
	t, after := p.at(j), p.at(j+1)
	if t.kind != word || len(t.key) != 1 || strings.Trim(t.key, letters) != "" {
		return false
	}
	follows := after.kind == number || after.kind == word && !joiners[after.key] && !spanners[after.key] && !owners[after.key] && !holders[after.key]
	return after.gap >= line || !follows
}

// bracketStem is what n brackets alone repeat of the label before them: "13"
// of 13(a), "14(3)" or "14" of 14(3)(a); nothing of one without brackets.
func bracketStem(before string, n int) string {
	if !strings.HasSuffix(before, ")") {
		return ""
	}
	for range n {
		if i := strings.LastIndexByte(before, '('); i >= 0 {
			before = before[:i]
		}
	}
	return before
}
