package page

import (
	"normmap/internal/norms"
	"normmap/web/href"
	"normmap/web/ui"
)

// OrganizationList is what the list of organizations shows. Agreements are the
// choices of its filter.
type OrganizationList struct {
	norms.List[norms.OrganizationRow]
	Filter     norms.OrganizationFilter
	Agreements []norms.AgreementRow
}

func (l OrganizationList) next() string {
	return next(href.Organizations(), l.List.Next,
		"stakeholder_group", l.Filter.StakeholderGroup, "agreement", l.Filter.Agreement, "q", l.Filter.Q)
}

// InitiativeList is what the list of initiatives shows. Agreements and
// Organizations are the choices of its filter.
type InitiativeList struct {
	norms.List[norms.InitiativeRow]
	Filter        norms.InitiativeFilter
	Agreements    []norms.AgreementRow
	Organizations []norms.OrganizationRow
}

func (l InitiativeList) next() string {
	f := l.Filter
	return next(href.Initiatives(), l.List.Next, "organization", f.Organization, "agreement", f.Agreement,
		"principle", f.Principle, "status", f.Status, "q", f.Q)
}

// SourceList is what the list of sources shows.
type SourceList struct {
	norms.List[norms.SourceRow]
	Filter norms.SourceFilter
}

func (l SourceList) next() string {
	return next(href.Sources(), l.List.Next, "kind", l.Filter.Kind, "q", l.Filter.Q)
}

// Choice is a label that several current editions of an agreement know.
type Choice struct {
	Agreement  string // slug
	Label      string // as the address writes it
	Principles []norms.PrincipleRow
}

func (c Choice) agreementTitle() string {
	if len(c.Principles) == 0 {
		return c.Agreement
	}
	return c.Principles[0].AgreementTitle
}

// next is the address of the page of a list after the one shown, "" on the
// last one.
func next(address string, cursor *string, filter ...string) string {
	if cursor == nil {
		return ""
	}
	return href.With(href.With(address, filter...), "cursor", *cursor)
}

func agreementOptions(rows []norms.AgreementRow) []ui.Option {
	out := make([]ui.Option, len(rows))
	for i, a := range rows {
		out[i] = ui.Option{Value: a.Slug, Label: a.ShortTitle}
	}
	return out
}

func organizationOptions(rows []norms.OrganizationRow) []ui.Option {
	out := make([]ui.Option, len(rows))
	for i, o := range rows {
		out[i] = ui.Option{Value: o.Slug, Label: o.Name}
	}
	return out
}
