package page_test

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"normmap/internal/norms"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// titles of the two elements.
var titles = map[string]string{"rights": "Rights " + nasty, "threats": "Threats"}

func reading(element, agreement string, r norms.Reading) norms.ReadingRow {
	row := norms.ReadingRow{Element: element, ElementNumber: 9, ElementTitle: titles[element], Agreement: agreement,
		AgreementTitle: "The " + agreement, LegalNature: "proposal", Space: "within_un", Reading: r}
	if r != norms.NotAssessed {
		row.Assessor, row.Confidence = norms.Curator, "known"
	}
	return row
}

// readingRows are readings of one element: each word once, and another's.
func readingRows() []norms.ReadingRow {
	yes, others := reading("rights", "call", norms.ReadYes), reading("rights", "call", norms.ReadNo)
	yes.Edition, yes.EditionTitle, yes.Note, yes.Place, yes.Source, yes.SourceTitle = "2018", "Call of 2018", nasty, "13(e)", "letter", "A letter"
	others.Assessor, others.Organization, others.AssessorName = "organization", "watch", "Watchdog "+nasty
	doubted := reading("rights", "norms", norms.ReadNo)
	doubted.Confidence = "unverified"
	return []norms.ReadingRow{yes, others, reading("rights", "programme", norms.ReadPartly), doubted,
		reading("rights", "pledge", norms.NotApplicable), reading("rights", "law", norms.NotAssessed)}
}

// elementRows are two elements over the same agreements; of the second only
// the call was read.
func elementRows() []norms.ElementRow {
	second := []norms.ReadingRow{reading("threats", "call", norms.ReadNo)}
	for _, a := range []string{"programme", "norms", "pledge", "law"} {
		second = append(second, reading("threats", a, norms.NotAssessed))
	}
	return []norms.ElementRow{
		norms.ElementRow{Slug: "rights", Number: 9, Title: titles["rights"], Summary: nasty}.WithReadings(readingRows()),
		norms.ElementRow{Slug: "threats", Number: 10, Title: titles["threats"]}.WithReadings(second),
	}
}

func elementList() page.ElementList {
	return page.ElementList{List: list(elementRows()...), Filter: norms.ElementFilter{Space: "within_un", LegalNature: "not_binding"}}
}

func addElements(add func(name, path string, empty, full func(ui.Frame) templ.Component)) {
	e, f := of(page.Elements, elementList())
	add("elements", "/elements", e, f)
	e, f = of(page.Element, norms.Element{ElementRow: elementRows()[0], Facts: facts(), Statements: statementRows()})
	add("element", "/elements/rights", e, f)
}

func TestMatrixOfElements(t *testing.T) {
	t.Parallel()
	_, doc := render(t, page.Elements(frame(editor(), "/elements"), elementList()))
	rows := doc.Find(".elements tbody tr")
	for i, want := range []string{
		"2 of 3 horizontal, in several | 0 of 1 in none of them",
		"yes note on Rights " + nasty + " in The call 1 other reading | no",
		"partly | not assessed",
		"no unverified | not assessed",
		"not applicable | not assessed",
		"not assessed for any element",
	} {
		var cells []string
		for _, td := range rows.Eq(i).Find("td").EachIter() {
			parts := td.Children().Map(func(_ int, s *goquery.Selection) string { return s.Text() })
			cells = append(cells, strings.Join(strings.Fields(strings.Join(parts, " ")), " "))
		}
		if got := strings.Join(cells, " | "); got != want {
			t.Errorf("row %d: %q, want %q", i, got, want)
		}
	}
	heads := doc.Find(".elements thead th")
	for i, td := range rows.Eq(1).Find("td").EachIter() {
		if got, want := td.AttrOr("data-label", ""), heads.Eq(i+1).Text(); got != want {
			t.Errorf("a cell says %q below the column %q", got, want)
		}
	}
	if got := rows.Eq(1).Find("th .hint").Text(); got != "read in an earlier text: Call of 2018" {
		t.Errorf("%q", got)
	}
	if got := doc.Find(".total").Text(); got != "5 agreements, 3 of them assessed" {
		t.Errorf("%q", got)
	}
	if !strings.Contains(doc.Find(".ours").Text(), "our own readings of the texts, not the forum’s table") {
		t.Error("the page does not say whose readings these are")
	}
}

func TestElementByReading(t *testing.T) {
	t.Parallel()
	_, doc := render(t, page.Element(frame(editor(), "/elements/rights"), norms.Element{ElementRow: elementRows()[0]}))
	for id, want := range map[string]string{"yes": "The call", "partly": "The programme", "no": "The norms", "not_applicable": "The pledge",
		"not_assessed": "The law", "others": "The call"} {
		if got := doc.Find("section[aria-labelledby=" + id + "]").Text(); !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q in it", id, got, want)
		}
	}
	if by := doc.Find("#in-call td").Eq(1).Text(); by != "our own reading of the text" {
		t.Errorf("read by %q", by)
	}
	if unread := doc.Find("section[aria-labelledby=not_assessed]").Text(); strings.Contains(unread, "our own reading") {
		t.Error("what nobody has read is said to be our reading")
	}
}

func TestAgreementThatNobodyHasRead(t *testing.T) {
	t.Parallel()
	a := norms.Agreement{AgreementRow: agreementRow(), Elements: []norms.ReadingRow{reading("rights", "paris-call", norms.NotAssessed)}}
	_, doc := render(t, page.Agreement(frame(editor(), "/agreements/paris-call"), a))
	section := doc.Find("section[aria-labelledby=elements]")
	if section.Find("table").Length() > 0 || !strings.HasPrefix(section.Find(".none").Text(), "Not assessed: nobody has read") {
		t.Errorf("%q", section.Text())
	}
}

// Every word of the closed lists has a text of its own, and one that is none
// has not.
func TestWordsOfReadings(t *testing.T) {
	t.Parallel()
	has := func(id string) bool {
		_, ok := words.Known(t.Context(), id)
		return ok
	}
	var ids []string
	for _, r := range norms.Readings {
		ids = append(ids, "elements.reading."+string(r), "elements.meaning."+string(r))
	}
	for _, r := range norms.Recurrences {
		ids = append(ids, "elements.recurrence."+string(r))
	}
	for _, a := range norms.Assessors {
		ids = append(ids, "elements.assessor."+string(a))
	}
	for _, n := range norms.Forces {
		ids = append(ids, "elements.nature."+string(n))
	}
	for _, id := range ids {
		if !has(id) {
			t.Errorf("%s has no words", id)
		}
	}
	if has("elements.reading.maybe") {
		t.Error("the check finds words for what is none")
	}
}
