package intake

import (
	"slices"
	"strings"

	"normmap/internal/citation"
	"normmap/internal/outline"
	"normmap/internal/pattern"
)

var (
	numberColumn = pattern.New(`(?i)\b(?:principles?|norms?|articles?|commitments?|recommendations?|principes?|normes?|engagements?|recommandations?)\b`)
	// figureColumn heads numbers of what is named in the cell before; elsewhere they
	// may be of anything.
	figureColumn = pattern.New(`(?i)^\W*(?:numbers?|nos?|no\.|nr|n°s?|numéros?|#)\W*$`)
)

// columnReferences are what a cell of numbers cites: of the agreement that the head
// of its column names, or else another cell of the row, or what stands over the
// table. Where the other cell names several agreements, each has a list of the
// numbers in their order, or nothing is read and somebody has to look.
func (d *document) columnReferences(row, head outline.Block, c int, labels []citation.Label, noun string) []citation.Reference {
	place := head.Cells[c]
	if named := d.namedAt(place); len(named) > 0 {
		return d.numbersOf(row.Cells[c], named, place, citation.ByHeading, labels, noun)
	}
	text := place.Of(d.text)
	beside := figureColumn.MatchString(text)
	if noun == "" && !beside && !numberColumn.MatchString(text) {
		return nil
	}
	for o := range row.Cells {
		other := d.carried(row, o)
		if o == c || beside && o != c-1 || !short(other) {
			continue
		}
		switch named := d.namedAt(other); {
		case len(named) == 1:
			return d.numbersOf(row.Cells[c], named, other, citation.ByBefore, labels, noun)
		case len(named) > 1:
			return d.numbersInTurn(row.Cells[c], named, other)
		}
	}
	if beside {
		return nil
	}
	named, over := d.namedOver(row)
	return d.numbersOf(row.Cells[c], named, over, citation.ByBefore, labels, noun)
}

// numbersInTurn are what "6; 1" cites beside "Paris Call; Tech Accord".
func (d *document) numbersInTurn(cell outline.Span, named []citation.Name, place outline.Span) []citation.Reference {
	lists := strings.Split(cell.Of(d.text), ";")
	at := cell.Start
	var out []citation.Reference
	for n, list := range lists {
		one := outline.Span{Start: at + len(list) - len(strings.TrimLeft(list, " ")), End: at + len(strings.TrimRight(list, " "))}
		labels, noun := citation.Numbers(strings.TrimSpace(list))
		if len(lists) != len(named) || len(labels) == 0 {
			d.unsettled = append(d.unsettled, citation.Passage{Text: cell.Of(d.text), Start: int(d.runes[cell.Start]), End: int(d.runes[cell.End]), Reason: citation.SeveralAgreements})
			return nil
		}
		out = append(out, d.numbersOf(one, named[n:n+1], place, citation.ByBefore, labels, noun)...)
		at += len(list) + len(";")
	}
	return out
}

// numbersOf are numbers of the one agreement that a place names.
func (d *document) numbersOf(cell outline.Span, named []citation.Name, place outline.Span, by citation.By, labels []citation.Label, noun string) []citation.Reference {
	if len(named) != 1 {
		return nil
	}
	start := int(d.runes[cell.Start])
	ref := citation.Reference{
		Text: cell.Of(d.text), Start: start, End: int(d.runes[cell.End]), Agreement: named[0].Agreement, Edition: named[0].Edition, Name: named[0].Text, Noun: noun, By: by,
	}
	ref.NameStart = int(d.runes[place.Start+max(0, strings.Index(place.Of(d.text), named[0].Text))])
	ref.NameEnd = ref.NameStart + len([]rune(named[0].Text))
	for _, l := range labels {
		l.Start, l.End = l.Start+start, l.End+start
		ref.Labels = append(ref.Labels, l)
	}
	return []citation.Reference{ref}
}

// namedAt is what a cell names: many others ask for it.
func (d *document) namedAt(cell outline.Span) []citation.Name {
	if known, ok := d.named[cell]; ok {
		return known
	}
	if d.named == nil {
		d.named = map[outline.Span][]citation.Name{}
	}
	d.named[cell] = d.grammar.Named(cell.Of(d.text))
	return d.named[cell]
}

// namedOver is what the paragraph before the table of a row names, else the
// headings over it.
func (d *document) namedOver(row outline.Block) ([]citation.Name, outline.Span) {
	i, _ := slices.BinarySearchFunc(d.blocks, row.Whole.Start, func(b outline.Block, at int) int { return b.Whole.Start - at })
	first := d.heads[i]
	if first > 0 && d.blocks[first-1].Kind == outline.Paragraph {
		place := d.blocks[first-1].Whole
		if named := d.namedAt(place); len(named) > 0 {
			return named, place
		}
	}
	for h := d.over[i]; h >= 0; h = d.over[h] {
		place := d.blocks[h].Whole
		if named := d.namedAt(place); len(named) > 0 {
			return named, place
		}
	}
	return nil, outline.Span{}
}
