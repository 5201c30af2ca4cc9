package page

import (
	"context"
	"strconv"
	"strings"

	"normmap/internal/norms"
	"normmap/web/href"
	"normmap/web/ui"
	"normmap/web/words"
)

// CoverageMatrix is what the coverage page shows. Agreements and Organizations
// are the choices of its filter.
type CoverageMatrix struct {
	norms.Coverage
	Filter        norms.CoverageFilter
	Agreements    []norms.Choice
	Organizations []norms.Choice
	Editing       bool // the reader may record something about a cell
}

// Address is that of the coverage as filtered, from its first column.
func (m CoverageMatrix) Address() string {
	f := m.Filter
	pairs := []string{"organization", f.Organization, "stakeholder_group", f.StakeholderGroup, "edition", f.Edition}
	if f.By != norms.ByOrganization {
		pairs = append(pairs, "by", string(f.By))
	}
	for _, a := range f.Agreements {
		pairs = append(pairs, "agreement", a)
	}
	return href.With(href.Coverage(), pairs...)
}

// coverageOf is the coverage of one agreement.
func coverageOf(agreement string) string { return href.With(href.Coverage(), "agreement", agreement) }

// coverageOfEdition names the edition only where the agreement alone means
// others.
func coverageOfEdition(e norms.EditionRow) string {
	if e.Current && e.Programme == "" {
		return coverageOf(e.Agreement)
	}
	return href.With(coverageOf(e.Agreement), "edition", e.Slug)
}

// onPaper is how many columns fit a printed page; of more, a list is printed.
const onPaper = 8

func (m CoverageMatrix) wide() bool { return len(m.Columns) > onPaper }

// endColumns are those after the organizations: who is cited, links,
// initiatives.
const endColumns = 3

// span is the width of a row that is one cell.
func (m CoverageMatrix) span() string { return strconv.Itoa(1 + len(m.Columns) + endColumns) }

func endSpan() string { return strconv.Itoa(endColumns) }

// columnName is who stands in a column.
func (m CoverageMatrix) columnName(ctx context.Context, c norms.CoverageColumn) string {
	if m.By == norms.ByOrganization {
		return c.Name
	}
	return ui.StakeholderGroup(ctx, c.StakeholderGroup)
}

func coverageBy(ctx context.Context, b norms.CoverageBy) string {
	return words.Of(ctx, "coverage.by", b)
}

// columnAddress leads on from a column's head: to the organization, or to the
// group's organizations.
func (m CoverageMatrix) columnAddress(c norms.CoverageColumn) string {
	switch {
	case m.By == norms.ByOrganization:
		return href.Organization(c.Key)
	case c.Key == "":
		return ""
	}
	byGroup := m
	byGroup.Filter.By, byGroup.Filter.StakeholderGroup = norms.ByOrganization, c.Key
	return byGroup.Address()
}

// links is where the links of a cell are listed.
func (m CoverageMatrix) links(r norms.CoverageRow, c norms.CoverageColumn) string {
	if m.By == norms.ByOrganization {
		return supporting(m.linksOf(r, c), "contributor")
	}
	return href.Principle(r.Ref) + "#evidence"
}

// linksOf lists all links to a principle, of a column's organization only where
// columns are organizations.
func (m CoverageMatrix) linksOf(r norms.CoverageRow, c norms.CoverageColumn) string {
	if m.By == norms.ByOrganization {
		return href.With(linksFor(r.Ref), "organization", c.Key)
	}
	return linksFor(r.Ref)
}

// reviewed is where the reviews of a cell are listed.
func (m CoverageMatrix) reviewed(r norms.CoverageRow, c norms.CoverageColumn) string {
	if m.By == norms.ByOrganization && m.Editing {
		return href.CellEdit(r.Ref, c.Key)
	}
	return href.Principle(r.Ref) + "#cells"
}

func (m CoverageMatrix) figures(ctx context.Context) []ui.Figure {
	return []ui.Figure{
		{Value: m.principles(), Label: words.Text(ctx, "coverage.figures.principles"), Href: "#matrix"},
		{Value: m.cited(), Label: words.Text(ctx, "coverage.figures.cited"), Href: "#matrix"},
		{Value: m.All.Links, Label: words.Text(ctx, "coverage.figures.links"), Href: "#matrix"},
		{Value: m.All.Initiatives, Label: words.Text(ctx, "coverage.figures.initiatives"), Href: href.Initiatives()},
		{Value: m.Evidence, Label: words.Of(ctx, "coverage.figures.columns", m.By), Href: "#matrix"},
	}
}

// missing says from which stakeholder groups nothing is on record; "" where
// the columns are organizations.
func (m CoverageMatrix) missing(ctx context.Context) string {
	if m.By != norms.ByStakeholderGroup {
		return ""
	}
	var with, without []string
	for _, c := range m.Columns {
		if c.Links > 0 {
			with = append(with, m.columnName(ctx, c))
		} else {
			without = append(without, m.columnName(ctx, c))
		}
	}
	switch {
	case len(with) == 0:
		return words.Text(ctx, "coverage.groups.nobody")
	case len(without) == 0:
		return words.Text(ctx, "coverage.groups.everybody")
	}
	return words.Text(ctx, "coverage.groups.some", "With", strings.Join(with, ", "), "Without", strings.Join(without, ", "))
}

// coverageEdition is the rows of one edition.
type coverageEdition struct {
	norms.CoverageRow // the first one, for what they have in common
	Rows              []norms.CoverageRow
}

// editions splits the rows where the edition changes.
func (m CoverageMatrix) editions() []coverageEdition {
	var out []coverageEdition
	for _, r := range m.Rows {
		if n := len(out); n == 0 || out[n-1].Edition != r.Edition || out[n-1].Agreement != r.Agreement {
			out = append(out, coverageEdition{CoverageRow: r})
		}
		e := &out[len(out)-1]
		e.Rows = append(e.Rows, r)
	}
	return out
}

// name is the agreement with its edition's title, where that says more.
func (e coverageEdition) name() string {
	if e.EditionTitle == e.AgreementTitle {
		return e.AgreementTitle
	}
	return e.AgreementTitle + ": " + e.EditionTitle
}

// principleName says the principle as people do.
func principleName(ctx context.Context, r norms.CoverageRow) string {
	return words.Text(ctx, "principle.name", "Agreement", r.AgreementTitle, "Noun", ui.Noun(ctx, r.Noun), "Number", r.Number)
}

// uncounted is what a share leaves out, in words: "5 not reviewed".
func uncounted(ctx context.Context, s norms.Share) string {
	var out []string
	for _, state := range norms.CellStates {
		if n := s.States[state]; n > 0 && !state.Counted() {
			out = append(out, ui.Number(n)+" "+ui.CellState(ctx, string(state)))
		}
	}
	return strings.Join(out, ", ")
}
