package outline

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// How many spaces part two cells of a table that is drawn with spaces, how many
// where only two lines stand under each other, and how long lines may be.
const (
	gutter     = 2
	fewGutter  = 3
	maxAligned = 400
)

// stretch is a cell of a line, with the column in which it begins.
type stretch struct {
	Span
	column, end int
}

// stretches are the pieces of a line that spaces part. Two spaces after the end
// of a sentence part none, nor do those behind the mark of an item.
func stretches(text string, l line) []stretch {
	if len(l.text) > maxAligned || l.tabs > 0 {
		return nil
	}
	out := []stretch{{Span: Span{l.Start, l.Start}, column: l.indent}}
	column, spaces := l.indent, 0
	for at := l.Start; at < l.End; {
		r, size := utf8.DecodeRuneInString(text[at:l.End])
		last := &out[len(out)-1]
		if r == ' ' || r == '\u00a0' {
			spaces++
		} else {
			if spaces >= gutter && !runsOn(last.Of(text), spaces) {
				out = append(out, stretch{Span: Span{at, at}, column: column})
				last = &out[len(out)-1]
			}
			last.End, last.end, spaces = at+size, column+1, 0
		}
		at, column = at+size, column+1
	}
	return out
}

// runsOn tells whether a piece goes on behind its spaces: it is the mark of an
// item or ends a sentence.
func runsOn(piece string, spaces int) bool {
	if bullet.MatchString(piece+" x") || numbered.MatchString(piece+" x") || question.MatchString(piece+" x") {
		return true
	}
	last, _ := utf8.DecodeLastRuneInString(piece)
	return spaces == gutter && strings.ContainsRune(".!?:;", last)
}

// aligned finds the tables that are drawn with spaces: it returns the cells of
// the lines that are their rows.
func aligned(text string, all []line) map[int][]Span {
	rows := map[int][]Span{}
	for from := 0; from < len(all); {
		to := from
		var cells [][]stretch
		for to < len(all) && all[to].text != "" {
			s := stretches(text, all[to])
			if len(s) < 2 && !dashes(all[to].text) {
				break
			}
			cells = append(cells, s)
			to++
		}
		if columns := common(text, cells); len(columns) > 0 {
			for i, s := range cells {
				if !dashes(all[from+i].text) {
					rows[from+i] = inColumns(s, columns)
				}
			}
		}
		from = max(to, from+1)
	}
	return rows
}

// dashes tells of a line that is drawn between rows.
func dashes(s string) bool {
	return len(s) > 4 && strings.Trim(s, "-=+– ") == ""
}

// common are the columns in which cells of lines begin, nil when they are no
// table: every line has a cell at one of them, and no words run over any.
func common(text string, lines [][]stretch) []int {
	begin, rows, forms := map[int]int{}, 0, 0
	for _, cells := range lines {
		if len(cells) == 0 || dashes(text[cells[0].Start:cells[len(cells)-1].End]) {
			continue
		}
		rows++
		if strings.HasSuffix(cells[0].Of(text), ":") {
			forms++
		}
		for _, c := range cells[1:] {
			begin[c.column]++
		}
	}
	if rows < 2 || 2*forms >= rows {
		return nil
	}
	var columns []int
	for c, n := range begin {
		if n > 1 && !crossed(lines, c) {
			columns = append(columns, c)
		}
	}
	for _, cells := range lines {
		if len(cells) > 1 && !dashes(text[cells[0].Start:cells[len(cells)-1].End]) && !standsAt(cells, columns, rows) {
			return nil
		}
	}
	return columns
}

// crossed tells whether words of any line run over a column.
func crossed(lines [][]stretch, column int) bool {
	for _, cells := range lines {
		for _, c := range cells {
			if c.column < column && c.end > column-1 {
				return true
			}
		}
	}
	return false
}

// standsAt tells whether a cell of a line begins at one of the columns.
func standsAt(cells []stretch, columns []int, rows int) bool {
	for i, c := range cells[1:] {
		for _, column := range columns {
			if c.column == column && (rows > 2 || c.column-cells[i].end >= fewGutter) {
				return true
			}
		}
	}
	return false
}

// inColumns are the cells of a line, one for each column and one before them.
func inColumns(cells []stretch, columns []int) []Span {
	out := make([]Span, len(columns)+1)
	for i := range out {
		out[i] = Span{cells[0].Start, cells[0].Start}
	}
	for _, c := range cells {
		at := 0
		for _, column := range columns {
			if c.column >= column {
				at++
			}
		}
		if out[at].End == out[at].Start {
			out[at] = c.Span
		}
		out[at].End = c.End
	}
	return out
}

// alignedRow adds a row of such a table. One whose first words begin small only
// continues the cells of the row before.
func (r *reader) alignedRow(l line, cells []Span) {
	r.flush()
	first, _ := utf8.DecodeRuneInString(cells[0].Of(r.text))
	n := len(r.blocks)
	goesOn := unicode.IsLower(first) && n > 0 && r.blocks[n-1].Kind == Row && !r.blank
	r.add(piece{Block: Block{Kind: Row, Whole: l.Span, Body: l.Span, Cells: cells, GoesOn: goesOn}, indent: l.indent, lines: 1})
}
