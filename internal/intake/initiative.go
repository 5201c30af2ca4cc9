package intake

import (
	"slices"
	"strings"

	"normmap/internal/citation"
	"normmap/internal/outline"
	"normmap/internal/pattern"
)

// initiative is an entry as a candidate.
func (d *document) initiative(e *entry) Initiative {
	whole := outline.Span{Start: d.blocks[e.head].Whole.Start, End: d.blocks[e.last].Whole.End}
	out := Initiative{Span: d.span(whole), Title: d.name(e), References: once(e.refs), Planned: d.promised(e, whole)}
	if out.Planned == nil && d.blocks[e.head].Kind == outline.Row {
		out.Planned = d.plannedInRow(e.head)
	}
	if out.Planned == nil {
		out.Ended = d.ended(e)
	}
	if out.Planned == nil && out.Ended == nil {
		out.Since = d.since(e)
	}
	if e.heading >= 0 {
		out.Heading = d.headed(e.heading)
	}
	for _, p := range e.parts {
		out.Parts = append(out.Parts, d.initiative(p))
	}
	return out
}

// promised is what an entry itself says of the future: what a part of it will do
// is the part's.
func (d *document) promised(e *entry, whole outline.Span) *Promise {
	from := whole.Start
	for _, p := range e.parts {
		if found := d.promise(outline.Span{Start: from, End: max(from, d.blocks[p.head].Whole.Start)}); found != nil {
			return found
		}
		from = max(from, d.blocks[p.last].Whole.End)
	}
	return d.promise(outline.Span{Start: from, End: max(from, whole.End)})
}

// headed is a heading as printed, with its number but without its marks.
func (d *document) headed(i int) string {
	return plain(quoteForm.ReplaceAllString(strings.Trim(d.blocks[i].Whole.Of(d.text), "#=- \n"), " "))
}

var quoteForm = pattern.New(`(?m)^>[> ]*`)

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
	case e.titled && d.calledInForm(e) != "":
		return d.calledInForm(e)
	case e.titled:
		return clipped(namedAs.ReplaceAllString(countForm.ReplaceAllString(plain(b.Body.Of(d.text)), ""), ""))
	}
	if b.Label != "" && b.Labelled < len(b.Body.Of(d.text)) {
		b.Body.Start += b.Labelled
	}
	text := b.Body.Of(d.text)
	if len(d.cited[e.head]) > 0 {
		text = d.withoutCitations(b.Body, d.cited[e.head])
	}
	return titleOf(text)
}

// withoutCitations is a stretch of the text without the brackets that cite and
// without what it cites at its end, if more than that is left.
func (d *document) withoutCitations(s outline.Span, refs []citation.Reference) string {
	var out string
	at := s.Start
	if r := d.bytes(Span{refs[0].Start, refs[0].End}); r.Start < s.Start {
		refs = refs[1:] // the mark of an item
	} else if r.End <= s.End && own(d.text[s.Start:r.Start]) == 0 && own(d.text[r.End:s.End]) > maxAside {
		at = r.End
	}
	for _, g := range groups(d.text, s) {
		if g.Start >= at && !d.uncited(refs, g.Start, g.End) {
			out += d.text[at:g.Start]
			at = g.End
		}
	}
	end := s.End
	for i := len(refs) - 1; i >= 0; i-- {
		r := d.bytes(Span{refs[i].Start, refs[i].End})
		if r.Start < at || own(d.text[min(r.End, end):end]) > 0 {
			break
		}
		end = r.Start
	}
	if out += d.text[at:end]; own(out) == 0 {
		return s.Of(d.text)
	}
	if at == s.Start || strings.HasPrefix(out, d.text[s.Start:min(s.End, s.Start+2)]) {
		return out // its own beginning: the marks are of its name
	}
	return strings.TrimLeft(out, "*_:.,;)]–—- \n")
}

// groups are the outermost brackets of a stretch.
func groups(text string, s outline.Span) []outline.Span {
	var out []outline.Span
	depth, start := 0, 0
	for i := s.Start; i < s.End; i++ {
		switch text[i] {
		case '(', '[':
			if depth == 0 {
				start = i
			}
			depth++
		case ')', ']':
			if depth = max(0, depth-1); depth == 0 && start > 0 {
				out = append(out, outline.Span{Start: start, End: i + 1})
				start = 0
			}
		}
	}
	return out
}
