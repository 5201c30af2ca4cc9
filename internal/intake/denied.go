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
	denial  = spaced(`(?i)(?:\bno (?:views?|opinion|position|comments?|activit(?:y|ies)|projects?|plans?) (?:on|about|under|for|regarding)|\bnothing (?:(?:to|yet|\p{L}+ed) (?:\p{L}+ )?)?(?:about|on|to do with|in|under|for)|\b(?:not|never|cannot|neither|nor)|n['’]t|\b(?:ne |n['’])\p{L}+ (?:pas|jamais))(?: [\p{L}'’]+){0,4}[\s*_"“(]*$`)
	notOnly = spaced(`(?i)\b(?:not|pas) (?:only|just|merely|seulement)\b[^.]*$`)
)

// undone begins a sentence that says that nothing was done, of whatever it cites, in
// brackets, too: "we do not yet have an activity under".
var undone = spaced(`(?i)(?:^|[.!?]\s+|[*_:–—-]\s+)(?:(?:so far|until now|as yet|at present|currently|for now|unfortunately|à ce jour|pour l['’]instant|actuellement)[,\s]+)?(?:` +
	`(?:we|it|the \p{L}+) (?:(?:do|does|did|have|has|had) not|(?:do|does|did|have|has|had)n['’]t) (?:yet |currently |so far )?(?:(?:have|do|done|started?|begun|undertaken?|run|taken?) (?:yet )?(?:any|an?|much)(?: [\p{L}-]+){0,2} ` + doing + `|(?:do|done|undertaken?) anything\b|(?:started|begun) (?:yet |any |an? |our |the |work )\b)|` +
	`(?:we|it|the \p{L}+) (?:have|has|had) (?:yet )?(?:no(?: [\p{L}-]+){0,2} ` + doing + `|(?:done )?nothing\b)|` +
	`(?:nous |on |l['’]\p{L}+ |la \p{L}+ |le \p{L}+ )(?:ne |n['’])(?:avons|avions|a|menons|mène|conduisons|faisons|fait) (?:encore )?(?:(?:pas|aucune?|jamais|plus)(?: encore)?(?: mené| conduit| lancé| entrepris)?(?: [\p{L}-]+){0,1} ?(?:d['’])?` + doing + `|rien\b))[^.!?]*$`)

// doing are what somebody has who does something.
const doing = `(?:activit|initiative|project|programme|program|work|action|measure|plan|experience|projet|mesure|travau|programme)`

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
		if holdsAny(lower, denialSigns) && undone.MatchString(before) && !notOnly.MatchString(before) {
			d.denied, d.undone = append(d.denied, r), append(d.undone, i)
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
