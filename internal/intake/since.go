package intake

import (
	"strings"

	"normmap/internal/norms"
	"normmap/internal/outline"
)

// Beginning is a place that says since when something has gone on.
type Beginning struct {
	Span
	Text string
	On   norms.Date
}

// sinceDate says since when: "since March 2019".
var sinceDate = spaced(`(?i)\b(?:since|depuis)(?: le)? ((?:(?:\d{1,2} )?` + months + ` )?(?:19|20)\d\d)\b`)

var (
	// overSince tells of what has not gone on since, or of something else that has.
	overSince = spaced(`(?i)\b(?:not|no|never|nothing|closed|suspended|stopped|ended|paused|discontinued|interrupted|cancell?ed|last|first|existed|in force|ne|pas|jamais|fermée?s?|suspendue?s?|arrêtée?s?|interrompue?s?|annulée?s?|dernière?s?|première?s?|en vigueur)\b|n['’]t\b`)
	// weSince goes on after a sentence has begun with the day.
	weSince = spaced(`(?i)^,? (?:we|our|the (?:bank|company|foundation|ministry|university|association|agency)|nous|notre|nos)\b`)
)

// since is what the first sentence of an entry says of its beginning, nil where it says
// nothing, several things, or a day that is still to come.
func (d *document) since(e *entry) *Beginning {
	body := d.blocks[e.head].Body
	text := strings.ReplaceAll(body.Of(d.text), "\n", " ")
	text = text[:len(sentence(text))]
	found := sinceDate.FindAllStringSubmatchIndex(text, -1)
	if len(found) != 1 || overSince.MatchString(text) {
		return nil
	}
	m := found[0]
	if opens := text[m[1]:]; strings.Trim(text[:m[0]], " -*•–—") == "" && !weSince.MatchString(opens) {
		return nil // "Since 2019, attacks have doubled"
	}
	on := parseDate(text[m[2]:m[3]])
	if n := min(len(on), len(d.dated)); on == "" || n > 0 && on[:n] > d.dated[:n] {
		return nil
	}
	at := outline.Span{Start: body.Start + m[0], End: body.Start + m[1]}
	return &Beginning{Span: d.span(at), Text: at.Of(d.text), On: on}
}
