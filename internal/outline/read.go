package outline

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"normmap/internal/pattern"
)

// piece is a block with what is needed to place it.
type piece struct {
	Block
	indent  int  // columns before the mark
	content int  // columns before the words
	gap     bool // an empty line stands before
	lines   int
	tabs    int // of its first line, when it may be a row
}

// reader puts lines together into pieces.
type reader struct {
	text      string
	unwrapped bool
	blocks    []piece
	open      *piece         // what the next line may continue
	labels    map[string]int // how many lines begin with each
	blank     bool           // the line before was empty
	fenced    bool
	bordered  bool // a table is open whose borders are drawn
	between   bool // a row of it stood since its last border
}

func (r *reader) read(l line) {
	switch {
	case fence.MatchString(l.text):
		r.flush()
		r.fenced = !r.fenced
	case r.fenced:
		r.extend(l, Code)
	case l.text == "":
		r.flush()
		r.blank, r.bordered = true, false
	case border.MatchString(l.text):
		r.drawBorder()
	case r.underline(l):
	case rule.MatchString(l.text):
		r.flush()
	case divider.MatchString(l.text) && strings.Contains(l.text, "|"):
		r.divide()
	default:
		r.start(l)
	}
}

// start reads a line that says something.
func (r *reader) start(l line) {
	if m := hashes.FindStringSubmatchIndex(l.text); m != nil {
		r.heading(l, m[3]-m[2], l.at(m[4], m[5]))
		return
	}
	if m := drawn.FindStringSubmatchIndex(l.text); m != nil {
		level := capsLevel
		if l.text[0] == '=' {
			level = m[3] - m[2] // as wikis count
		}
		r.heading(l, level, l.at(m[4], m[5]))
		return
	}
	switch {
	case strings.HasPrefix(l.text, ">"):
		r.extend(l, Quote)
	case strings.HasPrefix(l.text, "|"):
		r.row(l, '|')
	case r.midSentence(l):
		r.extend(l, Paragraph)
	case r.marked(l, note, Note), r.marked(l, question, Heading), r.marked(l, bullet, Item), r.marked(l, bulletO, Item), r.marked(l, bulletOf, Item), r.marked(l, numbered, Item), r.marked(l, dashed, Item):
	case l.tabs > 0:
		r.row(l, '\t')
	default:
		r.extend(l, Paragraph)
	}
}

// at is a stretch of the line as one of the text.
func (l line) at(from, to int) Span { return Span{l.Start + from, l.Start + to} }

// underline makes a heading of the line before, if this one is drawn under it.
func (r *reader) underline(l line) bool {
	p := r.open
	if p == nil || p.Kind != Paragraph || p.lines != 1 || p.Level > 0 || !setext.MatchString(l.text) {
		return false
	}
	p.Kind, p.Level = Heading, 2
	if l.text[0] == '=' {
		p.Level = 1
	}
	r.flush()
	return true
}

var setext = pattern.New(`^(?:={3,}|-{3,})$`)

// divide makes the row before the name of the columns.
func (r *reader) divide() {
	r.flush()
	if n := len(r.blocks); n > 0 && r.blocks[n-1].Kind == Row && !r.blank {
		r.blocks[n-1].Header = true
		return
	}
	if n := len(r.blocks); n > 0 && r.blocks[n-1].Kind == Paragraph && r.blocks[n-1].lines == 1 && !r.blank {
		b := &r.blocks[n-1]
		if cells := cellsOf(r.text, b.Whole, '|'); len(cells) > 1 && len(cells) <= maxCells {
			b.Kind, b.Cells, b.Header = Row, cells, true
		}
	}
}

// drawBorder reads a line between the rows of a table whose borders are drawn: what
// stands up to the next is one row.
func (r *reader) drawBorder() {
	r.flush()
	n := len(r.blocks)
	if n > 0 && r.bordered && r.blocks[n-1].Kind == Row && !r.blank && (n == 1 || r.blocks[n-2].Kind != Row) {
		r.blocks[n-1].Header = true
	}
	r.bordered, r.between = true, false
}

func (r *reader) heading(l line, level int, body Span) {
	r.flush()
	body = trimmed(r.text, Span{body.Start, body.Start + len(strings.TrimRight(body.Of(r.text), "# \t"))})
	p := r.add(piece{Block: Block{Kind: Heading, Level: level, Whole: l.Span, Body: body}, indent: l.indent, lines: 1})
	if m := question.FindStringSubmatch(body.Of(r.text)); m != nil {
		p.Mark, p.Question = m[1], true
	} else if m := numbered.FindStringSubmatch(body.Of(r.text)); m != nil {
		p.Mark, p.Question = m[1], strings.Contains(body.Of(r.text), "?")
	}
	r.open = nil
}

