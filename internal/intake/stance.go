package intake

import (
	"slices"

	"normmap/internal/citation"
	"normmap/internal/outline"
	"normmap/internal/pattern"
)

var (
	// judging are words by which a sentence says what somebody thinks of what it
	// cites, and not what they do under it.
	judging = spaced(`(?i)\b(?:(?:hardest|most difficult|least clear|weakest|vaguest|main (?:difficulty|challenge|obstacle|problem)|plus difficiles?|principale difficulté|première difficulté)\b|(?:is|are|was|were|remains?|seems?|proved) (?:\p{L}+ ){0,2}(?:hard|harder|difficult|unclear|vague|too (?:broad|narrow|general))\b|would (?:welcome|appreciate|have (?:liked|preferred))\b|(?:find|found) (?:[\p{L}\d]+ ){0,8}(?:hard|harder|difficult|unclear|vague)\b|(?:est|sont|reste|restent|demeure) (?:\p{L}+ ){0,2}(?:difficile|flou|vague|imprécis))`)
	// standing begins a sentence that says what somebody stands by: "Since 2019 we
	// have supported".
	standing = spaced(`(?i)^\W*(?:(?:in|since|en|depuis) (?:\p{L}+ )?\d{4},? )?(?:we|nous|(?:our|the|notre|la|le) [\p{L} ]{2,40}?|l['’]\p{L}+|\p{L}+(?: \p{L}+){0,3}?) (?:(?:also|fully|strongly|have|has|formally|avons|a|aussi|pleinement) ){0,2}(?:(?:support|endorse|sign|join|subscribe|adhere|commit)(?:s|ed|d|ted)?|soutenons|soutient|signé|rejoint|adhéré|adhérons|souscrit|souscrivons)(?: (?:to|à|au|aux))? `)
)

// signing are those among the words by which somebody stands by something that tell of
// one act.
var signing = pattern.New(`(?i)\b(?:endors|sign|join|adh[eé]r|subscri|souscri|rejoint)`)

// engaging words lead on from what somebody signed to the numbers that they mean most:
// "and committed itself, in particular, to".
var engaging = pattern.New(`(?i)\b(?:particul|especially|notamment|above all|commit|engag|surtout)`)

// engagingWords is how many words of their own such a turn has at most.
const engagingWords = 6

// How many words of their own may stand between such a beginning and what it stands
// by, and after that.
const (
	beforeStood = 2
	afterStood  = 4
)

const (
	maxStood       = 6   // how many references such a paragraph holds at most
	withinSentence = 400 // how many bytes around a citation are looked at
)

// professes tells of a paragraph that cites only to say what somebody thinks of it or
// stands by: nobody did anything there.
func (d *document) professes(e *entry) bool {
	b := d.blocks[e.head]
	if e.titled || e.head != e.last || e.lines > 0 || len(e.parts) > 0 || b.Kind != outline.Paragraph || b.Level > 0 || len(d.cited[e.head]) == 0 || len(d.cited[e.head]) > maxStood || d.bracketed(e) {
		return false
	}
	return !slices.ContainsFunc(d.cited[e.head], func(r citation.Reference) bool {
		s := d.sentenceAt(b.Body, d.at(r.Start))
		return !judging.MatchString(s.Of(d.text)) && !d.standsBy(b.Body, s, r)
	})
}

// standsBy tells whether a sentence of a paragraph says that somebody stands by what
// it cites, and no more than that. It is the only one, or the last one and says that
// they signed: what stands before tells who they are.
func (d *document) standsBy(body, s outline.Span, r citation.Reference) bool {
	m := standing.FindStringIndex(s.Of(d.text))
	if m == nil || s != body && (s.End != body.End || !signing.MatchString(s.Of(d.text)[:m[1]])) {
		return false
	}
	from, to, end := s.Start+m[1], d.at(r.Start), d.at(r.End)
	between := 0
	if name := d.bytes(Span{r.NameStart, r.NameEnd}); name.Start >= from && name.End <= to {
		if between = own(d.text[name.End:to]); engaging.MatchString(d.text[name.End:to]) {
			between -= engagingWords
		}
		to = name.Start
	} else if name.Start > to {
		end = max(end, name.End)
	}
	return from <= to && end <= s.End && own(d.text[from:to])+between <= beforeStood && own(d.text[end:s.End]) <= afterStood
}

// sentenceEnd is where one sentence ends and the next begins.
var sentenceEnd = pattern.New(`[.!?][)"”»]?\s+\p{Lu}`)

// sentenceAt is the sentence of a stretch that a place stands in.
func (d *document) sentenceAt(s outline.Span, at int) outline.Span {
	s = outline.Span{Start: max(s.Start, at-withinSentence), End: min(s.End, at+withinSentence)}
	out := s
	for _, m := range sentenceEnd.FindAllStringSubmatchIndex(s.Of(d.text), -1) {
		end := s.Start + m[0] + 1
		if end > at {
			out.End = end
			break
		}
		out.Start = end
	}
	return out
}
