package contribution

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"normmap/internal/anchor"
	"normmap/internal/intake"
	"normmap/internal/norms"
	kept "normmap/internal/store/intake"
)

// recognize finds the recorded initiatives among the candidates: those for which
// the same words stand, those of the same title, and those whose first line it is.
func (r Reader) recognize(ctx context.Context, c *Contribution) error {
	v := c.Version
	told, err := r.Store.ToldBy(ctx, v.Of)
	if err != nil {
		return fmt.Errorf("reading what %s tells of: %w", v.Of, err)
	}
	err = r.inTime(ctx, "comparing the document with the earlier text of "+v.Of, alone, func(ctx context.Context) error {
		v.back, err = anchor.Between(ctx, norms.Mask(c.Received.Text), v.before, placesOf(c.References()))
		return err
	})
	if err != nil {
		return err
	}
	v.slugs, v.told = map[int][]string{}, map[string]kept.Told{}
	for _, t := range told {
		v.told[t.Slug] = t
	}
	v.recognizer(LinesOf(c.Received.Text), told).all(c.Reading.Initiatives)
	v.missing(told)
	return r.recordedLines(ctx, v, told)
}

// recognizer knows the recorded initiatives of a source by where in a document
// their words stand, by their titles and by the lines on which they begin. Several
// may be called alike, or cite with the same words.
type recognizer struct {
	v       *Version
	lines   Lines
	byTitle map[string][]string
	byLine  map[int][]string
	byPlace map[anchor.Place][]string
}

func (v *Version) recognizer(lines Lines, told []kept.Told) recognizer {
	k := recognizer{v, lines, map[string][]string{}, map[int][]string{}, map[anchor.Place][]string{}}
	left, before := v.leftBehind(), LinesOf(v.before)
	for _, t := range told {
		note(k.byTitle, sameTitle(t.Title), t.Slug)
		line := norms.LineOf(t.Place)
		if n := v.to.Line(line); n > 0 && (!left[t.Slug] || before.tells(line, t.Title)) {
			note(k.byLine, n, t.Slug)
		}
	}
	for _, f := range slices.Concat(v.References, v.Again) {
		if f.Found.How != anchor.Gone {
			note(k.byPlace, f.Found.Place, f.Initiative)
		}
	}
	return k
}

func note[K comparable](known map[K][]string, by K, slug string) {
	if !slices.Contains(known[by], slug) {
		known[by] = append(known[by], slug)
	}
}

// leftBehind are the initiatives of which nothing that was quoted stands in the held
// text any more: the line on which one began may say something else by now.
func (v *Version) leftBehind() map[string]bool {
	left := maps.Clone(v.gone)
	for _, f := range v.References {
		delete(left, f.Initiative)
	}
	return left
}

// tells whether a text has most words of a title from a line on.
func (l Lines) tells(line int, title string) bool {
	if line < 1 || line > len(l.starts) {
		return false
	}
	from, words := l.starts[line-1], titleWords(title)
	there := titleWords(string(l.runes[from:min(len(l.runes), from+2*utf8.RuneCountInString(title))]))
	return float64(bothHave(words, there)) >= titleLikeness*float64(max(1, len(words)))
}

func sameTitle(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

func (k recognizer) all(list []intake.Initiative) {
	for _, i := range list {
		if slugs := k.of(i); len(slugs) > 0 {
			k.v.slugs[i.Start] = slugs
		}
		k.all(i.Parts)
	}
}

// of are the recorded initiatives that a candidate may be: one where one of its
// signs speaks for that, or several together.
func (k recognizer) of(i intake.Initiative) []string {
	var signs [][]string
	for _, r := range i.References {
		signs = append(signs, k.byPlace[anchor.Place{Start: r.Start, End: r.End}])
	}
	signs = append(signs, k.byTitle[sameTitle(publicText(i.Title))], k.byLine[k.lines.Of(i.Start)])
	var found []string
	for _, sign := range signs {
		if found = narrowed(found, sign); len(found) == 1 {
			break
		}
	}
	return found
}

// narrowed are those for which two signs speak, or where there are none the first.
func narrowed(first, then []string) []string {
	var both []string
	for _, slug := range then {
		if slices.Contains(first, slug) {
			both = append(both, slug)
		}
	}
	switch {
	case len(first) == 0:
		return then
	case len(both) == 0:
		return first
	}
	return both
}

// missing are the initiatives that no candidate tells of and for which nothing
// stands in the document.
func (v *Version) missing(told []kept.Told) {
	there := map[string]bool{}
	for _, slugs := range v.slugs {
		for _, slug := range slugs {
			there[slug] = true
		}
	}
	for _, f := range slices.Concat(v.References, v.Again) {
		if f.Found.How != anchor.Gone {
			there[f.Initiative] = true
		}
	}
	for _, t := range told {
		if !there[t.Slug] {
			v.Missing = append(v.Missing, t)
		}
	}
}
