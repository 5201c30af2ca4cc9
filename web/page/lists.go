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
	Agreements []norms.Choice
}

// Address is that of the list as filtered, from its beginning.
func (l OrganizationList) Address() string {
	return href.With(href.Organizations(), "stakeholder_group", l.Filter.StakeholderGroup, "agreement", l.Filter.Agreement, "q", l.Filter.Q)
}

// InitiativeList is what the list of initiatives shows. Agreements and
// Organizations are the choices of its filter.
type InitiativeList struct {
	norms.List[norms.InitiativeRow]
	Filter        norms.InitiativeFilter
	Agreements    []norms.Choice
	Organizations []norms.Choice
}

// Address is that of the list as filtered, from its beginning.
func (l InitiativeList) Address() string {
	f := l.Filter
	return href.With(href.Initiatives(), "organization", f.Organization, "agreement", f.Agreement,
		"principle", f.Principle, "status", f.Status, "q", f.Q)
}

// SourceList is what the list of sources shows.
type SourceList struct {
	norms.List[norms.SourceRow]
	Filter norms.SourceFilter
}

// Address is that of the list as filtered, from its beginning.
func (l SourceList) Address() string {
	return href.With(href.Sources(), "kind", l.Filter.Kind, "q", l.Filter.Q)
}

// Choice is a label that several current editions of an agreement know, or its
// numberings by different principles.
type Choice struct {
	Agreement   string // slug
	Label       string // as the address writes it
	ByNumbering bool   // no current edition prints the label
	Principles  []norms.PrincipleRow
}

func (c Choice) agreementTitle() string {
	if len(c.Principles) == 0 {
		return c.Agreement
	}
	return c.Principles[0].AgreementTitle
}

// next is the address of the page of a list after the one shown, "" on the
// last one.
func next(address string, cursor *string) string {
	if cursor == nil {
		return ""
	}
	return href.With(address, "cursor", *cursor)
}

func options(choices []norms.Choice) []ui.Option {
	out := make([]ui.Option, len(choices))
	for i, c := range choices {
		out[i] = ui.Option{Value: c.Slug, Label: c.Title}
	}
	return out
}
