package citation

// How many words may stand before the kind of a text, and how many tokens may
// tell of a text before whose it is.
const (
	maxAdjectives = 3
	maxDescribed  = 12
)

// described reads a known name behind words that say what kind of a text it is of:
// "the final report (2019) of the GCSC", "the report published by the GCSC".
func (p *parser) described(k int) (name, bool) {
	i := k
	for ; i < k+maxAdjectives && !texts[p.at(i).key]; i++ {
		if t := p.at(i); t.gap == paragraph || t.kind != word && !isYear(t) || possessives[t.key] || connectors[t.key] || openers[t.key] {
			return name{}, false
		}
	}
	if !texts[p.at(i).key] {
		return name{}, false
	}
	for i++; i < k+maxDescribed && p.at(i).gap < paragraph; i++ {
		t := p.at(i)
		if n, known := p.known(i); known {
			return n, n.agreement != "" // du rapport GGE
		}
		if end, ok := p.skipAside(i); ok {
			i = end - 1
			continue
		}
		if owners[t.key] || makers[t.key] {
			if n, known := p.known(p.determined(i + 1)); known && n.agreement != "" {
				return p.entitled(n), true
			}
		}
		if !owners[t.key] && !determiners[t.key] && !texts[t.key] && !ofTexts[unaccented(t.key)] && !isYear(t) && !months[unaccented(t.key)] {
			return name{}, false
		}
	}
	return name{}, false
}

// reported passes "report of the" and the like before a name that is not known.
func (p *parser) reported(k int) int {
	for n := 0; n < maxParts && texts[p.at(k).key] && p.at(k+1).gap < paragraph; n++ {
		if isYear(p.at(k+1)) && owners[p.at(k+2).key] {
			k++ // du rapport 2015 du GGE
		}
		if !owners[p.at(k+1).key] {
			break
		}
		k = p.determined(k + 2) // of the report of the GGE
	}
	return k
}

// praised reads a known name behind a word or a number that says nothing of whose
// it is: the 11 UN norms, the voluntary UN norms.
func (p *parser) praised(k int) (name, bool) {
	for i := k; i < k+maxAdjectives-1; i++ {
		t := p.at(i)
		if t.gap == paragraph || p.capital(t) || t.kind == mark || possessives[t.key] || connectors[t.key] || openers[t.key] {
			break
		}
		if n, known := p.known(i + 1); known && p.at(i+1).gap < paragraph {
			return n, n.agreement != ""
		}
	}
	return name{}, false
}

// maxPrinted is how many tokens the title of a principle has at most.
const maxPrinted = 16

// ownerBehindTitle reads the name that a list belongs to behind the title of what it
// cites, which quotes, commas or dashes set apart or "on" begins: principle 7 "Cyber
// hygiene" of the Paris Call, principle 7 on hygiene of the Paris Call.
func (p *parser) ownerBehindTitle(j int) (name, int, bool) {
	t := p.at(j)
	set := t.key == `"` || t.key == "–" || t.key == ","
	if t.gap >= line || !set && !topics[t.key] {
		return name{}, j, false
	}
	for k := j + 1; k < j+maxPrinted && p.at(k).gap < paragraph && !p.endsSentence(k-1); k++ {
		if _, known := p.known(k); known || p.at(k).kind == number || p.isNoun(k) {
			break
		}
		behind := k
		if set {
			if p.at(k).key != t.key {
				continue
			}
			behind++
		}
		if n, next, ok := p.owner(behind); ok && n.agreement != "" {
			return n, next, true
		}
		if set {
			break
		}
	}
	return name{}, j, false
}

// namedLater reads the name that stands in brackets further on in the sentence of a
// list: "Principle 6: lifecycle security (Paris Call)".
func (p *parser) namedLater(l list) (name, bool) {
	for k := l.next; k < l.next+maxPrinted && p.at(k).gap < paragraph && !p.endsSentence(k-1) && !p.isNoun(k); k++ {
		if n, known := p.known(k); known {
			return n, n.agreement != "" && p.at(k-1).key == "(" && p.at(n.to).key == ")"
		}
	}
	return name{}, false
}
