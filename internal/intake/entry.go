package intake

import (
	"strings"

	"normmap/internal/citation"
	"normmap/internal/outline"
)

// entry is a piece of the document that may be an initiative.
type entry struct {
	head    int  // its first block
	last    int  // its last, lines of citations included
	heading int  // the block of the heading over it, -1 for none
	titled  bool // the heading is its name
	parts   []*entry
	refs    []citation.Reference
	lines   int  // lines of citations that follow it
	opens   bool // it ends with a colon
	beside  bool // a section beside others that cite
}

// collect cuts the document into entries.
func (d *document) collect() {
	var open *entry
	for i, b := range d.blocks {
		if d.ctx.Err() != nil {
			return
		}
		switch b.Kind {
		case outline.Heading:
			open = nil
		case outline.Note, outline.Code:
		case outline.Quote:
			if d.bare[i] && open != nil {
				open = d.cite(i, open) // "> Paris Call 1, 6" under an item
			}
		case outline.Row:
			open = d.row(i, open)
		default:
			open = d.add(i, open)
		}
	}
}

// add gives a block to the open entry or opens another, and returns the one
// that is open then.
func (d *document) add(i int, open *entry) *entry {
	b := d.blocks[i]
	switch {
	case d.introduces(b):
		return open
	case d.bare[i], d.mostlyCites(i) && (b.Level > 0 || i > 0 && (d.introduces(d.blocks[i-1]) || d.bare[i-1]) || open != nil && b.Kind == outline.Paragraph && len(open.refs) == 0):
		return d.cite(i, open)
	case b.Level > 0 && open != nil && !d.beginsRecord(i, open):
		d.continued(i, open)
		return open
	case open != nil && d.goesOn(d.blocks[open.head], b):
		open.last = i
		open.refs = append(open.refs, d.cited[i]...)
		return open
	}
	if open != nil && open.titled && b.Kind == outline.Paragraph && len(d.cited[i]) == 0 {
		open.last = i
		return open
	}
	e := &entry{head: i, last: i, heading: d.over[i], refs: d.cited[i]}
	e.opens = b.Kind == outline.Paragraph && strings.HasSuffix(strings.TrimRight(b.Body.Of(d.text), "*_ "), ":")
	d.entries = append(d.entries, e)
	return e
}

// beginsRecord tells of a line of a form that begins another thing, though an item
// stands over all of them: "B. Initiatives", and under it Title, Norms, Title, Norms.
func (d *document) beginsRecord(i int, open *entry) bool {
	b := d.blocks[i]
	if b.Label == "" || b.Kind != outline.Paragraph {
		return false
	}
	if head := d.blocks[open.head]; head.Label != "" || head.Kind != outline.Item {
		return head.Label == b.Label
	}
	for n := i + 1; n < min(len(d.blocks), i+maxRecord) && d.blocks[n].Level > 0 && d.blocks[n].Kind == outline.Paragraph; n++ {
		if d.blocks[n].Label == b.Label {
			return true
		}
	}
	return false
}

// maxRecord is how many lines of a form are looked at for where it begins again.
const maxRecord = 20

// cite adds a line of citations to what it follows: the part that it is
// indented under, else the entry as a whole, else the heading.
func (d *document) cite(i int, open *entry) *entry {
	b := d.blocks[i]
	if open == nil {
		if d.over[i] < 0 || len(d.headCites(d.over[i])) > 0 {
			return nil
		}
		open = &entry{head: d.over[i], last: i, heading: d.over[d.over[i]], titled: true}
		d.entries = append(d.entries, open)
	}
	open.last = i
	to := open
	if n := len(open.parts); n > 0 && b.Level > 1 {
		to = open.parts[n-1]
		to.last = i
	} else {
		to.lines++
	}
	to.refs = append(to.refs, d.cited[i]...)
	return open
}

// continued adds a block that is nested in the open entry: an item is a part
// of it, one that is deeper belongs to that part.
func (d *document) continued(i int, open *entry) {
	b := d.blocks[i]
	open.last = i
	n := len(open.parts)
	switch {
	case b.Kind == outline.Item && b.Level == 1:
		open.parts = append(open.parts, &entry{head: i, last: i, heading: open.heading, refs: d.cited[i]})
	case n > 0 && b.Level > 1:
		open.parts[n-1].last = i
		open.parts[n-1].refs = append(open.parts[n-1].refs, d.cited[i]...)
	default:
		open.refs = append(open.refs, d.cited[i]...)
	}
}
