package page

import (
	"context"
	"slices"
	"strconv"

	"normmap/internal/norms"
	"normmap/web/href"
	"normmap/web/ui"
	"normmap/web/words"
)

// ElementList is what the page of all elements shows.
type ElementList struct {
	norms.List[norms.ElementRow]
	Filter norms.ElementFilter
}

// Address is that of the page as filtered.
func (l ElementList) Address() string {
	return href.With(href.Elements(), "space", l.Filter.Space, "legal_nature", l.Filter.LegalNature)
}

// Readings are all readings of all elements, as rows of a table.
func (l ElementList) Readings() []norms.ReadingRow {
	var out []norms.ReadingRow
	for _, e := range l.Items {
		out = append(out, e.Readings...)
	}
	return out
}

// readingCell is one place of the matrix: our own reading, and how many others
// there are beside it.
type readingCell struct {
	norms.ReadingRow
	Others int
}

// remarked tells whether there is more to read about a cell than its word.
func (c readingCell) remarked() bool { return c.Note != "" || c.Place != "" }

// matrixRow is an agreement with its cells, one for each element in order.
type matrixRow struct {
	Agreement, Title string
	Cells            []readingCell
}

// read tells whether anybody has read the agreement for any element.
func (r matrixRow) read() bool {
	return slices.ContainsFunc(r.Cells, func(c readingCell) bool { return c.Assessor != "" || c.Others > 0 })
}

// assessed tells whether the agreement counts for any element.
func (r matrixRow) assessed() bool {
	return slices.ContainsFunc(r.Cells, func(c readingCell) bool { return c.Reading.Assessed() })
}

// earlier is the title of an edition that was read and is not current any
// more, "" when there is none.
func (r matrixRow) earlier() string {
	for _, c := range r.Cells {
		if c.Edition != "" && !c.EditionCurrent {
			return c.EditionTitle
		}
	}
	return ""
}

// matrix turns elements into a row for each agreement, in the readings' order.
func matrix(elements []norms.ElementRow) []matrixRow {
	var rows []matrixRow
	at := map[string]int{}
	for column, e := range elements {
		for _, r := range e.Readings {
			i, known := at[r.Agreement]
			if !known {
				i = len(rows)
				at[r.Agreement] = i
				rows = append(rows, matrixRow{r.Agreement, r.AgreementTitle, unreadCells(elements, r)})
			}
			rows[i].Cells[column].take(r)
		}
	}
	return rows
}

func unreadCells(elements []norms.ElementRow, in norms.ReadingRow) []readingCell {
	cells := make([]readingCell, len(elements))
	for i, e := range elements {
		cells[i].ReadingRow = norms.ReadingRow{Element: e.Slug, ElementTitle: e.Title, Agreement: in.Agreement,
			AgreementTitle: in.AgreementTitle, Reading: norms.NotAssessed}
	}
	return cells
}

func (c *readingCell) take(r norms.ReadingRow) {
	if r.Ours() {
		c.ReadingRow = r
		return
	}
	c.Others++
}

func assessedRows(rows []matrixRow) int {
	n := 0
	for _, r := range rows {
		if r.assessed() {
			n++
		}
	}
	return n
}

// readingGroup is the agreements with one reading of an element.
type readingGroup struct {
	Reading  norms.Reading
	Readings []norms.ReadingRow
}

// byReading sorts our own readings under their words, and gives those of
// others apart.
func byReading(rows []norms.ReadingRow) (groups []readingGroup, others []norms.ReadingRow) {
	for _, word := range norms.Readings {
		g := readingGroup{Reading: word}
		for _, r := range rows {
			if r.Ours() && r.Reading == word {
				g.Readings = append(g.Readings, r)
			}
		}
		if len(g.Readings) > 0 {
			groups = append(groups, g)
		}
	}
	others = slices.DeleteFunc(slices.Clone(rows), func(r norms.ReadingRow) bool { return r.Ours() })
	return groups, others
}

// readAtAll tells whether anybody has read for any of the rows.
func readAtAll(rows []norms.ReadingRow) bool {
	return slices.ContainsFunc(rows, func(r norms.ReadingRow) bool { return r.Assessor != "" })
}

// assessorWord says who reads.
func assessorWord(ctx context.Context, r norms.ReadingRow) string {
	if r.AssessorName != "" {
		return r.AssessorName
	}
	return words.Of(ctx, "elements.assessor", r.Assessor)
}

// readingPlace is where an element's page speaks of our reading of an
// agreement.
func readingPlace(agreement string) string { return "in-" + agreement }

func natureOptions(ctx context.Context) []ui.Option {
	options := ui.Options(ctx, norms.Forces, func(ctx context.Context, n norms.LegalNature) string { return words.Of(ctx, "elements.nature", n) })
	return ui.OrNone(words.Text(ctx, "elements.filter.any"), append(options, ui.Options(ctx, norms.LegalNatures, ui.LegalNature)...))
}

func elementFigures(ctx context.Context, groups []readingGroup) []ui.Figure {
	var out []ui.Figure
	for _, g := range groups {
		if g.Reading == norms.NotApplicable {
			continue
		}
		out = append(out, ui.Figure{Value: len(g.Readings), Label: words.Of(ctx, "elements.one_element", g.Reading), Href: "#" + string(g.Reading)})
	}
	return out
}

func columnCount(elements []norms.ElementRow) string { return strconv.Itoa(len(elements)) }

// mayChange tells whether the reader may change a reading: the record's own,
// one's own, or that of the organization for which one answers.
func mayChange(f ui.Frame, r norms.ReadingRow) bool {
	if !f.Editor() {
		return false
	}
	switch r.Assessor {
	case "account":
		return r.AccountID != nil && *r.AccountID == f.Actor.ID
	case "organization":
		return f.Actor.OrganizationID != 0 && f.Actor.Organization == r.Organization
	}
	return true
}

// readingForm is the form of a reading, of a new one where there is none.
func readingForm(r norms.ReadingRow) string {
	if r.ReadingID == 0 {
		return href.With(href.ReadingNew(r.Element), "agreement", r.Agreement)
	}
	return href.ReadingEdit(r.ReadingID)
}

func readingLink(ctx context.Context, r norms.ReadingRow) string {
	if r.ReadingID == 0 {
		return words.Text(ctx, "elements.add_reading")
	}
	return words.Text(ctx, "elements.change_reading")
}
