package intake

import (
	"slices"
	"strings"
	"unicode"

	"normmap/internal/citation"
	"normmap/internal/outline"
	"normmap/internal/pattern"
)

// settle decides which entries are candidates.
func (d *document) settle() {
	d.foot()
	d.gather()
	d.title()
	d.nameBeside()
	d.inherit()
	cited := d.citedKinds()
	d.entries = slices.DeleteFunc(d.entries, func(e *entry) bool { return !d.candidate(e, cited) })
	for _, e := range d.entries {
		d.use(e)
	}
}

// use marks what an entry cites as belonging to an initiative.
func (d *document) use(e *entry) {
	for _, r := range e.refs {
		d.used[r.Start] = true
	}
	for _, p := range e.parts {
		d.use(p)
	}
}

// gather makes parts of the items under a paragraph that ends with a colon,
// when nothing is cited between them.
func (d *document) gather() {
	var out []*entry
	for i := 0; i < len(d.entries); i++ {
		e := d.entries[i]
		out = append(out, e)
		if !e.opens {
			continue
		}
		to := i + 1
		for to < len(d.entries) && d.entries[to].heading == e.heading && d.blocks[d.entries[to].head].Kind == outline.Item {
			to++
		}
		items := d.entries[i+1 : to]
		if len(items) == 0 || !closedByOne(items) {
			continue
		}
		for _, item := range items {
			e.refs = append(e.refs, item.refs...)
			item.refs = nil
			e.parts = append(e.parts, item)
			e.last, e.lines = item.last, e.lines+item.lines
		}
		i = to - 1
	}
	d.entries = out
}

// closedByOne tells whether items cite nothing but in a line after the last.
func closedByOne(items []*entry) bool {
	for i, e := range items {
		last := i == len(items)-1
		if !last && len(e.refs) > 0 || last && (e.lines == 0 || len(items) == 1 && len(e.parts) > 0) {
			return false
		}
	}
	return true
}

// inherit gives what a heading cites to the entries right under it; an entry
// that only opens a list has none.
func (d *document) inherit() {
	for i, e := range d.entries {
		h := e.heading
		for h >= 0 && len(d.headCites(h)) == 0 {
			h = d.over[h]
		}
		if h < 0 || e.titled && len(e.refs) > 0 {
			continue
		}
		listed := e.opens && i+1 < len(d.entries) && d.entries[i+1].heading == e.heading && d.blocks[d.entries[i+1].head].Kind == outline.Item
		if d.courteous(e) {
			d.leaveOut(e)
		} else if !listed {
			e.refs = append(slices.Clone(d.headCites(h)), e.refs...)
		}
	}
}

// candidate tells whether an entry may be an initiative.
func (d *document) candidate(e *entry, cited map[kindUnder]bool) bool {
	about := d.about(e.heading)
	if e.titled {
		about = d.about(e.head)
	}
	if about == classViews || d.viewed(e) || nothing.MatchString(d.blocks[e.head].Body.Of(d.text)) {
		return false
	}
	cites := len(e.refs) > 0 || slices.ContainsFunc(e.parts, func(p *entry) bool { return len(p.refs) > 0 })
	if cites && (d.opening(e) || d.professes(e) && len(d.headCites(e.heading)) == 0) {
		return false
	}
	if !cites && slices.Contains(d.undone, e.head) {
		d.leaveOut(e)
		return false
	}
	if cites || e.beside || d.unread[e.head] || e.heading >= 0 && d.unread[e.heading] && !e.opens {
		return true
	}
	b := d.blocks[e.head]
	beside := cited[kindUnder{e.heading, b.Kind, shape(b.Mark)}]
	if b.Kind == outline.Row || b.Kind == outline.Paragraph && namedAs.MatchString(plain(b.Body.Of(d.text))) {
		return beside
	}
	if b.Kind != outline.Item || len(strings.TrimSpace(b.Body.Of(d.text))) < 10 {
		return false
	}
	if !beside && (about != classDone || cited[kindUnder{heading: e.heading}]) {
		return false
	}
	if d.courteous(e) || d.adheres(e) {
		d.leaveOut(e)
		return false
	}
	return true
}

// nothing is what people write where they have nothing to tell.
var nothing = pattern.New(`(?i)^\W*(?:nothing|none|n/?a|nil|not applicable|rien|néant|aucune?|sans objet)\b(?:[ '’]\p{L}+){0,6}\W*$`)

// kindUnder is a kind of blocks under a heading, with marks of one shape; "" for
// any.
type kindUnder struct {
	heading int
	kind    outline.Kind
	marked  string
}

// shape is what marks of one list have in common: (a) and (b), 1. and 2.
func shape(mark string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsDigit(r):
			return '1'
		case unicode.IsUpper(r):
			return 'A'
		case unicode.IsLetter(r):
			return 'a'
		}
		return r
	}, mark)
}

// citedKinds tells under which headings blocks of which kind cite something.
func (d *document) citedKinds() map[kindUnder]bool {
	cited := map[kindUnder]bool{}
	for _, e := range d.entries {
		if len(e.refs) > 0 {
			b := d.blocks[e.head]
			cited[kindUnder{e.heading, b.Kind, shape(b.Mark)}] = true
			cited[kindUnder{heading: e.heading}] = true
		}
	}
	return cited
}

// foot gives what footnotes cite to the entries that point at them.
func (d *document) foot() {
	for _, e := range d.entries {
		for _, p := range e.parts {
			p.refs = append(p.refs, d.noted(p, p.last)...)
		}
		e.refs = append(e.refs, d.noted(e, d.firstPart(e)-1)...)
	}
}

// firstPart is the block of the first part of an entry, or the one after it.
func (d *document) firstPart(e *entry) int {
	if len(e.parts) > 0 {
		return e.parts[0].head
	}
	return e.last + 1
}

// noted returns what the footnotes cite that are marked in some blocks.
func (d *document) noted(e *entry, last int) []citation.Reference {
	var refs []citation.Reference
	for i := e.head; i <= last; i++ {
		for _, key := range noteKeys(d.blocks[i].Whole.Of(d.text)) {
			refs = append(refs, d.footnote(key, i)...)
		}
	}
	return refs
}

// footnote is what the note cites that a mark in a block points at: the next
// one with that mark, since pages may count anew, else the last before.
func (d *document) footnote(key string, block int) []citation.Reference {
	notes := d.notes[key]
	if len(notes) == 0 {
		return nil
	}
	i, _ := slices.BinarySearch(notes, block)
	return d.cited[notes[min(i, len(notes)-1)]]
}
