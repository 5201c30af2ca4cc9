// Package outline tells what the lines of a text are: headings, items of lists
// and how deep they are nested, quotations, rows of tables, footnotes and plain
// paragraphs. Texts come as people write them: Markdown, half of it, or none,
// so that a line of capitals, an underlined line or "Question 3:" is a heading
// as well as "### 3." is. It never changes a text: every block says where it
// stands, in bytes.
package outline

import "context"

// Kind is what a block is.
type Kind string

// The kinds of blocks.
const (
	Paragraph Kind = "paragraph"
	Heading   Kind = "heading"
	Item      Kind = "item"
	Quote     Kind = "quote"
	Row       Kind = "row"
	Note      Kind = "note" // a footnote, at its place at the foot
	Code      Kind = "code"
)

// Span is a stretch of a text in bytes, half open.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Of returns the stretch of the text.
func (s Span) Of(text string) string { return text[s.Start:s.End] }

// Holds tells whether a place lies in the stretch.
func (s Span) Holds(at int) bool { return s.Start <= at && at < s.End }

// Block is a piece of a text that empty lines or marks set apart.
type Block struct {
	Kind Kind
	// Level is 1 for the widest heading and more for narrower ones. For an
	// item it is how many items it is nested in; for anything else, how many
	// items it continues: 0 outside of lists.
	Level int
	Whole Span   // with its mark, whole lines without the space around
	Body  Span   // what it says, without mark and emphasis around
	Mark  string // as printed: "-", "2.", "Q3", "[^1]"
	// Question tells of a heading that it asks something by number.
	Question bool
	Cells    []Span // of a row
	Header   bool   // the row names the columns
	GoesOn   bool   // the row only continues the cells of the one before
	Label    string // of a line of a form: words before a colon, in small letters, with which other lines begin, too
	Labelled int    // how many bytes of the body that takes
	Alone    bool   // it is one line of the text
	Gap      bool   // an empty line stands before it, or nothing
}

// widths of headings that do not say how wide they are.
const (
	questionLevel = 3
	numberLevel   = 4
	capsLevel     = 4
	boldLevel     = 6
	shortLevel    = ShortLevel
)

// ShortLevel is the level of a heading that nothing marks as one: a short line
// by itself.
const ShortLevel = 7

// between is after how many lines a reader asks whether it should go on.
const between = 256

// Blocks returns the blocks of a text in order; they do not overlap. It fails
// only when ctx ends before it is done.
func Blocks(ctx context.Context, text string) ([]Block, error) {
	r := reader{text: text, unwrapped: unwrapped(text)}
	all := lines(text)
	tables := aligned(text, all)
	r.labels = labels(all)
	for i, l := range all {
		if i%between == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if cells := tables[i]; cells != nil && !r.fenced {
			r.alignedRow(l, cells)
			continue
		}
		r.read(l)
	}
	r.flush()
	r.headings()
	r.nest()
	r.label()
	out := make([]Block, len(r.blocks))
	for i, b := range r.blocks {
		out[i] = b.Block
	}
	return out, ctx.Err()
}

// Under returns for each block the heading over it, as an index, or -1. For a
// heading it is the wider one that it stands in.
func Under(blocks []Block) []int {
	over := make([]int, len(blocks))
	var open []int
	for i, b := range blocks {
		if b.Kind == Heading {
			for len(open) > 0 && blocks[open[len(open)-1]].Level >= b.Level {
				open = open[:len(open)-1]
			}
		}
		over[i] = -1
		if len(open) > 0 {
			over[i] = open[len(open)-1]
		}
		if b.Kind == Heading {
			open = append(open, i)
		}
	}
	return over
}
