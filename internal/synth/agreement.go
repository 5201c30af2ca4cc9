package synth

import (
	"fmt"
	"strconv"

	"normmap/internal/norms"
)

// Every fourth agreement has an earlier edition, with the same numbers for
// other principles; together they make 15 principles an agreement.
const (
	principlesOfOne  = 14 // of an agreement with one edition
	principlesOfEach = 9  // edition of an agreement with two
	revisedIn        = 2019
)

func revised(agreement int) bool { return agreement%4 == 3 }

func perEdition(agreement int) int {
	if revised(agreement) {
		return principlesOfEach
	}
	return principlesOfOne
}

// slots is how many places for a principle there are, counting those of the
// two editions of an agreement once: a printed number means one or the other.
func (w *world) slots() int {
	n := 0
	for a := range w.agreements {
		n += perEdition(a)
	}
	return n
}

// slot is the place of a principle: agreement and place in its edition, from 0.
type slot struct{ agreement, place int }

// slotOf is the slot that has a rank. The first principle of the first
// agreement is the one that is linked most.
func (w *world) slotOf(rank int) slot {
	at := w.order[rank]
	switch {
	case rank == 0:
		at = 0
	case at == 0:
		at = w.order[0]
	}
	for a := 0; ; a++ {
		if at < perEdition(a) {
			return slot{a, at}
		}
		at -= perEdition(a)
	}
}

var (
	agreementPlaces = []string{"Harbour", "Meridian", "Lantern", "Northern Light", "Delta", "Plateau", "Cedar", "Estuary", "Compass", "Amber",
		"Lighthouse", "Terrace", "Granite", "Monsoon", "Orchard", "Aurora", "Bridge", "Savannah", "Glacier", "Archipelago"}
	agreementForms = []string{"Pledge", "Accord", "Charter", "Code", "Compact", "Convention"}
)

// agreementName is a name that no other agreement has.
func agreementName(a int) string {
	place := agreementPlaces[a%len(agreementPlaces)]
	return place + " " + agreementForms[(a+2*(a/len(agreementPlaces)))%len(agreementForms)]
}

func agreementSlug(a int) string { return norms.LabelSlug(agreementName(a)) }

// noun is what an agreement calls its principles.
func noun(a int) norms.Noun {
	return []norms.Noun{"principle", "norm", "article", "commitment", "recommendation"}[a%5]
}

// number is a principle's number as printed: letters in some agreements.
func number(s slot) string {
	if s.agreement%5 == 1 {
		return "13(" + string(rune('a'+s.place)) + ")"
	}
	return strconv.Itoa(s.place + 1)
}

// edition is the slug of the edition in force in a year; 0 is today.
func edition(agreement, year int) string {
	if revised(agreement) && (year == 0 || year >= revisedIn) {
		return strconv.Itoa(revisedIn)
	}
	return "2015"
}

// ref names the principle that stood in a slot in a year; 0 is today.
func ref(s slot, year int) string {
	r := norms.Ref{Agreement: agreementSlug(s.agreement), Label: norms.LabelSlug(number(s))}
	if e := edition(s.agreement, year); e != edition(s.agreement, 0) {
		r.Edition = e
	}
	return r.String()
}

func (w *world) writeAgreements() error {
	for a := range w.agreements {
		edits := []norms.Edit{w.agreement(a), officialSource(a)}
		edits = append(edits, w.editions(a)...)
		if _, err := w.write(w.person(a), "The text of the "+agreementName(a), edits); err != nil {
			return err
		}
	}
	return nil
}

func (w *world) agreement(a int) norms.PutAgreement {
	r := w.rand(kindAgreement, a)
	name := agreementName(a)
	return norms.PutAgreement{
		Slug: agreementSlug(a), Title: "The " + name + " for a Secure and Open Internet", ShortTitle: name,
		LegalNature: one(r, norms.LegalNatures), Space: one(r, norms.Spaces), Convener: one(r, places) + " Forum",
		URL: "https://example.org/" + agreementSlug(a), Summary: english.text(r, 300), Aliases: []string{name + " " + strconv.Itoa(2010+a%8)},
	}
}

func officialSlug(a int) string { return agreementSlug(a) + "-text" }

func officialSource(a int) norms.PutSource {
	return norms.PutSource{
		Slug: officialSlug(a), Title: "Text of the " + agreementName(a), Kind: "official_text", Publisher: agreementName(a) + " secretariat",
		PublishedOn: "2015-06", RetrievedOn: "2025-02-01", URL: "https://example.org/" + officialSlug(a), Language: "en", Exhaustiveness: "exhaustive",
	}
}

// editions are an agreement's editions, their principles and the numberings by
// which these are cited.
func (w *world) editions(a int) (edits []norms.Edit) {
	years := []int{0}
	if revised(a) {
		years = []int{2015, 0}
	}
	for i, year := range years {
		slug := edition(a, year)
		edits = append(edits, norms.PutEdition{
			Agreement: agreementSlug(a), Slug: slug, Title: "Edition of " + slug, Noun: noun(a), PublishedOn: norms.Date(slug), Current: year == 0,
			URL: "https://example.org/" + agreementSlug(a) + "/" + slug, Position: i + 1,
		})
		for place := range perEdition(a) {
			edits = append(edits, w.principle(slot{a, place}, year, slug))
		}
		edits = append(edits, numbering(a, year, i+1))
	}
	return edits
}

func (w *world) principle(s slot, year int, edition string) norms.PutPrinciple {
	r := w.rand(kindPrinciple, year<<24|s.agreement<<8|s.place)
	addressees := []norms.Addressee{one(r, norms.Addressees[:10])}
	if percent(r, 30) {
		addressees = []norms.Addressee{"all"}
	}
	return norms.PutPrinciple{
		Agreement: agreementSlug(s.agreement), Edition: edition, Number: number(s), Position: s.place + 1, Title: english.principle(r),
		Summary: english.text(r, 200), Addressees: addressees, Obligation: one(r, norms.Obligations),
	}
}

// numbering maps the printed numbers of an edition, for as long as it is in
// force where there are two.
func numbering(a, year, position int) norms.PutNumbering {
	n := norms.PutNumbering{
		Agreement: agreementSlug(a), Slug: "printed-" + edition(a, year), Title: fmt.Sprintf("Numbers of the edition of %s", edition(a, year)),
		Basis: "printed", Position: position, Source: officialSlug(a),
	}
	if revised(a) && year == 0 {
		n.From = norms.Date(strconv.Itoa(revisedIn))
	} else if revised(a) {
		n.To = norms.Date(strconv.Itoa(revisedIn - 1))
	}
	for place := range perEdition(a) {
		s := slot{a, place}
		n.Labels = append(n.Labels, norms.NumberingLabel{Label: number(s), Principle: ref(s, year)})
	}
	return n
}
