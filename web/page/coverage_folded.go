package page

import (
	"context"

	"normmap/internal/norms"
	"normmap/web/href"
	"normmap/web/ui"
	"normmap/web/words"
)

// folded tells whether agreements stand in place of their principles.
func (m CoverageMatrix) folded() bool { return len(m.Folded) > 0 }

func (m CoverageMatrix) principles() int {
	n := len(m.Rows)
	for _, a := range m.Folded {
		n += a.Principles
	}
	return n
}

// cited is how many principles have links.
func (m CoverageMatrix) cited() int {
	n := 0
	for _, r := range m.Rows {
		if r.Links > 0 {
			n++
		}
	}
	for _, a := range m.Folded {
		n += a.Cited
	}
	return n
}

// ofAgreement is the matrix of the principles of an agreement, in the same
// columns, or with one organization.
func (m CoverageMatrix) ofAgreement(agreement, organization string) string {
	one := CoverageMatrix{Filter: m.Filter}
	one.Filter.Agreements = []string{agreement}
	if organization != "" {
		one.Filter.Organization = organization
	}
	return one.Address()
}

// ofCell is where the principles are that a cell counts.
func (m CoverageMatrix) ofCell(a norms.AgreementCoverage, c norms.CoverageColumn) string {
	if m.By == norms.ByOrganization {
		return m.ofAgreement(a.Agreement, c.Key)
	}
	return m.ofAgreement(a.Agreement, "")
}

// foldedState is the shape of a cell with links.
func foldedState(c norms.AgreementCell) string {
	if c.Contested > 0 {
		return string(norms.Contested)
	}
	return string(norms.Cited)
}

// linksOfAgreement lists the links to the principles of an agreement.
func linksOfAgreement(agreement string) string {
	return supporting(href.With(href.Links(), "agreement", agreement), "contributor")
}

// citedOf says how many of an agreement's principles have links.
func citedOf(ctx context.Context, a norms.AgreementCoverage) string {
	return words.Text(ctx, "coverage.share", "Cited", ui.Number(a.Cited), "Counted", ui.Number(a.Principles))
}
