package intake

import (
	"context"
	"slices"
	"sort"
	"unicode/utf8"

	"normmap/internal/citation"
	"normmap/internal/norms"
	"normmap/internal/outline"
)

// document is a text that is being read.
type document struct {
	ctx      context.Context // of this reading, which every loop over blocks asks whether to go on
	text     string
	runes    []int32 // code points before each byte
	starts   []int32 // the byte at which each code point begins
	blocks   []outline.Block
	over     []int                  // the heading over each block
	cited    [][]citation.Reference // by block
	denied   []citation.Reference   // set apart: the text says that it is not so
	bare     []bool                 // the block says nothing but what it cites
	grammar  *citation.Grammar
	named    map[outline.Span][]citation.Name // of cells, as far as asked for
	dated    norms.Date
	language string
	classes  []class      // of headings, by block
	headings []int        // the blocks that are headings
	citing   map[int]bool // headings with something cited in their sections, as far as asked for
	entries  []*entry
	used     map[int]bool     // references by their place that belong to an initiative
	notes    map[string][]int // the blocks of the footnotes that have a mark
	heads    []int            // the row that names the columns of each row
	leftOut  []int            // blocks of greetings, adherences and what was not done where initiatives stand
	undone   []int            // blocks that say that nothing was done of what they cite
	// unsettled are numbers in tables of one of several agreements.
	unsettled []citation.Passage
	unread    []bool               // by block: numbers that cite something unknown
	above     map[int]outline.Span // the last cell of each column that was not empty
	aboveOf   int                  // the row that heads those columns
}

// Read reads the text of a document with a grammar of the recorded names. It
// fails only when ctx ends before it is done.
func Read(ctx context.Context, g *citation.Grammar, text string, o Options) (Reading, error) {
	blocks, err := outline.Blocks(ctx, text)
	if err != nil {
		return Reading{}, err
	}
	found, err := g.ReadIn(ctx, text, blocks)
	if err != nil {
		return Reading{}, err
	}
	d := &document{ctx: ctx, text: text, grammar: g, blocks: blocks, used: map[int]bool{}, notes: map[string][]int{}, citing: map[int]bool{}}
	d.count()
	d.over = outline.Under(d.blocks)
	d.endnotes()
	d.grammar = g.With(found.Short)
	d.place(found.References)
	passages := slices.Concat(found.Passages, d.unsettled)
	d.missed(passages)
	opens := d.series()
	d.raise(opens)
	d.lower(opens)
	d.over = outline.Under(d.blocks)
	d.classify()
	out := Reading{Language: language(text), Dated: dateOf(text)}
	if d.dated = o.Dated; d.dated == "" {
		d.dated = out.Dated
	}
	d.language = out.Language
	d.collect()
	d.settle()
	d.tell(&out, passages)
	return out, ctx.Err()
}

// tell puts what was found into a reading.
func (d *document) tell(out *Reading, passages []citation.Passage) {
	out.Sections, out.Links = d.sections(), d.links()
	for _, e := range d.entries {
		if d.ctx.Err() != nil {
			return
		}
		i := d.initiative(e)
		if i.Planned == nil {
			i.Planned = d.underPlans(e.heading, d.bytes(i.Span).Of(d.text))
		}
		out.Initiatives = append(out.Initiatives, i)
	}
	for _, r := range d.references() {
		if !d.used[r.Start] {
			out.Elsewhere = append(out.Elsewhere, r)
		}
	}
	out.Problems = d.problems(*out, passages)
}

// count numbers the code points.
func (d *document) count() {
	d.runes = make([]int32, len(d.text)+1)
	n, next := int32(0), 0
	for i := range d.runes {
		if i == next && i > 0 {
			n++
		}
		if i == next && i < len(d.text) {
			_, size := utf8.DecodeRuneInString(d.text[i:])
			d.starts = append(d.starts, int32(i))
			next += size
		}
		d.runes[i] = n
	}
}

// span is a stretch of bytes as one of code points.
func (d *document) span(s outline.Span) Span {
	return Span{int(d.runes[s.Start]), int(d.runes[s.End])}
}

// at returns the byte at which a code point begins.
func (d *document) at(place int) int {
	if place >= len(d.starts) {
		return len(d.text)
	}
	return int(d.starts[place])
}

// bytes is a stretch of code points as one of bytes.
func (d *document) bytes(s Span) outline.Span {
	return outline.Span{Start: d.at(s.Start), End: d.at(s.End)}
}

// place gives each reference to the block that it stands in, and finds the
// blocks that hold nothing else.
func (d *document) place(refs []citation.Reference) {
	d.cited = make([][]citation.Reference, len(d.blocks))
	d.bare = make([]bool, len(d.blocks))
	b := 0
	for _, r := range refs {
		at := d.at(r.Start)
		for b < len(d.blocks)-1 && d.blocks[b+1].Whole.Start <= at {
			b++
		}
		if len(d.blocks) > 0 {
			d.cited[b] = append(d.cited[b], r)
		}
	}
	d.headRows()
	for i, b := range d.blocks {
		if d.ctx.Err() != nil {
			return
		}
		if b.Kind == outline.Row {
			d.cited[i] = d.rowReferences(i)
		}
		if b.Kind == outline.Paragraph || b.Kind == outline.Item {
			d.deny(i)
		}
		d.bare[i] = len(d.cited[i]) > 0 && d.onlyCites(b, d.cited[i])
		if b.Kind == outline.Note {
			d.notes[noteKey(b.Mark)] = append(d.notes[noteKey(b.Mark)], i)
		}
	}
}

// missed marks the blocks with numbers that may cite something.
func (d *document) missed(passages []citation.Passage) {
	d.unread = make([]bool, len(d.blocks))
	for _, p := range passages {
		at := d.at(p.Start)
		b := sort.Search(len(d.blocks), func(i int) bool { return d.blocks[i].Whole.Start > at }) - 1
		if b < 0 || p.Reason == citation.NotNamed || p.Reason == citation.NotKnown {
			continue
		}
		block := d.blocks[b]
		from := min(block.Body.Start, at)
		d.unread[b] = d.unread[b] || block.Kind != outline.Paragraph || own(d.text[from:min(at, from+withinTold)]) >= enoughTold
	}
}

// enoughTold is how many words a paragraph says before numbers that may cite
// something, if they are there for what it tells, and withinTold how many bytes of it
// are looked at: a long one may hold many such numbers.
const (
	enoughTold = 3
	withinTold = 1000
)

// references are all of the document in order.
func (d *document) references() []citation.Reference {
	all := append(slices.Concat(d.cited...), d.denied...)
	if len(d.denied) > 0 {
		all = inOrder(all)
	}
	return all
}

// sections are the headings with what stands under each up to the next that is
// as wide.
func (d *document) sections() []Section {
	var out []Section
	for i, b := range d.blocks {
		if b.Kind != outline.Heading {
			continue
		}
		end := b.Whole.End
		for _, next := range d.blocks[i+1:] {
			if next.Kind == outline.Heading && next.Level <= b.Level {
				break
			}
			end = next.Whole.End
		}
		out = append(out, Section{
			Span: d.span(outline.Span{Start: b.Whole.Start, End: end}), Title: d.headed(i),
			Level: b.Level, Question: questionNumber(b),
		})
	}
	return out
}

func (d *document) links() []Link {
	var out []Link
	for _, l := range outline.Links(d.text, outline.Span{End: len(d.text)}) {
		out = append(out, Link{Span: d.span(l.Whole), Text: plain(l.Text.Of(d.text)), Target: l.Target, Missing: l.Missing})
	}
	return out
}
