package citation

import "strings"

// edition is a part of an agreement with numbers of its own, with the words by
// which a text tells it from the others.
type edition struct {
	slug  string
	words map[string]bool
	last  string // the last word, which says enough: operators
}

// maxQualifier is how many words may tell which edition is meant.
const maxQualifier = 8

// addEdition keeps the words of an edition.
func (g *Grammar) addEdition(n Name) {
	e := edition{slug: n.Edition, words: map[string]bool{}}
	for _, t := range tokens([]rune(n.Text)) {
		if t.kind != mark && !connectors[t.key] && nounClass[unaccented(t.key)] == "" {
			e.last = singular(nameKey(t))
			e.words[e.last] = true
		}
	}
	for _, w := range strings.Split(n.Edition, "-") {
		e.words[singular(w)] = true
	}
	g.editions[n.Agreement] = append(g.editions[n.Agreement], e)
}

// singular takes the end off a plural.
func singular(word string) string { return strings.TrimSuffix(unaccented(word), "s") }

// kindWords may stand among the words that tell an edition.
var kindWords = map[string]bool{"programme": true, "program": true, "programmes": true, "programs": true, "participants": true, "pour": true, "(": true, "member": true, "members": true, "count": true, "counting": true, "numbering": true, "numerotation": true, "edition": true, "version": true}

// qualified reads the words at token j that tell which edition of an agreement
// is meant: "MANRS for IXPs", "(network operators)". It returns the token after
// them.
func (p *parser) qualified(agreement string, j int) (string, int) {
	editions := p.editions[agreement]
	if len(editions) == 0 {
		return "", j
	}
	found, hits, sure, next := "", 0, false, j
	for k := j; k < j+maxQualifier && p.goesOn(k, j); k++ {
		t := p.at(k)
		slug, last := p.tells(editions, t)
		switch {
		case slug != "" && found != "" && slug != found:
			return "", j
		case slug != "":
			found, next, hits = slug, k+1, hits+1
			sure = sure || last || t.kind == number || p.plainAcronym(k)
		case !p.besideEdition(k, agreement):
			k = j + maxQualifier
		}
	}
	if hits == 0 || hits == 1 && !sure {
		return "", j
	}
	for kindWords[p.at(next).key] && p.at(next).kind == word && p.at(next).gap < line {
		next++
	}
	return found, p.closing(j, next)
}

// goesOn reports whether token k goes on with the words from token j, over the end
// of a line that somebody wrapped: behind other words, a comma, or with a small word.
func (p *parser) goesOn(k, j int) bool {
	t := p.at(k)
	return t.gap < line || t.gap == line && (k > j || p.at(k-1).key == "," || t.kind == word && connectors[t.key] && !p.capital(t))
}

// besideEdition reports whether token k may stand among the words that tell an
// edition of an agreement without telling one: a small word, a year, or the
// agreement's own name once more, "(GCSC, 2019)".
func (p *parser) besideEdition(k int, agreement string) bool {
	t := p.at(k)
	if connectors[t.key] || kindWords[t.key] || nounClass[t.key] != "" || isYear(t) {
		return true
	}
	if again := p.names.next[nameKey(t)]; again != nil && again.ends && again.agreement == agreement {
		return true
	}
	return t.key == "," && p.at(k-1).kind == word && p.bracketed(k) // (GCSC, 2019)
}

// closing passes what else stands in the brackets that opened between tokens j and
// next: a place, a day, a page. Where numbers follow that may be cited it stays.
func (p *parser) closing(j, next int) int {
	for k := next - 1; k >= j && p.at(k).key != ")"; k-- {
		if p.at(k).key != "(" {
			continue
		}
		end, ok := p.skipAside(k)
		for i := next; ok && i < end; i++ {
			parted := i == next || p.at(i-1).key == "," || p.at(i-1).key == ";" || p.at(i-1).key == ":"
			cites := isNumber(p.at(i)) || p.at(i).kind == word && p.romanAt(i)
			ok = !parted || !cites || months[unaccented(p.at(i+1).key)]
		}
		if ok {
			return end
		}
		return next
	}
	return next
}

// apart are marks that may part a name from the words that tell its edition.
var apart = map[string]bool{",": true, ":": true, "–": true, "-": true, "/": true, possessive: true}

