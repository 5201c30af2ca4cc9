package intake

import (
	"slices"

	"normmap/internal/citation"
	"normmap/internal/outline"
	"normmap/internal/pattern"
)

// headRows finds for each row the one that names its columns: the first of its
// table.
func (d *document) headRows() {
	d.heads = make([]int, len(d.blocks))
	for i, b := range d.blocks {
		d.heads[i] = -1
		if b.Kind != outline.Row {
			continue
		}
		d.heads[i] = i
		if i > 0 && d.blocks[i-1].Kind == outline.Row && !b.Header && !b.Gap {
			d.heads[i] = d.heads[i-1]
		} else if d.headless(i) {
			d.heads[i] = -1
		}
	}
}

// headless tells of the first row of a table that names no columns: it cites, and
// so does the next.
func (d *document) headless(i int) bool {
	return !d.blocks[i].Header && len(d.cited[i]) > 0 && i+1 < len(d.blocks) && d.blocks[i+1].Kind == outline.Row && !d.blocks[i+1].Gap && len(d.cited[i+1]) > 0
}

// header returns the row that names the columns of row i, -1 for none.
func (d *document) header(i int) int { return d.heads[i] }

// rowReferences are what a row cites: what the grammar read in it, and cells of
// numbers whose agreement the head of the column or another cell names.
func (d *document) rowReferences(i int) []citation.Reference {
	refs := d.cited[i]
	h := d.header(i)
	d.carry(i, h)
	if h == i || h < 0 {
		return refs
	}
	row, head := d.blocks[i], d.blocks[h]
	for c, cell := range row.Cells {
		if d.ctx.Err() != nil {
			return refs
		}
		if !d.uncited(refs, cell.Start, cell.End) || c >= len(head.Cells) {
			continue
		}
		if over := d.citedIn(h, head.Cells[c]); len(over) > 0 {
			if marked.MatchString(cell.Of(d.text)) {
				refs = append(refs, over...)
			}
			continue
		}
		labels, noun := citation.Numbers(cell.Of(d.text))
		if first := numbersFirst.FindStringSubmatch(cell.Of(d.text)); len(labels) == 0 && first != nil && (len(d.namedAt(head.Cells[c])) == 1 || numberColumn.MatchString(head.Cells[c].Of(d.text))) {
			labels, noun = citation.Numbers(first[1])
			row.Cells = slices.Clone(row.Cells)
			row.Cells[c].End = cell.Start + len(first[1])
		}
		if len(labels) == 0 {
			continue
		}
		refs = append(refs, d.columnReferences(i, c, row, labels, noun)...)
	}
	return inOrder(refs)
}

// numbersFirst are numbers in a cell that prints the title of what it cites after
// them: "(f), (g) Critical infrastructure", "2 (public core)".
var numbersFirst = pattern.New(`^((?:(?:, | and | et | & )?(?:\d{1,2}(?:\([a-z]\)|[a-z]\b)?|\([a-z]\)))+)(?:(?:\.|:| [–—-])? \p{Lu}\p{Ll}| \(\p{L}{2})`)

// marked is a cell that says that its row is about what its column cites.
var marked = pattern.New(`(?i)^\W*(?:x|yes|y|oui|o|ja|si|✓|✔|✗|●|•|■|☑|☒|✅|\+)\W*$|^[✓✔●•■☑☒✅+]+$`)

// citedIn is what a cell of the row that names the columns cites.
func (d *document) citedIn(h int, cell outline.Span) []citation.Reference {
	var out []citation.Reference
	for _, r := range d.cited[h] {
		if at := d.at(r.Start); cell.Start <= at && at < cell.End {
			out = append(out, r)
		}
	}
	return out
}

// carry keeps, for each column of a table, the last cell that was not empty: a
// cell that is empty may mean what stands above it.
func (d *document) carry(i, h int) {
	if h == i || h < 0 || d.above == nil || d.aboveOf != h {
		d.above, d.aboveOf = map[int]outline.Span{}, h
	}
	for c, cell := range d.blocks[i].Cells {
		if i != h && cell.Start < cell.End {
			d.above[c] = cell
		}
	}
}

// carried is a cell, or what stands above it if it is empty.
func (d *document) carried(row outline.Block, c int) outline.Span {
	if cell := row.Cells[c]; cell.Start < cell.End {
		return cell
	}
	return d.above[c]
}

// short cells name things; longer ones tell of them.
func short(cell outline.Span) bool { return cell.End-cell.Start < 120 }

var (
	nameColumn = pattern.New(`(?i)\b(?:initiatives?|projects?|activit(?:y|ies)|measures?|program(?:me)?s?|title|name|what|actions? taken|projets?|activités?|mesures?|intitulé|nom|titre)\b`)
)

// row makes an entry of a row that has the name of an initiative. A row whose
// first cells are empty goes on with the row before.
func (d *document) row(i int, open *entry) *entry {
	b := d.blocks[i]
	h := d.header(i)
	if h == i || len(b.Cells) == 0 {
		return open
	}
	name := d.nameCell(i, h)
	if b.GoesOn || name < 0 || b.Cells[name].Start == b.Cells[name].End {
		if open != nil && d.blocks[open.head].Kind == outline.Row {
			open.last = i
			open.refs = append(open.refs, d.cited[i]...)
		}
		return open
	}
	e := &entry{head: i, last: i, heading: d.over[i], refs: d.cited[i]}
	d.entries = append(d.entries, e)
	return e
}

// nameCell is the column that names what the row is about: the one that its
// head says, else the first that cites nothing.
func (d *document) nameCell(i, h int) int {
	b := d.blocks[i]
	if h >= 0 {
		for c, head := range d.blocks[h].Cells {
			if c < len(b.Cells) && nameColumn.MatchString(head.Of(d.text)) && len(d.namedAt(head)) == 0 {
				return c
			}
		}
	}
	for c, cell := range b.Cells {
		text := cell.Of(d.text)
		if labels, _ := citation.Numbers(text); len(labels) == 0 && d.uncited(d.cited[i], cell.Start, cell.End) && len(d.namedAt(cell)) == 0 && text != "" {
			return c
		}
	}
	return -1
}

// inOrder sorts references by their place.
func inOrder(refs []citation.Reference) []citation.Reference {
	for i := 1; i < len(refs); i++ {
		for j := i; j > 0 && refs[j-1].Start > refs[j].Start; j-- {
			refs[j-1], refs[j] = refs[j], refs[j-1]
		}
	}
	return refs
}
