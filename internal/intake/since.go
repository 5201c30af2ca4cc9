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

// since is what the first sentence of an entry says of its beginning, nil where it says
// nothing, several things, or a day that is still to come.
func (d *document) since(e *entry) *Beginning {
	body := d.blocks[e.head].Body
	text := strings.ReplaceAll(body.Of(d.text), "\n", " ")
	text = text[:len(sentence(text))]
	found := sinceDate.FindAllStringSubmatchIndex(text, -1)
	if len(found) != 1 {
		return nil
	}
	m := found[0]
	on := parseDate(text[m[2]:m[3]])
	if n := min(len(on), len(d.dated)); on == "" || n > 0 && on[:n] > d.dated[:n] {
		return nil
	}
	at := outline.Span{Start: body.Start + m[0], End: body.Start + m[1]}
	return &Beginning{Span: d.span(at), Text: at.Of(d.text), On: on}
}
