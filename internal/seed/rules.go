package seed

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"normmap/internal/citation"
	"normmap/internal/norms"
)

// Lengths of summaries, in Unicode code points: enough to say something, too
// short to copy a text.
const (
	minSummary = 20
	maxSummary = 400
)

// checkRules holds the edits against the rules of FORMAT.md that the domain
// itself does not have.
func checkRules(items []item, known map[string]item) {
	c := collection{known: known, current: map[string]item{}, nicknames: map[string]string{}, elements: map[int]string{}}
	for _, it := range items {
		c.check(it)
	}
	for _, it := range items {
		if e, ok := it.edit.(norms.PutEdition); ok {
			if _, ok := c.current[e.Agreement+"/"+e.Programme]; !ok {
				it.report("current", "no edition of this programme is current; mark one")
			}
		}
	}
}

// collection remembers what rules across files need.
type collection struct {
	known     map[string]item
	current   map[string]item   // agreement/programme to its current edition
	nicknames map[string]string // lower-case name of an agreement to its slug
	elements  map[int]string    // number of an element to its slug
}

func (c collection) check(it item) {
	switch e := it.edit.(type) {
	case norms.PutAgreement:
		checkSummary(it, e.Summary)
		c.needFact(it, "title", "agreement", e.Slug, "title")
		c.checkNames(it, e)
	case norms.PutOrganization:
		checkSummary(it, e.Summary)
		c.needFact(it, "name", "organization", e.Slug, "name")
	case norms.PutEdition:
		checkSummary(it, e.Summary)
		c.needFact(it, "title", "edition", e.Agreement+"/"+e.Slug, "titles")
		c.checkCurrent(it, e)
	case norms.PutPrinciple:
		checkSummary(it, e.Summary)
	case norms.PutNumbering:
		checkLabelKeys(it, e)
	case norms.PutInitiative:
		checkSummary(it, e.Summary)
		c.checkDates(it, e)
		c.checkParent(it, e)
	case norms.PutCitationLine:
		checkPlaces(it, e)
	case norms.PutElement:
		checkSummary(it, e.Summary)
		c.needFact(it, "title", "element", e.Slug, "title")
		c.checkNumber(it, e)
	case norms.PutStatement:
		checkSummary(it, e.Summary)
	case norms.PutFact:
		checkFactField(it, e)
	}
}

func checkSummary(it item, summary string) {
	if n := utf8.RuneCountInString(summary); n < minSummary || n > maxSummary {
		it.report("summary", "has %d characters; say it in %d to %d, in words of your own", n, minSummary, maxSummary)
	}
}

// needFact asks that the files say where a field comes from.
func (c collection) needFact(it item, field string, kind norms.EntityKind, entity, fact string) {
	if _, ok := c.known[naturalKey(norms.PutFact{Kind: kind, Entity: entity, Field: fact})]; !ok {
		it.report(field, "no fact says where it comes from; add one with field: %s", fact)
	}
}

// checkNames keeps a name from standing for two agreements: the reader of
// citations could not tell which is meant.
func (c collection) checkNames(it item, e norms.PutAgreement) {
	for _, n := range []string{e.Title, e.ShortTitle} {
		key := strings.ToLower(n)
		if other, taken := c.nicknames[key]; taken && other != e.Slug {
			it.report("title", "%q is a name of the agreement %q already", n, other)
		}
		c.nicknames[key] = e.Slug
	}
	for i, n := range e.Aliases {
		key := strings.ToLower(n)
		if other, taken := c.nicknames[key]; taken {
			it.report(fmt.Sprintf("aliases[%d]", i), "%q is a name of the agreement %q already", n, other)
		}
		c.nicknames[key] = e.Slug
	}
}

func (c collection) checkCurrent(it item, e norms.PutEdition) {
	if !e.Current {
		return
	}
	key := e.Agreement + "/" + e.Programme
	if first, taken := c.current[key]; taken {
		it.report("current", "the edition %q of the same programme is current too; only one can be", first.edit.(norms.PutEdition).Slug)
		return
	}
	c.current[key] = it
}

