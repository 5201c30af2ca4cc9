package intake

import (
	"slices"
	"strings"

	"normmap/internal/pattern"
)

// courtesy are words by which a letter begins and ends.
var courtesy = pattern.New(`(?i)(?:\b(?:compliments to|honou?r(?:ed)? (?:to|of) (?:\p{L}+ing\b|submit|present|transmit|forward|send|share|reply|respond|answer|contribute|refer|inform|convey|acknowledge|take part)|(?:grateful|gratitude) (?:to|for|that)|thank you|thanks to (?:all|the (?:forum|secretariat|facilitators|organi[sz]ers))|(?:we|our|many|with) thanks?|please (?:contact|turn|write|do not hesitate)|remerci\p{L}+|l['’]honneur de|reconnaissant\p{L}* (?:à|aux?|de|envers)|pour (?:toute?s?|plus d)\W{1,2}(?:questions?|informations?|renseignements?|précisions?|demandes?)|veuillez|n['’]hésitez)|^\W*for (?:any )?(?:further|more) (?:information|details|questions))(?:[^\p{L}]|$)`)

// telling is where another clause or sentence says what somebody does.
var telling = pattern.New(`(?i)(?:[.;!]|,(?: and| so| et)?| and| who| which| so that| et| qui) (?:we|they|nous|[\p{L}]+ons)(?:['’]\p{L}+)? (\p{L}+)`)

// closing are verbs of clauses that only go on with courtesies.
var closing = pattern.New(`(?i)^(?:remain|stay|look|hope|wish|thank|are|restons|espérons|remercions|sommes|vous|prions)$`)

// courteous tells of a piece that cites nothing itself, and only greets, thanks or says
// whom to ask.
func (d *document) courteous(e *entry) bool {
	if len(d.cited[e.head]) > 0 || e.lines > 0 || len(e.parts) > 0 {
		return false
	}
	body := plain(d.blocks[e.head].Body.Of(d.text))
	return courtesy.MatchString(sentence(body)) && !slices.ContainsFunc(telling.FindAllStringSubmatchIndex(body, -1), func(m []int) bool {
		return !closing.MatchString(body[m[2]:m[3]])
	})
}

// adherence are words by which somebody says what they stand by.
var adherence = pattern.New(`(?i)\b(?:endorsed|signed|joined|signator(?:y|ies)|supporters? of|part(?:y|ies) to|adhered|a (?:signé|rejoint|adhéré)|signataires?|soutient|soutenons)(?:[^\p{L}]|$)`)

// adheres tells of a piece that names agreements only to say so: one is what was signed
// or joined.
func (d *document) adheres(e *entry) bool {
	body := plain(d.blocks[e.head].Body.Of(d.text))
	verb := adherence.FindStringIndex(body)
	if verb == nil {
		return false
	}
	first := len(body)
	for _, n := range d.grammar.Named(body) {
		first = min(first, strings.Index(body, n.Text))
	}
	switch {
	case first == len(body):
		return false
	case first < verb[0]: // the Paris Call was signed
		return own(body[first:verb[0]]) <= beforeStood && own(body[verb[1]:]) <= afterStood
	}
	return own(body[verb[1]:first]) <= beforeStood
}

// leaveOut notes a piece that looks like an initiative by its place, but not by its
// words.
func (d *document) leaveOut(e *entry) {
	if !slices.Contains(d.leftOut, e.head) {
		d.leftOut = append(d.leftOut, e.head)
	}
}
