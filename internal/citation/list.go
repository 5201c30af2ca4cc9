package citation

import "strings"

// list is a noun, or none, with the labels that follow it.
type list struct {
	noun       string // as printed
	class      string
	labels     []Label
	from, next int  // tokens: its first and the one after its last
	divided    bool // its labels were put together from parts: article 21, paragraph 2
}

// nounList reads "principles 1, 5 and 7" at token j, which goes on with what
// stands before it.
func (p *parser) nounList(j int) (list, bool) {
	if p.at(j).gap == paragraph {
		return list{}, false
	}
	return p.listHere(j)
}

// listHere reads the like anywhere, at the beginning of a paragraph too.
func (p *parser) listHere(j int) (list, bool) {
	class, end, ok := p.noun(j)
	if !ok {
		return list{}, false
	}
	l := list{class: class, from: j}
	if !p.labels(&l, p.colon(end)) {
		return list{}, false
	}
	l.noun = p.cut(j, end)
	p.spread(&l)
	p.divide(&l)
	return l, true
}

// spread reads the one label of a plural as the range that it must be: actions
// 1-3, where action 1-3 would be a label.
func (p *parser) spread(l *list) {
	if l.class != action || len(l.labels) != 1 || !strings.HasSuffix(strings.ToLower(l.noun), "s") {
		return
	}
	first, last, ok := strings.Cut(l.labels[0].Text, "-")
	if all := p.expand(first, last, l.labels[0]); ok && all != nil {
		l.labels = all
	}
}

// colon passes one between noun and numbers: principles: 1, 5.
func (p *parser) colon(j int) int {
	if t := p.at(j); t.key != ":" || t.gap > space {
		return j
	}
	k := p.skipTrimmings(j + 1)
	if after := p.at(p.sign(k)); after.kind == number && after.gap <= space {
		return k
	}
	return j
}

// nounWithin reads the letters at token j after a name that ends with a noun: UN
// norms (g) and (h).
func (p *parser) nounWithin(j int) (list, bool) {
	if nounClass[unaccented(p.at(j-1).key)] == "" && !p.nounBefore(j) || p.at(j).gap >= line || p.at(j).kind == number {
		return list{}, false
	}
	l := list{from: j}
	return l, p.labels(&l, p.colon(j))
}

// nounBefore reports whether the name that ends at token j follows a noun: normes
// GGE a, d et k.
func (p *parser) nounBefore(j int) bool {
	return p.seen.to == j && p.at(p.seen.from).gap < line && nounClass[unaccented(p.at(p.seen.from-1).key)] != ""
}

// bareList reads numbers without a noun at token j. Words right after them
// make them an amount and no citation, unless a known name starts there.
func (p *parser) bareList(j int) (list, bool) {
	first := p.at(p.sign(j))
	if p.at(j).gap >= line || first.kind != number {
		return list{}, false
	}
	l := list{from: j}
	if !p.labels(&l, j) {
		return list{}, false
	}
	after := p.at(l.next)
	if after.kind == word && after.gap < line && !joiners[after.key] {
		_, known := p.known(l.next)
		return l, known
	}
	return l, true
}

// labels reads the items of a list from token j on.
func (p *parser) labels(l *list, j int) bool {
	for {
		k := p.sign(j)
		it, ok := p.item(k, l)
		if !ok {
			return len(l.labels) > 0
		}
		l.labels = append(l.labels, it.labels...)
		l.next = it.next
		if j, ok = p.jointAfter(it.next); !ok {
			return true
		}
	}
}

// jointAfter passes a joint at token j, or behind a remark in brackets: "3
// (elections), 7". A remark that names an agreement is left to be read itself.
func (p *parser) jointAfter(j int) (int, bool) {
	if k, ok := p.joint(j); ok {
		return k, true
	}
	if t, after := p.at(j), p.at(j+1); t.key == "." && t.gap == tight && (after.key == "," || after.gap == space && joiners[after.key] && !p.capital(after)) {
		return p.joint(j + 1) // 1., 2. and 3.
	}
	if t, after := p.at(j), p.at(j+1); spacedJoints[t.key] && t.gap == space && after.gap == space && isNumber(after) {
		return j + 1, true // 1 · 5, 1 / 5
	}
	if p.halfLabel(j) {
		if k, ok := p.joint(j + 1); ok && (p.at(k).kind == number || p.halfLabel(k+1)) {
			return k, true // 13 g) et 13 h), 13 g) et h)
		}
	}
	end, ok := p.skipAside(j)
	if !ok {
		return j, false
	}
	for i := j; i < end; i++ {
		if _, known := p.known(i); known {
			return j, false
		}
	}
	return p.joint(end)
}

// halfLabel reports whether token j closes a label like "13 g)", or "h)" after it.
func (p *parser) halfLabel(j int) bool {
	if p.at(j).key != ")" || j < 2 || !p.halfBracket(j-1) {
		return false
	}
	before := p.at(j - 2)
	return isNumber(before) || before.key == "," || joiners[before.key]
}

// item is one entry of a list: a label, or all labels of a range.
type item struct {
	labels []Label
	next   int
}

// item reads one entry at token j.
func (p *parser) item(j int, l *list) (item, bool) {
	var before string
	if len(l.labels) > 0 {
		before = l.labels[len(l.labels)-1].Text
	}
	first, ok := p.part(j, before)
	if !ok {
		return item{}, false
	}
	parts, ok := p.chain(first)
	if !ok {
		return item{}, false
	}
	next := parts[len(parts)-1].next
	whole := Label{Text: p.cut(j, next), Start: p.toks[j].start, End: p.toks[next-1].end}
	if len(parts) == 2 && l.class != action {
		if all := p.expand(parts[0].text, parts[1].text, whole); all != nil {
			return item{labels: all, next: next}, true
		}
	}
	if len(parts) == 1 {
		whole.Text = parts[0].text
	}
	if it, ok := p.rangeFrom(whole, next, l.class); ok {
		return it, true
	}
	return item{labels: []Label{whole}, next: next}, true
}

// rangeFrom reads the second half of a range whose first label is given.
func (p *parser) rangeFrom(first Label, j int, class string) (item, bool) {
	t := p.at(j)
	hyphen := t.key == "-" && t.gap == space && p.at(j+1).gap == space
	if t.gap >= line || !hyphen && !spanners[t.key] {
		return item{}, false
	}
	end, ok := p.rangeEnd(j+1, first.Text)
	if !ok {
		return item{}, false
	}
	parts := []part{end}
	if class == action {
		parts, ok = p.chain(end)
	}
	next := parts[len(parts)-1].next
	if !ok || p.runsOn(next) {
		return item{}, false
	}
	whole := Label{Start: first.Start, End: p.toks[next-1].end}
	whole.Text = string(p.text[whole.Start:whole.End])
	last := parts[0].text
	if len(parts) > 1 {
		last = p.cut(j+1, next)
	}
	all := p.expand(first.Text, last, whole)
	if all == nil {
		all = []Label{whole}
	}
	return item{labels: all, next: next}, true
}
