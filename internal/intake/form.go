package intake

import (
	"normmap/internal/outline"
	"normmap/internal/pattern"
)

// formField is what the first cells of a table say that is a form about one thing.
var formField = pattern.New(`(?i)^\W*(?:(?:name|title|initiative|project|programme|program|what it is|description|summary|status|state|dates?|start(?:ed)?|since|until|due|contacts?|partners?|lead|links?|url|evidence|nom|titre|intitulé|résumé|statut|état|échéance|partenaires?|liens?)\b[^|]{0,30}|(?:relevant |related )?(?:agreements?|principles?|norms?|commitments?|accords?|principes?|normes?|engagements?|textes?)\b[^|]{0,40})$`)

// form tells whether entries are the rows of one table that is a form about what
// the heading over it names.
func (d *document) form(all []*entry) bool {
	fields := 0
	for _, e := range all {
		b := d.blocks[e.head]
		if b.Kind != outline.Row || len(b.Cells) != 2 || d.header(e.head) != d.header(all[0].head) {
			return false
		}
		if formField.MatchString(plain(b.Cells[0].Of(d.text))) {
			fields++
		}
	}
	return len(all) > 1 && fields > 1 && 3*fields >= 2*len(all)
}

// calledInForm is the name that a form gives to its thing, "" for none.
func (d *document) calledInForm(e *entry) string {
	for i := e.head + 1; i <= e.last; i++ {
		b := d.blocks[i]
		if b.Kind == outline.Row && len(b.Cells) == 2 && nameColumn.MatchString(b.Cells[0].Of(d.text)) && i != d.header(i) {
			return clipped(plain(b.Cells[1].Of(d.text)))
		}
	}
	return ""
}
