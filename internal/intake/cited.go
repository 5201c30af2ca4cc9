package intake

import (
	"strings"

	"normmap/internal/citation"
	"normmap/internal/outline"
	"normmap/internal/pattern"
)

// How many words may stand after the numbers in a line of citations, and in
// one that prints the titles of what it cites.
const (
	maxAside = 2
	maxTitle = 9
)

// leading are words that introduce citations and say nothing else.
var leading = words(`relevant related respective corresponding associated applicable addressed addressing addresses address
	agreement agreements norm norms principle principles commitment commitments provision provisions article articles
	see cf supports support supported supporting implements implementing implemented contributes contributing links linked mapping mapped maps
	to towards under of the and also as in line with this these initiative initiatives activity project reference references citation citations refs ref
	covers covered pursuant for by relates related here cited commits from framework frameworks instrument instruments which is are our we it both
	voir principe principes norme normes engagement engagements accord accords article articles mesure mesures référence références citation
	lien liens lié liés liée liées avec aux au à en et de des du la le les l' d' concerné concernés concernées correspondant correspondants pertinents visés visé répond
	texte textes cadre cadres`)

func words(list string) map[string]bool {
	all := map[string]bool{}
	for _, w := range strings.Fields(list) {
		all[w] = true
	}
	return all
}

var (
	wordsOf = pattern.New(`[\p{L}\p{N}]+(?:[-][\p{L}\p{N}]+)*`)
	asideAt = pattern.New(`^[ \t]?\([^()]*\)`)
)

// own returns the words of a stretch that introduce nothing.
func own(text string) int {
	n := 0
	for _, w := range wordsOf.FindAllString(text, -1) {
		if !leading[strings.ToLower(w)] {
			n++
		}
	}
	return n
}

// onlyCites tells whether a block says nothing but what it cites.
func (d *document) onlyCites(b outline.Block, refs []citation.Reference) bool {
	before, after := d.besides(b, refs)
	if b.Kind == outline.Item && b.Level == 0 {
		return before == 0 && after == 0
	}
	return before == 0 && after <= maxAside
}

// mostlyCites allows for the titles of what is cited.
func (d *document) mostlyCites(i int) bool {
	if len(d.cited[i]) == 0 {
		return false
	}
	before, after := d.besides(d.blocks[i], d.cited[i])
	return before == 0 && after <= maxTitle
}

// besides counts the words of a block before its first reference and after it
// that belong to none.
func (d *document) besides(b outline.Block, refs []citation.Reference) (before, after int) {
	at := b.Body.Start
	if label := at + b.Labelled; len(refs) > 0 && d.at(refs[0].Start) >= label {
		at = label
	}
	for i, r := range refs {
		for _, s := range d.printed(r) {
			if s.Start < at || s.End > b.Body.End {
				continue
			}
			if between := own(d.text[at:s.Start]); i == 0 {
				before += between
			} else {
				after += between
			}
			at = s.End
			if m := asideAt.FindString(d.text[at:b.Body.End]); m != "" && d.uncited(refs[i:], at, at+len(m)) {
				at += len(m)
			}
		}
	}
	return before, after + own(d.text[min(at, b.Body.End):b.Body.End])
}

// printed are the places of a reference: its name may stand apart.
func (d *document) printed(r citation.Reference) []outline.Span {
	ref := d.bytes(Span{r.Start, r.End})
	name := d.bytes(Span{r.NameStart, r.NameEnd})
	if name.End <= ref.Start {
		return []outline.Span{name, ref}
	}
	return []outline.Span{ref}
}

// uncited tells whether no reference stands in a stretch.
func (d *document) uncited(refs []citation.Reference, from, to int) bool {
	for _, r := range refs {
		s := d.bytes(Span{r.Start, r.End})
		if s.Start >= to {
			break // they stand in order
		}
		if from < s.End {
			return false
		}
	}
	return true
}

// introduces tells of a line like "Relevant principles:".
func (d *document) introduces(b outline.Block) bool {
	body := b.Body.Of(d.text)
	return strings.HasSuffix(strings.TrimRight(body, "*_ "), ":") && len(d.grammar.Named(body)) == 0 && len(body) < 80 && own(body) == 0
}

var fieldForm = pattern.New(`^(?:\*\*|__)?[\p{L}][\p{L} /'’()-]{1,40}(?:\*\*|__)?\s?(?:[.…_]{3,}\s?)?:`)

// goesOn tells whether a line of a form belongs to the thing that an earlier
// line began: in a list only a thing that was called by a name has such lines.
func (d *document) goesOn(head, b outline.Block) bool {
	if b.Label != "" && b.Label != head.Label && (!b.Gap || head.Label != "") {
		return true // of a form, though its labels are of no kind that is known
	}
	if !d.field(b) || b.Gap || !d.field(head) {
		return false
	}
	if b.Kind != outline.Item {
		return true
	}
	return namedAs.MatchString(plain(head.Body.Of(d.text))) && !namedAs.MatchString(plain(b.Body.Of(d.text)))
}

// field tells of a line of a form: "Principles: 1, 5".
func (d *document) field(b outline.Block) bool { return fieldForm.MatchString(b.Body.Of(d.text)) }
