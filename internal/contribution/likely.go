package contribution

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"normmap/internal/norms"
)

const (
	// titleLikeness is the share of words that the titles of two initiatives have in
	// common from which one may be the other.
	titleLikeness = 0.6
	// mostLikely is how many initiatives are told.
	mostLikely = 3
)

// likely tells of each initiative that a proposal adds which recorded ones of the
// same organization it may be. It is only told: two programmes may well be called
// alike.
func (d *desk) likely(recorded []norms.TitledInitiative) {
	titles := wordsOf(recorded)
	for i := range d.cards {
		c := &d.cards[i]
		if put, ok := c.Edit.(norms.PutInitiative); ok && put.Version == 0 && c.Waits() {
			c.Likely = likest(put, recorded, titles)
		}
	}
}

// Likely are the recorded initiatives that one which a proposal adds may be, the
// likest first.
func Likely(p norms.ProposalText, put norms.PutInitiative) []norms.DeskInitiative {
	return likest(put, p.Recorded, wordsOf(p.Recorded))
}

// wordsOf are the words of the titles of initiatives.
func wordsOf(list []norms.TitledInitiative) [][]string {
	out := make([][]string, len(list))
	for i, t := range list {
		out[i] = titleWords(t.Title)
	}
	return out
}

// likest are those that are called most like an initiative; titles are their words.
func likest(put norms.PutInitiative, found []norms.TitledInitiative, titles [][]string) []norms.DeskInitiative {
	type alike struct {
		norms.DeskInitiative
		like float64
	}
	var all []alike
	words := titleWords(put.Title)
	for i, t := range found {
		if like := inCommon(words, titles[i]); t.Organization == put.Organization && t.Slug != put.Slug && like >= titleLikeness {
			all = append(all, alike{norms.DeskInitiative{Slug: t.Slug, Title: t.Title}, like})
		}
	}
	slices.SortStableFunc(all, func(a, b alike) int { return cmp.Compare(b.like, a.like) })
	var out []norms.DeskInitiative
	for _, a := range all[:min(len(all), mostLikely)] {
		out = append(out, a.DeskInitiative)
	}
	return out
}

// titleWords are the words of a title in small letters, each once.
func titleWords(title string) []string {
	words := strings.FieldsFunc(strings.ToLower(title), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	slices.Sort(words)
	return slices.Compact(words)
}

// inCommon is the share of words that two titles have in common.
func inCommon(a, b []string) float64 {
	return 2 * float64(bothHave(a, b)) / float64(max(1, len(a)+len(b)))
}

// bothHave is how many words two sorted lists have in common.
func bothHave(a, b []string) int {
	both := 0
	for _, w := range a {
		if _, there := slices.BinarySearch(b, w); there {
			both++
		}
	}
	return both
}
