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
	// agreementColumn heads names of agreements, and figureColumn numbers of what the
	// cell before them names; elsewhere these may be of anything.
	agreementColumn = pattern.New(`(?i)\b(?:agreements?|frameworks?|accords?|norms?|principles?|instruments?|commitments?|cadres?|textes?|engagements?|normes?)\b`)
	figureColumn    = pattern.New(`(?i)^\W*(?:numbers?|nos?|no\.|nr|n°s?|numéros?|#)\W*$`)
)

// columnReferences are what a cell of numbers cites: of the agreement that the head
// of its column names, or else another cell of the row, or what stands over the
// table. Where the other cell names several agreements, each has a list of the
// numbers in their order, or nothing is read and somebody has to look.
func (d *document) columnReferences(i, c int, row outline.Block, labels []citation.Label, noun string) []citation.Reference {
	head := d.blocks[d.header(i)]
	place := head.Cells[c]
	if named := d.namedAt(place); len(named) > 0 {
		return d.numbersOf(row.Cells[c], named, place, citation.ByHeading, labels, noun)
	}
	text := place.Of(d.text)
	figures := figureColumn.MatchString(text) && c > 0 && agreementColumn.MatchString(head.Cells[c-1].Of(d.text))
	if noun == "" && !figures && !numberColumn.MatchString(text) {
		return nil
	}
	beside := d.besideNumbers(i, c, row, head)
	switch {
	case len(beside) > 1:
		d.leaveUnsettled(row.Cells[c])
		return nil
	case len(beside) == 1 && len(d.namedAt(beside[0])) > 1:
		return d.numbersInTurn(row.Cells[c], d.namedAt(beside[0]), beside[0])
	case len(beside) == 1:
		return d.numbersOf(row.Cells[c], d.namedAt(beside[0]), beside[0], citation.ByBefore, labels, noun)
	case figures:
		return nil
	}
	named, over := d.namedOver(row)
	return d.numbersOf(row.Cells[c], named, over, citation.ByBefore, labels, noun)
}

// besideNumbers are the cells of a row that name the agreement of numbers in another:
// those of a column of agreements, else all but the one that names the initiative,
// which may be about an agreement, else that one.
func (d *document) besideNumbers(i, c int, row, head outline.Block) []outline.Span {
	name := d.nameCell(i, d.header(i))
	var of, others, about []outline.Span
	for o := range row.Cells {
		cell := d.carried(row, o)
		if o == c || !short(cell) || len(d.namedAt(cell)) == 0 {
			continue
		}
		switch {
		case o < len(head.Cells) && o != name && agreementColumn.MatchString(head.Cells[o].Of(d.text)):
			of = append(of, cell)
		case o == name:
			about = append(about, cell)
		default:
			others = append(others, cell)
		}
	}
	switch {
	case len(of) > 0:
		return of
	case len(others) > 0:
		return others
	}
	return about
}

// leaveUnsettled notes numbers of one of several agreements.
func (d *document) leaveUnsettled(cell outline.Span) {
	d.unsettled = append(d.unsettled, citation.Passage{Text: cell.Of(d.text), Start: int(d.runes[cell.Start]), End: int(d.runes[cell.End]), Reason: citation.SeveralAgreements})
}

// numbersInTurn are what "6; 1" cites beside "Paris Call; Tech Accord".
func (d *document) numbersInTurn(cell outline.Span, named []citation.Name, place outline.Span) []citation.Reference {
	lists := strings.Split(cell.Of(d.text), ";")
	at := cell.Start
	var out []citation.Reference
	for n, list := range lists {
		words := strings.TrimSpace(list)
		labels, noun := citation.Numbers(words)
		if len(lists) != len(named) || len(labels) == 0 {
			d.leaveUnsettled(cell)
			return nil
		}
		from := at + strings.Index(list, words)
		one := outline.Span{Start: from, End: from + len(words)}
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