// checkNumber keeps two elements from having one place in the forum's list.
func (c collection) checkNumber(it item, e norms.PutElement) {
	if other, taken := c.elements[e.Number]; taken {
		it.report("number", "%d is the number of the element %q already", e.Number, other)
	}
	c.elements[e.Number] = e.Slug
}

// checkLabelKeys keeps two spellings of one label, such as 13(f) and 13f, out
// of a numbering: a citation of either finds both.
func checkLabelKeys(it item, e norms.PutNumbering) {
	seen := map[string]string{}
	for i, l := range e.Labels {
		key := citation.Normalize(l.Label)
		if other, taken := seen[key]; taken {
			it.report(fmt.Sprintf("labels[%d].label", i), "%q is the same label as %q; keep one", l.Label, other)
		}
		seen[key] = l.Label
	}
}

// checkDates asks for the source of each date, because a contribution's own
// date is none of its initiatives'.
func (c collection) checkDates(it item, e norms.PutInitiative) {
	for field, date := range map[string]norms.Date{"started_on": e.StartedOn, "ended_on": e.EndedOn, "due_on": e.DueOn} {
		if date != "" {
			c.needFact(it, field, "initiative", e.Slug, field)
		}
	}
}

func (c collection) checkParent(it item, e norms.PutInitiative) {
	up, ok := c.known["initiative "+e.Parent].edit.(norms.PutInitiative)
	if ok && up.Parent != "" {
		it.report("parent", "%q is itself a part of %q; write that one", e.Parent, up.Parent)
	}
}

// checkPlaces holds the places of a line's references against its text: each
// stands in it, in order, and as far from the first as its start says.
func checkPlaces(it item, e norms.PutCitationLine) {
	offset, from := 0, 0
	for i, r := range e.References {
		at := strings.Index(e.Text[from:], r.Text)
		if at < 0 {
			it.report(reference(i, "text"), "%q does not stand in the line, or not in this order", r.Text)
			return
		}
		start := utf8.RuneCountInString(e.Text[:from+at])
		if i == 0 {
			offset = r.Start - start
		}
		if r.Start != offset+start {
			it.report(reference(i, "start"), "is %d; by the line's text and its first reference it is %d", r.Start, offset+start)
		}
		checkLabels(it, i, r)
		from += at + len(r.Text)
	}
}

func reference(i int, field string) string { return fmt.Sprintf("references[%d].%s", i, field) }

func checkLabels(it item, i int, r norms.Reference) {
	rest, ok := strings.CutPrefix(r.Text, r.Name)
	if !ok {
		it.report(reference(i, "name"), "%q is not how the reference begins", r.Name)
	}
	for _, l := range r.Labels {
		if !strings.Contains(rest, l) {
			it.report(reference(i, "labels"), "%q is not printed in the reference", l)
		}
	}
}

// factFields is what a fact may be about, by kind of entity: a field of its
// own or, for an edition, one that its principles share.
var factFields = map[norms.EntityKind][]string{
	"agreement":    names(fieldsOf(reflect.TypeFor[agreementFile]())),
	"edition":      append(names(fieldsOf(reflect.TypeFor[edition]())), "titles", "summaries", "numbers", "addressees", "obligation"),
	"principle":    names(fieldsOf(reflect.TypeFor[principle]())),
	"numbering":    names(fieldsOf(reflect.TypeFor[numbering]())),
	"organization": names(fieldsOf(reflect.TypeFor[organizationFile]())),
	"source":       names(fieldsOf(reflect.TypeFor[sourceFile]())),
	"initiative":   names(fieldsOf(reflect.TypeFor[initiative]())),
	"element":      names(fieldsOf(reflect.TypeFor[elementFile]())),
}

func checkFactField(it item, e norms.PutFact) {
	if slices.Contains(factFields[e.Kind], e.Field) || strings.HasPrefix(e.Field, norms.EventField) {
		return
	}
	it.report("field", "%q is no field of this %s; FORMAT.md lists %s", e.Field, e.Kind, strings.Join(factFields[e.Kind], ", "))
}
