package intake

import (
	"slices"
	"strings"

	"normmap/internal/outline"
	"normmap/internal/pattern"
)

// title makes one entry of a section that has a name of its own and ends in
// one line of citations.
func (d *document) title() {
	for from := 0; from < len(d.entries); {
		to := from + 1
		h := d.entries[from].heading
		for to < len(d.entries) && d.entries[to].heading == h {
			to++
		}
		if all := d.entries[from:to]; !all[0].titled && h >= 0 && !d.recorded(all[0]) && len(d.headCites(h)) == 0 && (d.names(h) && (d.whole(all) || d.form(all) || d.underCited(all)) || d.summedUp(all)) {
			d.merge(from, to, h)
			to = from + 1
		}
		from = to
	}
}

// counterForm is a heading that only counts: Sheet 3.
var counterForm = pattern.New(`^\W*\p{L}+ (?:n°|no\.?|#)? ?[0-9]{1,3}\W*$`)

// recorded tells of the lines of a form under a heading that only counts: they
// name the thing themselves.
func (d *document) recorded(e *entry) bool {
	return d.blocks[e.head].Label != "" && counterForm.MatchString(d.blocks[e.heading].Body.Of(d.text))
}

// whole tells whether of some entries only the last is cited, by a line after
// it, or only one, when all are paragraphs. One item is the initiative itself.
func (d *document) whole(all []*entry) bool {
	if d.oneCites(all) && !d.topic(all[0].heading) {
		return true
	}
	for i, e := range all {
		last := i == len(all)-1
		if d.blocks[e.head].Kind == outline.Row || (len(e.refs) > 0) != last || last && e.lines == 0 {
			return false
		}
	}
	return len(all) > 1 || d.blocks[all[0].head].Kind == outline.Paragraph
}

// underCited tells of paragraphs that cite nothing, under a heading of their own in a
// section whose heading says what all in it supports.
func (d *document) underCited(all []*entry) bool {
	h := all[0].heading
	return !d.topic(h) && len(d.headCites(d.over[h])) > 0 && d.about(h) != classViews && d.plainSection(all)
}

// topic tells of a heading that names no thing but what several could be about:
// one word, or an agreement.
func (d *document) topic(heading int) bool {
	title := d.blocks[heading].Body.Of(d.text)
	return own(title) == 0 || len(strings.Fields(title)) < 2 || general.MatchString(title) || len(d.grammar.Named(title)) > 0
}

// general begins headings over whatever is left.
var general = pattern.New(`(?i)^(?:other|general|further|more|autres?|divers)\b`)

// oneCites tells whether all entries are paragraphs of which one cites.
func (d *document) oneCites(all []*entry) bool {
	n := 0
	for _, e := range all {
		b := d.blocks[e.head]
		if b.Kind != outline.Paragraph || len(e.parts) > 0 || leadForm.MatchString(b.Body.Of(d.text)) {
			return false
		}
		if len(e.refs) > 0 {
			n++
		}
	}
	return n == 1
}

func (d *document) merge(from, to, heading int) {
	all := d.entries[from:to]
	one := &entry{head: heading, heading: d.over[heading], titled: true, last: all[len(all)-1].last}
	for _, e := range all {
		one.refs = append(one.refs, e.refs...)
		one.lines += e.lines
		if d.blocks[e.head].Kind == outline.Item {
			e.refs = nil
			one.parts = append(one.parts, e)
			continue
		}
		one.parts = append(one.parts, e.parts...)
	}
	d.entries = slices.Replace(d.entries, from, to, one)
}

// summing begins a paragraph about all that stands before it in its section.
var summing = pattern.New(`(?i)^(?:(?:all|both|each) (?:of )?(?:these|this|the above)|these|together|taken together|the above|ces|l['’]ensemble|toutes ces|tous ces)\b`)

// summedUp tells whether entries are items that cite nothing and then a
// paragraph that says for all of them what they support.
func (d *document) summedUp(all []*entry) bool {
	last := len(all) - 1
	for i, e := range all {
		b := d.blocks[e.head]
		switch {
		case i < last && (b.Kind != outline.Item || len(e.refs) > 0):
			return false
		case i == last && (b.Kind != outline.Paragraph || len(e.refs) == 0 || !summing.MatchString(b.Body.Of(d.text))):
			return false
		}
	}
	return last > 0
}
