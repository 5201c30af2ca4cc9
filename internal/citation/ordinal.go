package citation

import (
	"slices"
	"strconv"
	"strings"
)

// cardinals are the numbers up to twelve in words, in English and French.
var cardinals = map[string]int{
	"one": 1, "un": 1,
	"two": 2, "deux": 2,
	"three": 3, "trois": 3,
	"four": 4, "quatre": 4,
	"five": 5, "cinq": 5,
	"six":   6,
	"seven": 7, "sept": 7,
	"eight": 8, "huit": 8,
	"nine": 9, "neuf": 9,
	"ten": 10, "dix": 10,
	"eleven": 11, "onze": 11,
	"twelve": 12, "douze": 12,
}

// ordinalWords are their ordinals.
var ordinalWords = map[string]int{
	"first": 1, "premier": 1, "première": 1, "premiers": 1, "premières": 1,
	"second": 2, "deuxième": 2, "seconde": 2,
	"third": 3, "troisième": 3,
	"fourth": 4, "quatrième": 4,
	"fifth": 5, "cinquième": 5,
	"sixth": 6, "sixième": 6,
	"seventh": 7, "septième": 7,
	"eighth": 8, "huitième": 8,
	"ninth": 9, "neuvième": 9,
	"tenth": 10, "dixième": 10,
	"eleventh": 11, "onzième": 11,
	"twelfth": 12, "douzième": 12,
}

// ordinalEnds follow the digits of an ordinal: 5th, 1er.
var ordinalEnds = []string{"st", "nd", "rd", "th", "er", "ère", "ere", "e", "ème", "eme"}

// digits writes a number that is known, "" for 0.
func digits(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// cardinal reports whether token j is a number in words that ends a list
// there: "principle one", not "principles one could follow".
func (p *parser) cardinal(j int) bool {
	t, after := p.at(j), p.at(j+1)
	if t.kind != word || cardinals[t.key] == 0 {
		return false
	}
	follows := after.kind == number || after.kind == word && !joiners[after.key] && !owners[after.key] && !holders[after.key]
	return after.gap >= line || !follows
}

// ordinals reads "first and third principles" at token j.
func (p *parser) ordinals(j int) (list, bool) {
	l := list{from: j}
	for k := j; len(l.labels) < maxDigits*maxParts; {
		n := p.ordinal(k)
		if n == 0 {
			break
		}
		l.labels = append(l.labels, Label{Text: digits(n), Start: p.toks[k].start, End: p.toks[k].end})
		class, end, ok := p.noun(k + 1)
		if ok && p.at(k+1).gap < paragraph {
			l.class, l.next = class, end
			l.noun = p.cut(k+1, end)
			return l, true
		}
		if k, ok = p.joint(k + 1); !ok {
			break
		}
	}
	return list{}, false
}

// ordinal returns the number of an ordinal at token k, 0 when there is none.
func (p *parser) ordinal(k int) int {
	t := p.at(k)
	if t.kind == word {
		return ordinalWords[t.key]
	}
	if t.kind != number {
		return 0
	}
	n := strings.TrimLeft(t.key, "0123456789")
	value, err := strconv.Atoi(t.key[:len(t.key)-len(n)])
	if err != nil || value > 99 || !slices.Contains(ordinalEnds, n) {
		return 0
	}
	return value
}
