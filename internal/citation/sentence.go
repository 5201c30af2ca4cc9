package citation

import "unicode"

// sentenceFrom returns the first token of the sentence that token j belongs
// to, not before first.
func (p *parser) sentenceFrom(j, first int) int {
	for i := j - 1; i >= first && i >= 0; i-- {
		if p.endsSentence(i) {
			return i + 1
		}
	}
	return max(first, 0)
}

// endsSentence reports whether token i is the last of a sentence: a full stop
// that is none of an abbreviation.
func (p *parser) endsSentence(i int) bool {
	t, next := p.at(i), p.at(i+1)
	if next.gap == paragraph {
		return true
	}
	switch t.key {
	case "!", "?":
		return next.gap >= space
	case ".":
	default:
		return false
	}
	if next.gap < space || next.kind == word && !p.capital(next) {
		return false
	}
	before := p.at(i - 1)
	abbreviated := before.kind == word && t.gap == tight && (signs[before.key] || nounClass[before.key] != "" || before.end-before.start == 1)
	return !abbreviated
}

// sentenceStart reports whether token i begins a sentence, a line or an item.
func (p *parser) sentenceStart(i int) bool {
	if i == 0 || p.at(i).gap >= line || p.endsSentence(i-1) {
		return true
	}
	before := p.at(i - 1)
	return before.kind == mark && !unicode.IsPunct([]rune(before.key)[0]) || before.key == "-" || before.key == "*" || before.key == ":" || before.key == "#"
}

// theirs reports whether a list belongs to somebody and so to no agreement
// that was named before: our principle 5, its own article 6.
func (p *parser) theirs(l list) bool {
	for j := l.from - 1; j >= l.from-2 && p.at(j+1).gap < line; j-- {
		t := p.at(j)
		if possessives[t.key] || t.kind != word || openers[t.key] || connectors[t.key] {
			return possessives[t.key]
		}
	}
	return false
}
