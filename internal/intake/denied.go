package intake

import (
	"slices"
	"strings"

	"normmap/internal/citation"
	"normmap/internal/outline"
	"normmap/internal/pattern"
)

// denial ends what comes right before a citation that is denied: "we do not
// follow", "we have never endorsed".
var (
	denial  = spaced(`(?i)(?:\bno (?:views?|opinion|position|comments?|activit(?:y|ies)|projects?|plans?) (?:on|about|under|for|regarding)|\bnothing (?:about|on|to do with|in)|\b(?:not|never|cannot|neither|nor)|n['’]t|\b(?:ne |n['’])\p{L}+ (?:pas|jamais))(?: [\p{L}'’]+){0,4}[\s*_"“(]*$`)
	notOnly = spaced(`(?i)\b(?:not|pas) (?:only|just|merely|seulement)\b[^.]*$`)
)

// counting begins a sentence about how a document counts what it cites: "The
// numbers are those of the UN GGE report (paragraph 13)".
var counting = spaced(`(?i)(?:^|[.!?]\s+)(?:\p{L}+ ){0,4}(?:numbers|numbering|numéros|numérotation)\b[^.!?]{0,40}\b(?:are|is|refers?|follows?|comes?|taken|sont|est|renvoient|renvoie|suit|suivent|correspond|correspondent)\b[^.!?]*$`)

var (
	// arranging says by what a document is ordered: "The note follows the order of the
	// norms of the UN GGE report (paragraph 13)".
	arranging = spaced(`(?i)(?:\b(?:the|in) order of|\b(?:ordered|arranged|sorted|grouped|structured|numbered) (?:\p{L}+ ){0,4}(?:by|after|according to|along|as)|l['’]ordre d|\b(?:classé|regroupé|ordonné|numéroté|rangé)e?s? (?:selon|d['’]après|par|suivant))\b[^.!?]*$`)
	// defining says what a short name stands for: "GGE = report of the UN GGE of 2015,
	// norms as in paragraph 13".
	defining = pattern.New(`(?:^|[\s(;,*])[\p{Lu}][\p{L}\d]{1,7}[*"”»]* ?= ?[^=;]*$`)
)

// Pieces without which these are not found: most texts have none.
var (
	denialSigns    = []string{"no ", "not ", "nor ", "never", "neither", "nothing", "n't", "n’t", "ne ", "n'", "n’", "no\n", "not\n", "ne\n"}
	countingSigns  = []string{"number", "numéro"}
	arrangingSigns = []string{"order", "arranged", "sorted", "grouped", "structured", "numbered", "ordre d", "class", "ordonn", "numérot", "rang"}
)

// explains tells whether what stands before a citation says how the document counts, how
// it is ordered or what it calls things, given also in small letters.
func (d *document) explains(before, lower string) bool {
	return holdsAny(lower, countingSigns) && counting.MatchString(before) ||
		holdsAny(lower, arrangingSigns) && arranging.MatchString(before) ||
		strings.Contains(before, "=") && defining.MatchString(before)
}

// withinDenial is how many bytes around a citation are looked at.
const withinDenial = 200

// deny sets apart the references that a block denies in its own words. What
// stands in brackets says of the words before it what they support.
func (d *document) deny(i int) {
	body := d.blocks[i].Body
	d.cited[i] = slices.DeleteFunc(d.cited[i], func(r citation.Reference) bool {
		start := d.at(r.Start)
		if start < body.Start || start > body.End {
			return false
		}
		before := d.text[max(body.Start, start-withinDenial):start]
		lower := strings.ToLower(before)
		if d.explains(before, lower) {
			d.denied = append(d.denied, r)
			return true
		}
		if !holdsAny(lower, denialSigns) || !denial.MatchString(before) || notOnly.MatchString(before) {
			return false
		}
		near := outline.Span{Start: max(body.Start, start-withinDenial), End: min(body.End, start+withinDenial)}
		if slices.ContainsFunc(groups(d.text, near), func(g outline.Span) bool { return g.Holds(start) }) {
			return false
		}
		d.denied = append(d.denied, r)
		return true
	})
}