// setApart reads such words behind a mark: "MANRS, Network Operators, Action 4".
// They must lead to numbers.
func (p *parser) setApart(agreement string, j int) (string, int) {
	if len(p.editions[agreement]) == 0 || !apart[p.at(j).key] || p.at(j).gap >= line {
		return "", j
	}
	slug, next := p.qualified(agreement, j+1)
	if slug == "" || p.at(j).key == possessive {
		return slug, max(next, j)
	}
	next = p.dayAfter(next)
	k := next
	if apart[p.at(k).key] || p.at(k).key == "(" {
		k++
	}
	if _, ok := p.nounList(k); !ok && p.at(p.sign(k)).kind != number {
		return "", j
	}
	return slug, next
}

// toldBy returns the edition that a name tells by its own words: Singapore Norm
// Package. One such word is not enough.
func (p *parser) toldBy(n name) string {
	editions := p.editions[n.agreement]
	if len(editions) == 0 {
		return ""
	}
	found, hits := "", 0
	for _, t := range p.toks[n.from:n.to] {
		slug, _ := p.tells(editions, t)
		if slug == "" {
			continue
		}
		if found != "" && slug != found {
			return ""
		}
		found, hits = slug, hits+1
	}
	if hits < 2 {
		return ""
	}
	return found
}

// tells returns the edition that a word tells from the others, and whether it
// says enough by itself.
func (p *parser) tells(editions []edition, t token) (slug string, last bool) {
	if t.kind == mark || t.kind == number && len(t.key) <= maxDigits {
		return "", false
	}
	for _, e := range editions {
		key := singular(nameKey(t))
		if !e.words[key] {
			continue
		}
		if slug != "" {
			return "", false // two have it
		}
		slug, last = e.slug, key == e.last
	}
	return slug, last
}

// plainAcronym reports whether token j is capitals, but for the end of a plural.
func (p *parser) plainAcronym(j int) bool {
	t := p.toks[j]
	printed := strings.TrimSuffix(string(p.text[t.start:t.end]), "s")
	return len(printed) > 1 && printed == strings.ToUpper(printed)
}

// entitled widens a name by the words before it that tell its edition: "the final
// report of the GCSC".
func (p *parser) entitled(n name) name {
	editions := p.editions[n.agreement]
	if len(editions) == 0 || n.edition != "" {
		return n
	}
	k := n.from - 1
	for k >= p.floor && determiners[p.at(k).key] {
		k--
	}
	if k < p.floor || !owners[p.at(k).key] || p.at(n.from).gap == paragraph {
		return n
	}
	found, from, hits := "", n.from, 0
	for k--; k >= p.floor && k >= n.from-maxQualifier && p.at(k+1).gap < paragraph; k-- {
		if key := p.at(k).key; key == ")" || key == "(" {
			continue // the final report (2019) of the GCSC
		}
		slug, _ := p.tells(editions, p.at(k))
		if slug == "" || found != "" && slug != found {
			break
		}
		found, from, hits = slug, k, hits+1
	}
	if hits > 1 {
		n.edition, n.from = found, from
	}
	return n
}

// qualifiers hand numbers to those whom they are for.
var qualifiers = map[string]bool{"for": true, "(": true, "pour": true, ",": true, "–": true}

// qualifiedAfter reads the edition that is told after the numbers: "MANRS
// Actions 1 and 2 for network operators".
func (p *parser) qualifiedAfter(agreement string, j int) (string, int) {
	switch t := p.at(j); {
	case t.gap < line && qualifiers[t.key]:
		return p.qualified(agreement, j+1)
	case t.gap < line && (owners[t.key] || holders[t.key]) && p.countedIn(j+1):
		return p.qualified(agreement, j+1)
	}
	return "", j
}

// countedIn reports whether "the count of the final report" or the like follows.
func (p *parser) countedIn(j int) bool {
	for k := j; k < j+maxQualifier && p.at(k).gap < line; k++ {
		switch t := p.at(k); {
		case ways[unaccented(t.key)]:
			return true
		case t.kind != word, ours[t.key]:
			return false
		}
	}
	return false
}

// ways are words for a text and how it counts.
var ways = map[string]bool{"count": true, "counting": true, "numbering": true, "report": true, "package": true, "edition": true, "version": true, "rapport": true, "numerotation": true}

// narrow gives the references from the first on the edition that is told after
// the last of them.
func (p *parser) narrow(first int) {
	found, next := p.qualifiedAfter(p.refs[first].Agreement, p.floor)
	if found == "" || p.refs[first].Edition != "" && p.refs[first].By == ByName {
		return
	}
	for i := first; i < len(p.refs); i++ {
		p.refs[i].Edition = found
	}
	if p.at(p.floor).key != "(" || p.at(next).key == ")" {
		p.floor = next // else more stands in the brackets than which edition it is
	}
}
