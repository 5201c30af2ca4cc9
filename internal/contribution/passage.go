package contribution

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"normmap/internal/norms"
	"normmap/internal/outline"
)

// longPassage is how many code points of a passage are shown in one piece; the
// next empty line after it begins another.
const longPassage = 4000

// cut shows the piece of the text that holds a place: the passages that begin
// in one stretch of norms.TextShown code points, so that pieces stay the same.
func (d *desk) cut(ctx context.Context, place int) error {
	all, err := d.passages(ctx)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		all = []norms.DeskPassage{{End: d.Length}}
	}
	at := max(0, slices.IndexFunc(all, func(p norms.DeskPassage) bool { return place < p.End }))
	piece := all[at].Start / norms.TextShown
	d.Passages = slices.DeleteFunc(all, func(p norms.DeskPassage) bool { return p.Start/norms.TextShown != piece })
	d.Start, d.End = d.Passages[0].Start, d.Passages[len(d.Passages)-1].End
	if piece == 0 {
		d.Start = 0
	}
	shown := []rune(norms.Mask(string(d.lines.runes[d.Start:d.End])))
	for i := range d.Passages {
		p := &d.Passages[i]
		p.Text = strings.TrimRight(string(shown[p.Start-d.Start:p.End-d.Start]), "\n")
		p.Cards, p.Problems = []norms.DeskCard{}, []norms.DeskProblem{}
	}
	d.deal()
	d.dealProblems()
	return nil
}

// deal puts the cards beside the passages that are shown, and those that have no
// place before them. Both lists are in the order of the text.
func (d *desk) deal() {
	at := 0
	for _, c := range d.cards {
		for at < len(d.Passages) && c.Place >= d.Passages[at].End {
			at++
		}
		switch {
		case c.Place < 0:
			d.Besides = append(d.Besides, c)
		case at < len(d.Passages) && c.Place >= d.Passages[at].Start:
			d.Passages[at].Cards = append(d.Passages[at].Cards, c)
		}
	}
}

// dealProblems puts what is to be looked at beside its words.
func (d *desk) dealProblems() {
	at := 0
	for _, problem := range d.ToLookAt {
		for at < len(d.Passages)-1 && problem.Start >= d.Passages[at].End {
			at++
		}
		if problem.Start >= d.Start && problem.Start < d.End {
			d.Passages[at].Problems = append(d.Passages[at].Problems, problem)
		}
	}
}

// passages cuts the whole text where another initiative begins or ends, and at
// headings.
func (d *desk) passages(ctx context.Context) ([]norms.DeskPassage, error) {
	c, err := d.cutter(ctx)
	if err != nil {
		return nil, err
	}
	var out []norms.DeskPassage
	for n, start := range d.lines.starts {
		end := d.Length
		if n+1 < len(d.lines.starts) {
			end = d.lines.starts[n+1]
		}
		next, begins := c.line(n, out)
		if begins && (len(out) == 0 || !blank(d.lines.runes[out[len(out)-1].Start:start])) {
			next.Start, next.End = start, end
			out = append(out, next)
			continue
		}
		if begins {
			out[len(out)-1].Of, out[len(out)-1].Heading = next.Of, next.Heading
		}
		out[len(out)-1].End = end
	}
	return out, nil
}

func blank(runes []rune) bool {
	return !slices.ContainsFunc(runes, func(r rune) bool { return !unicode.IsSpace(r) })
}

// cutter tells line by line, counted from 0, where passages begin.
type cutter struct {
	blocks []outline.Block
	begins []int       // the block that begins on each line, -1 for none
	within []int       // the block on each line, -1 for none
	opens  map[int]int // edits that add the initiative of which the words begin on a line
	cites  map[int]int // those of the initiative for which a line cites
	head   map[int]int // the line on which the words of each begin
	last   map[int]int // the last line of each
	starts []int
}

func (d *desk) cutter(ctx context.Context) (cutter, error) {
	text := string(d.lines.runes)
	blocks, err := outline.Blocks(ctx, text)
	c := cutter{blocks: blocks, opens: map[int]int{}, cites: map[int]int{}, head: map[int]int{}, last: map[int]int{}, starts: d.lines.starts,
		begins: slices.Repeat([]int{-1}, len(d.lines.starts)), within: slices.Repeat([]int{-1}, len(d.lines.starts))}
	line, at := 0, 0
	for i, b := range c.blocks {
		line, at = line+strings.Count(text[at:b.Whole.Start], "\n"), b.Whole.Start
		if c.begins[line] < 0 {
			c.begins[line] = i
		}
		for n := line; n <= line+strings.Count(b.Whole.Of(text), "\n"); n++ {
			c.within[n] = i
		}
	}
	for _, card := range d.cards {
		if card.Place >= 0 && standing(card) {
			d.anchor(&c, card)
		}
	}
	return c, err
}

// anchor notes on which lines an edit stands.
func (d *desk) anchor(c *cutter, card norms.DeskCard) {
	n, of := d.lines.Of(card.Place)-1, card.Position
	switch put := card.Edit.(type) {
	case norms.PutInitiative:
		c.head[of] = n
		if c.opens[n] == 0 {
			c.opens[n] = of
		}
	case norms.PutCitationLine:
		if of = card.Initiative.Position; of == 0 {
			return
		}
		if c.cites[n] == 0 {
			c.cites[n] = of
		}
		if end := put.References[len(put.References)-1].End; end > card.Place && end <= d.Length {
			n = d.lines.Of(end-1) - 1
		}
	}
	c.last[of] = max(c.last[of], n)
}

// line tells whether a passage begins on a line, after those so far, and what
// it is.
func (c cutter) line(n int, before []norms.DeskPassage) (norms.DeskPassage, bool) {
	if len(before) == 0 {
		return norms.DeskPassage{Of: c.opens[n], Heading: c.heads(n)}, true
	}
	now := before[len(before)-1]
	cites := c.cites[n]
	switch {
	case c.opens[n] != 0:
		return norms.DeskPassage{Of: c.opens[n]}, true
	case cites != 0 && cites != now.Of:
		return norms.DeskPassage{Of: cites}, true
	case c.begins[n] < 0:
		return now, false
	case c.heads(n):
		return norms.DeskPassage{Heading: true}, true
	case now.Heading, now.Of != 0 && n > c.last[now.Of] && !c.continues(n, now.Of):
		return norms.DeskPassage{}, true
	}
	long := c.starts[n]-now.Start > longPassage && c.blocks[c.begins[n]].Gap
	return norms.DeskPassage{Of: now.Of}, long
}

func (c cutter) heads(n int) bool {
	return c.begins[n] >= 0 && c.blocks[c.begins[n]].Kind == outline.Heading
}

// continues tells whether a block still belongs to an initiative, though nothing
// is cited in it: it is nested in the one with which that begins.
func (c cutter) continues(n, of int) bool {
	head := c.within[c.head[of]]
	if head < 0 {
		return false
	}
	with, b := c.blocks[head], c.blocks[c.begins[n]]
	switch with.Kind {
	case outline.Heading:
		return true
	case outline.Item:
		return b.Level > with.Level
	}
	return b.Kind == outline.Item || b.Level > 0
}
