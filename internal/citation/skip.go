package citation

import "unicode"

// capital reports whether a word holds a capital letter: Charter, GCSC, eIDAS.
func (p *parser) capital(t token) bool {
	if t.kind != word {
		return false
	}
	for _, r := range p.text[t.start:t.end] {
		if unicode.IsUpper(r) {
			return t.key != possessive
		}
	}
	return false
}

// skipTrimmings passes what may follow a name without ending it.
func (p *parser) skipTrimmings(j int) int {
	for range maxTrimmings {
		if t := p.at(j); t.gap == paragraph || !trimmings[t.key] {
			break
		}
		j++
	}
	return j
}

// skipAside passes "(…)" at token j, unless numbered things are cited in it.
func (p *parser) skipAside(j int) (int, bool) {
	if p.at(j).key != "(" {
		return j, false
	}
	for k := j + 1; k < j+maxAside && p.at(k).gap < paragraph; k++ {
		if p.at(k).key == ")" {
			return k + 1, true
		}
		if _, _, ok := p.noun(k); ok {
			return j, false
		}
	}
	return j, false
}

// noun returns the class of the noun at token j and the token after it.
func (p *parser) noun(j int) (string, int, bool) {
	class := nounClass[unaccented(p.at(j).key)]
	if class == "" {
		return "", j, false
	}
	j++
	if open, s, end := p.at(j), p.at(j+1), p.at(j+2); open.key == "(" && s.key == "s" && end.key == ")" && open.gap == tight && s.gap == tight {
		return class, j + 3, true
	}
	if t := p.at(j); t.gap == tight && (t.key == "." || t.key == "§" && class == "paragraph") {
		j++
	}
	return class, j, true
}

// sign passes a number sign: no., nos., #, n°.
func (p *parser) sign(j int) int {
	if !signs[p.at(j).key] || p.at(j).gap == paragraph && j > 0 {
		return j
	}
	after := p.at(j + 1)
	if after.gap != tight || after.key != "°" && after.key != "º" && after.key != "." {
		return j + 1
	}
	if s := p.at(j + 2); s.gap == tight && s.key == "s" {
		return j + 3 // n°s
	}
	return j + 2
}

// joint passes what stands between two numbers of a list: a comma, "and", both.
func (p *parser) joint(j int) (int, bool) {
	k := j
	if t := p.at(k); t.gap < paragraph && (t.key == "," || t.key == ";") {
		k++
	}
	if n := p.phrase(k); n > 0 {
		k += n
	} else if t := p.at(k); t.gap < paragraph && joiners[t.key] {
		k++
	}
	if t := p.at(k); k == j && t.key == "/" && t.gap == tight && p.at(k+1).gap == tight {
		k++
	}
	return k, k > j && p.at(k).gap < paragraph
}

// phrase returns how many tokens at k are a joiner of several words.
func (p *parser) phrase(k int) int {
	for _, words := range phrases {
		n := 0
		for n < len(words) && p.at(k+n).gap < paragraph && p.at(k+n).key == words[n] {
			n++
		}
		if n == len(words) {
			return n
		}
	}
	return 0
}
