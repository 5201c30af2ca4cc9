package intake

import (
	"strings"

	"normmap/internal/norms"
	"normmap/internal/outline"
	"normmap/internal/pattern"
)

// Ending is a place that says that something has come to its end.
type Ending struct {
	Span
	Text   string
	On     norms.Date   // "" when the text names no date
	Status norms.Status // completed, or ended
}

var (
	// endedForm is a sentence that says no more than that: "It was completed in 2020",
	// "Launched in 2016 and ended in 2019".
	endedForm = spaced(`(?i)^(?:(?:launched|started|begun|lancée?|commencée?)(?: in| en)? (?:19|20)\d\d,? (?:and |et )?)?(?:(?:it|this|the (?:project|programme|program|campaign|initiative|course|pilot|scheme|study|work)|elle|il|le (?:projet|programme)|la (?:campagne|formation)|cette action) )?(?:(?:was|were|is|has been|has|a été|fut|est|s['’]est) )?` +
		`(completed|finished|concluded|ended|closed|stopped|discontinued|achevée?|terminée?|close|arrêtée?)(?: (?:in|on|by|at the end of|en|le|fin|à la fin de) ((?:(?:\d{1,2} )?` + months + ` )?20\d\d))?\W*$`)
	// noLonger begins a sentence about what is not held any more: that something bad is
	// not done any more is what goes on.
	noLonger    = spaced(`(?i)^(?:we|it|the \p{L}+|nous|l['’]\p{L}+|la \p{L}+|le \p{L}+) (?:no longer (?:run|offer|hold|organi[sz]e|operate|host|teach)s? (?:it|them|this|these|the)\b|(?:n['’]|ne )(?:proposons|organisons|tenons|animons|offrons|organise|propose|tient|anime|offre) plus (?:ce|cet|cette|ces|le|la|les)\b)`)
	closedSince = spaced(`(?i)\b(?:closed|stopped|discontinued|ended|fermée?s?|arrêtée?s?) (?:since|depuis) ((?:(?:\d{1,2} )?` + months + ` )?20\d\d)\b`)
	untilDay    = spaced(`(?i)\b(?:until|jusqu['’]en) ((?:(?:\d{1,2} )?` + months + ` )?20\d\d)\b`)
	endSigns    = []string{"completed", "finished", "concluded", "ended", "closed", "stopped", "discontinued", "no longer", "achev", "termin", "close", "arrêt", "ferm", " plus"}
)

// doneWords are those of endedForm that say that something was done, rather than given
// up.
var doneWords = pattern.New(`(?i)^(?:completed|finished|concluded|achevée?|terminée?)$`)

// ended is what a sentence of an entry's first block says of its end, nil where none
// does, or the day is still to come.
func (d *document) ended(e *entry) *Ending {
	body := d.blocks[e.head].Body
	text := strings.ReplaceAll(body.Of(d.text), "\n", " ")
	if !holdsAny(strings.ToLower(text), endSigns) {
		return nil
	}
	for from := 0; ; {
		from += len(text[from:]) - len(strings.TrimLeft(text[from:], " .!?:;,")) // or marks would be gone through one by one
		if from == len(text) {
			return nil
		}
		end := from + max(1, len(sentence(text[from:])))
		said, at := text[from:end], 0
		if m := leadingName.FindStringIndex(said); m != nil {
			at = m[1]
		}
		if found := d.ending(said[at:]); found != nil {
			place := outline.Span{Start: body.Start + from + at, End: body.Start + end}
			found.Span, found.Text = d.span(place), strings.TrimSpace(place.Of(d.text))
			return found
		}
		from = end
	}
}

// leadingName is the name that a sentence of an item has before it: "**Net**: ".
var leadingName = pattern.New(`^[^.:!?]{2,70}:(?:\*\*|__)? `)

// ending reads one sentence; what it cites at its end counts for nothing.
func (d *document) ending(said string) *Ending {
	said = strings.TrimSpace(aside.ReplaceAllString(said, ""))
	if m := endedForm.FindStringSubmatch(said); m != nil {
		found := &Ending{Status: "ended", On: parseDate(m[2])}
		if doneWords.MatchString(m[1]) {
			found.Status = "completed"
		}
		if n := min(len(found.On), len(d.dated)); n > 0 && found.On[:n] > d.dated[:n] {
			return nil
		}
		return found
	}
	if m := closedSince.FindStringSubmatch(said); m != nil {
		return &Ending{Status: "ended", On: parseDate(m[1])}
	}
	if !noLonger.MatchString(said) {
		return nil
	}
	found := &Ending{Status: "ended"}
	if m := untilDay.FindStringSubmatch(said); m != nil {
		found.On = parseDate(m[1])
	}
	return found
}

// aside are brackets at the end of a sentence.
var aside = pattern.New(`\s*[(\[][^()\[\]]*[)\]]\W*$`)
