package intake

import (
	"strings"

	"normmap/internal/outline"
)

// raise makes headings of lines that say nothing but what they cite, perhaps with
// its title, and open a list at once, or stand one by one over lists of their own.
func (d *document) raise(opens map[int]bool) {
	for i, b := range d.blocks {
		if i+1 == len(d.blocks) || b.Kind != outline.Paragraph || !d.citesAlone(i) {
			continue
		}
		next, introduces := d.blocks[i+1], strings.HasSuffix(b.Body.Of(d.text), ":")
		if next.Kind == outline.Item && (!next.Gap || introduces || opens[i]) {
			d.blocks[i].Kind, d.blocks[i].Level = outline.Heading, outline.ShortLevel
		}
	}
}

// citesAlone tells of a line by itself that cites and says no more than the title of
// what it cites.
func (d *document) citesAlone(i int) bool {
	b := d.blocks[i]
	text := b.Body.Of(d.text)
	short := b.Kind == outline.Paragraph && b.Level == 0 || b.Kind == outline.Heading && b.Level == outline.ShortLevel
	return short && b.Gap && d.oneLine(b) && d.mostlyCites(i) && !strings.ContainsAny(text[:1], "([") && !strings.HasSuffix(text, ".")
}

// titles tells whether a line that cites gives the title of what it cites, and stands
// after no list: what only cites may belong to the paragraph before it.
func (d *document) titles(i int) bool {
	last := d.cited[i][len(d.cited[i])-1]
	end := d.at(last.End)
	return d.blocks[i-1].Kind != outline.Item && end < d.blocks[i].Body.End && own(d.text[end:d.blocks[i].Body.End]) > 0
}

// series are the lines that only cite and take turns with lists, of which the first
// comes before any list and the last has one after it: each belongs to the list after
// it. Where a list comes first, each belongs to the list before it.
func (d *document) series() map[int]bool {
	all := map[int]bool{}
	for i := 0; i < len(d.blocks); i++ {
		if !d.citesAlone(i) || i > 0 && d.blocks[i-1].Kind != outline.Heading && !d.titles(i) {
			continue
		}
		var these []int
		for i < len(d.blocks) && d.citesAlone(i) {
			these = append(these, i)
			for i++; i < len(d.blocks) && d.blocks[i].Kind == outline.Item; i++ {
			}
			if these[len(these)-1] == i-1 {
				these = nil // nothing is listed under it
			}
		}
		for _, line := range these {
			all[line] = len(these) > 1
		}
	}
	return all
}

// oneLine tells of a block that is one line, or was before it was folded.
func (d *document) oneLine(b outline.Block) bool {
	return b.Alone || strings.Count(b.Body.Of(d.text), "\n") == 1 && len(b.Folds(d.text)) == 1
}

// lower makes paragraphs of short lines that only cite and stand below items:
// they look like headings of what comes after, but go with what came before.
func (d *document) lower(opens map[int]bool) {
	citing := func(i int) bool {
		return i >= 0 && d.bare[i] && d.blocks[i].Kind == outline.Heading && d.blocks[i].Level == outline.ShortLevel
	}
	for i := range d.blocks {
		over := i+1 < len(d.blocks) && !d.blocks[i+1].Gap
		if citing(i) && !opens[i] && i > 0 && !over && !citing(i-2) && (d.blocks[i-1].Kind == outline.Item || d.blocks[i-1].Kind == outline.Paragraph) {
			d.blocks[i].Kind, d.blocks[i].Level = outline.Paragraph, 0
		}
	}
}