// marked reads a line that begins with a mark.
func (r *reader) marked(l line, form *pattern.Pattern, kind Kind) bool {
	m := form.FindStringSubmatchIndex(l.text)
	if m == nil {
		return false
	}
	r.flush()
	p := piece{Block: Block{Kind: kind, Whole: l.Span, Body: l.at(m[4], m[5]), Mark: strings.TrimSpace(l.text[m[2]:m[3]])}, indent: l.indent, lines: 1}
	p.content = l.indent + m[4]
	if kind == Heading {
		p.Level, p.Question = questionLevel, true
	}
	r.open = r.add(p)
	return true
}

// maxCells is how many cells a row has at most: a line with more of its signs is
// no row of a table that anybody wrote.
const maxCells = 500

func (r *reader) row(l line, sign byte) {
	if strings.Count(l.text, string(sign)) > maxCells {
		r.extend(l, Paragraph)
		return
	}
	r.flush()
	goesOn := r.bordered && r.between && sign == '|'
	r.between = true
	r.add(piece{Block: Block{Kind: Row, Whole: l.Span, Body: l.Span, Cells: cellsOf(r.text, l.Span, sign), GoesOn: goesOn}, indent: l.indent, lines: 1, tabs: l.tabs})
}

// extend continues what is open by a line of the same kind, or opens another.
func (r *reader) extend(l line, kind Kind) {
	p := r.open
	continues := p != nil && (p.Kind == kind || kind == Paragraph && (p.Kind == Item || p.Kind == Note || p.Kind == Quote || p.Kind == Heading))
	if name, _ := labelOf(l.text); kind == Paragraph && r.labels[name] > 1 {
		continues = false
	}
	if kind == Paragraph && speaker.MatchString(l.text) {
		continues = false
	}
	if continues && kind == Paragraph && r.unwrapped && p.Kind != Quote && !hangs(r.text, p, l) {
		continues = false
	}
	if continues && p.Kind == Item && p.lines == 1 && capitals(p.Body.Of(r.text)) && !capitals(l.text) {
		continues = false // A. AGREEMENTS, and under it what is said of them
	}
	if continues {
		p.Whole.End, p.Body.End = l.End, l.End
		p.lines++
		return
	}
	r.flush()
	body := l.Span
	if kind == Quote {
		body.Start += len(l.text) - len(strings.TrimLeft(l.text, "> \t"))
	}
	r.open = r.add(piece{Block: Block{Kind: kind, Whole: l.Span, Body: body}, indent: l.indent, content: l.indent, lines: 1})
}

// hangs tells of a line under the words of an item that goes on with them, in a
// text of which other lines are whole paragraphs.
func hangs(text string, p *piece, l line) bool {
	if p.Kind != Item || l.indent < p.content {
		return false
	}
	first, _ := utf8.DecodeRuneInString(l.text)
	return unicode.IsLower(first) || !strings.ContainsRune(".:;!?", rune(text[p.Body.End-1]))
}

// add keeps a piece; the returned one is valid until the next is added.
func (r *reader) add(p piece) *piece {
	p.gap = r.blank || len(r.blocks) == 0
	r.blank = false
	r.blocks = append(r.blocks, p)
	return &r.blocks[len(r.blocks)-1]
}

func (r *reader) flush() { r.open = nil }

// cellsOf cuts a row at its signs; a sign behind a backslash is part of a cell.
func cellsOf(text string, row Span, sign byte) []Span {
	var cells []Span
	if sign == '|' {
		if row.Start < row.End && text[row.Start] == '|' {
			row.Start++
		}
		if row.End > row.Start && text[row.End-1] == '|' && (row.End < 2 || text[row.End-2] != '\\') {
			row.End--
		}
	}
	from := row.Start
	for i := row.Start; i < row.End; i++ {
		if text[i] == sign && (sign == '\t' || i == row.Start || text[i-1] != '\\') {
			cells = append(cells, trimmed(text, Span{from, i}))
			from = i + 1
		}
	}
	return append(cells, trimmed(text, Span{from, row.End}))
}

// trimmed takes space off both ends.
func trimmed(text string, s Span) Span {
	body := s.Of(text)
	left := len(body) - len(strings.TrimLeft(body, " \t\r\n"))
	if left == len(body) {
		return Span{s.Start, s.Start}
	}
	return Span{s.Start + left, s.Start + len(strings.TrimRight(body, " \t\r\n"))}
}
