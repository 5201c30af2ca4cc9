package anchor

import (
	"slices"
	"strings"
	"unicode"

	"normmap/internal/pattern"
)

// What clings to quoted words can make another number of theirs, or one of another
// agreement, though they stand letter for letter: "norm 13" in "norm 13(f)", or
// "principle 5" in "GCSC principle 5".

// clings tells whether what stands beside quoted words now makes something else of
// them than what stood beside them before.
func (v *Versions) clings(was, now spot) bool {
	then, is := v.before.beside(was), v.after.beside(now)
	switch {
	case is.number != "" && is.number != then.number, is.denied != then.denied:
		return true
	case startsWithDigit(v.after.runes[now.Start:now.End]) && (is.noun != then.noun || is.decimal != then.decimal):
		return true
	}
	return v.after.bare(now) && (is.of != then.of || !slices.Equal(is.names, then.names))
}

// beside is what stands on either side of quoted words and matters to them.
type beside struct {
	number  string   // how a number goes on after them: as a part, a range, a list
	of      string   // whose they are said to be after them
	names   []string // in front of them, in alphabetical order
	noun    string   // that numbers in front of them belong to
	denied  bool     // they are said not to be meant
	decimal bool     // what is in front is the same number
}

// looksBack is how many words in front of quoted ones are looked at, looksOn how
// many characters after them, and denies in how many words in front one denies them.
const (
	looksBack = 8
	looksOn   = 40
	denies    = 2
)

var (
	denials = map[string]bool{"no": true, "not": true, "non": true, "never": true, "without": true, "except": true, "nor": true, "neither": true, "unlike": true, "excluding": true,
		"pas": true, "ni": true, "sans": true, "aucun": true, "sauf": true, "nicht": true, "kein": true, "keine": true, "ohne": true, "sin": true, "salvo": true}

	numberPart  = pattern.New(`^(\s*\((\pL|[ivx]{1,4}|\d{1,3})\)|[.:]\d|[.\p{Pd}]\pL\b|\s*(bis|ter|quater)\b)`)
	numberRange = pattern.New(`^\s*([\p{Pd}−~…]|\.\.+|\b(up )?to\b|\bthrough\b|\bthru\b|\buntil\b|à\s|\bbis\b|\bal?\b)\s*\(?\d`)
	numberList  = pattern.New(`^(\s*([,;/&+]|\b(and|or|plus|as well as|along with|together with|et|ou|y|e|o|und|oder|sowie)\b))+\s*(no\.?|n°|#)?\s*\(?\d`)
	ofAnother   = pattern.New(`^\s*[,(]?\s*(((of|from|under|de|du|des|del|della|der|von)\s+)((the|la|le|les|el)\s+)?\p{Lu}\pL*|\p{Lu}{2,})`)
)

func (t text) beside(s spot) beside {
	var out beside
	rest := string(t.runes[s.End:max(s.End, min(s.until, s.End+looksOn))])
	if goesOn(rest) {
		switch {
		case numberPart.MatchString(rest):
			out.number = "part"
		case numberRange.MatchString(rest):
			out.number = "range"
		case numberList.MatchString(rest):
			out.number = "list"
		}
		out.of = strings.ToLower(strings.Join(strings.Fields(ofAnother.FindString(rest)), " "))
	}
	t.inFront(s, &out)
	slices.Sort(out.names)
	return out
}

// goesOn spares looking at what follows where a bracket closes or a text ends.
func goesOn(rest string) bool {
	first := strings.TrimLeftFunc(rest, unicode.IsSpace)
	return first != "" && first[0] != ')' && first[0] != ']'
}

// inFront looks at the words in front in the same sentence. Names stand within the
// same brackets, or right in front of them.
func (t text) inFront(s spot, out *beside) {
	stop, inside := looksBack, true
	next := s.Start
	for k := 1; k <= stop && s.first-k >= s.begin; k++ {
		w := t.words[s.first-k]
		said := string(t.runes[w.Start:w.End])
		gap := string(t.runes[w.End:next])
		next = w.Start
		if k == 1 {
			out.decimal = gap == "." && startsWithDigit(t.runes[w.Start:w.End])
		}
		if k <= denies && denials[strings.ToLower(said)] {
			out.denied = true
		}
		opens := strings.ContainsAny(gap, "([")
		if strings.ContainsAny(gap, ")];") || opens && !inside {
			return
		}
		if opens {
			inside, stop = false, min(stop, k+1)
		}
		if inside && out.noun == "" && len(said) > 3 {
			out.noun = strings.TrimSuffix(strings.ToLower(said), "s")
		}
		if capital(said) && (s.first-k > s.begin || shouted(said)) {
			out.names = append(out.names, said)
		}
	}
}

// bare tells whether quoted words do not say of which agreement they are: they name
// nothing but a number and what is counted.
func (t text) bare(s spot) bool {
	capitals := 0
	for _, w := range t.words[s.first:s.last] {
		said := string(t.runes[w.Start:w.End])
		if shouted(said) {
			return false
		}
		if capital(said) {
			capitals++
		}
	}
	return capitals < 2
}

func capital(word string) bool {
	for _, r := range word {
		return unicode.IsUpper(r)
	}
	return false
}

// shouted tells whether a word is an abbreviation: two capital letters or more.
func shouted(word string) bool {
	n := 0
	for _, r := range word {
		if unicode.IsUpper(r) {
			n++
		}
	}
	return n > 1
}

func startsWithDigit(runes []rune) bool { return len(runes) > 0 && unicode.IsDigit(runes[0]) }
