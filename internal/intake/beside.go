package intake

import (
	"slices"

	"normmap/internal/citation"
	"normmap/internal/outline"
)

// nameBeside makes entries of sections that cite nothing but stand beside others
// of their kind that do: each of them tells of one thing.
func (d *document) nameBeside() {
	type place struct {
		over, level int
		numbered    bool
	}
	named := map[place]bool{}
	for _, e := range d.entries {
		if b := d.blocks[e.head]; e.titled {
			named[place{d.over[e.head], b.Level, b.Mark != ""}] = true
		}
	}
	for from := 0; from < len(d.entries); {
		to, h := from+1, d.entries[from].heading
		for to < len(d.entries) && d.entries[to].heading == h {
			to++
		}
		if d.names(h) && d.about(h) != classViews && named[place{d.over[h], d.blocks[h].Level, d.blocks[h].Mark != ""}] && d.plainSection(d.entries[from:to]) {
			d.merge(from, to, h)
			d.entries[from].beside = true
			to = from + 1
		}
		from = to
	}
}

// plainSection tells whether entries are paragraphs that cite nothing.
func (d *document) plainSection(all []*entry) bool {
	return !slices.ContainsFunc(all, func(e *entry) bool {
		return e.titled || len(e.refs) > 0 || len(e.parts) > 0 || d.blocks[e.head].Kind != outline.Paragraph
	})
}

// opening tells of a paragraph that mentions something in its own words before
// the first heading over what was done: it introduces the document.
func (d *document) opening(e *entry) bool {
	if e.titled || e.lines > 0 || len(e.parts) > 0 || d.blocks[e.head].Kind != outline.Paragraph || d.about(e.heading) != classNeutral {
		return false
	}
	if e.heading >= 0 && d.names(e.heading) {
		return false
	}
	next, _ := slices.BinarySearch(d.headings, e.head)
	if next == len(d.headings) {
		return false
	}
	h := d.headings[next]
	return d.classes[h] == classDone && d.citesUnder(h) && !d.bracketed(e)
}

// bracketed tells whether an entry cites in brackets or in a footnote.
func (d *document) bracketed(e *entry) bool {
	body := d.blocks[e.head].Body
	inside := groups(d.text, body)
	return slices.ContainsFunc(e.refs, func(r citation.Reference) bool {
		at := d.at(r.Start)
		return !body.Holds(at) || slices.ContainsFunc(inside, func(g outline.Span) bool { return g.Holds(at) })
	})
}

// citesUnder tells whether anything is cited in the section under a heading.
func (d *document) citesUnder(heading int) bool {
	if known, ok := d.citing[heading]; ok {
		return known
	}
	cites := false
	for i := heading + 1; i < len(d.blocks) && !cites; i++ {
		if d.blocks[i].Kind == outline.Heading && d.blocks[i].Level <= d.blocks[heading].Level {
			break
		}
		cites = len(d.cited[i]) > 0
	}
	d.citing[heading] = cites
	return cites
}
