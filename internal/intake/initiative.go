package intake

import (
	"slices"
	"strings"

	"normmap/internal/citation"
	"normmap/internal/outline"
)

// initiative is an entry as a candidate.
func (d *document) initiative(e *entry) Initiative {
	whole := outline.Span{Start: d.blocks[e.head].Whole.Start, End: d.blocks[e.last].Whole.End}
	out := Initiative{Span: d.span(whole), Title: d.name(e), References: once(e.refs), Planned: d.promise(whole)}
	if e.heading >= 0 {
		out.Heading = d.headed(e.heading)
	}
	for _, p := range e.parts {
		out.Parts = append(out.Parts, d.initiative(p))
	}
	return out
}

// headed is a heading as printed, with its number but without its marks.
func (d *document) headed(i int) string {
	return plain(strings.Trim(d.blocks[i].Whole.Of(d.text), "#=- \n"))
}

// once drops references that were come by twice and puts them in order.
func once(refs []citation.Reference) []citation.Reference {
	out := inOrder(slices.Clone(refs))
	return slices.CompactFunc(out, func(a, b citation.Reference) bool { return a.Start == b.Start })
}

// name is what an entry is called.
func (d *document) name(e *entry) string {
	b := d.blocks[e.head]
	switch {
	case b.Kind == outline.Row:
		return clipped(plain(b.Cells[max(0, d.nameCell(e.head, d.header(e.head)))].Of(d.text)))
	case e.titled:
		return clipped(plain(b.Body.Of(d.text)))
	}
	text := b.Body.Of(d.text)
	if n := len(d.cited[e.head]); n > 0 {
		text = d.withoutCitations(b.Body, d.cited[e.head])
	}
	return titleOf(text)
}

// withoutCitations is a stretch of the text without what it cites, if more than
// that is left.
func (d *document) withoutCitations(s outline.Span, refs []citation.Reference) string {
	var out string
	at := s.Start
	for _, r := range refs {
		for _, p := range d.printed(r) {
			if p.Start >= at && p.End <= s.End && r.By != citation.BySentence {
				out += d.text[at:p.Start]
				at = p.End
			}
		}
	}
	if out += d.text[at:s.End]; own(out) == 0 {
		return s.Of(d.text)
	}
	return out
}
