package site

import (
	"context"
	"net/http"
	"net/url"

	"github.com/go-chi/chi/v5"

	"normmap/internal/norms"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
)

// adherenceEditor changes and withdraws how organizations stand to agreements.
// A new one's address names the organization, a recorded one's its number.
func (s *site) adherenceEditor() editor {
	return editor{form: s.adherenceForm, edit: s.adherenceEdit}
}

// adherenceOf is the adherence of the address: a recorded one, or a new one of
// which only the organization is known.
func (s *site) adherenceOf(r *http.Request) (norms.AdherenceRow, error) {
	if slug := chi.URLParam(r, "slug"); slug != "" {
		o, err := s.Store.Organization(r.Context(), slug)
		return norms.AdherenceRow{Organization: o.Slug, OrganizationName: o.Name}, err
	}
	id, err := idOf(r)
	if err != nil {
		return norms.AdherenceRow{}, err
	}
	return s.Store.Adherence(r.Context(), id)
}

func (s *site) adherenceForm(r *http.Request) (plainForm, error) {
	a, err := s.adherenceOf(r)
	if err != nil {
		return plainForm{}, err
	}
	all, err := s.choices(r.Context())
	if err != nil {
		return plainForm{}, err
	}
	f := plainForm{EditForm: page.EditForm{
		Heading: "How does " + a.OrganizationName + " stand to an agreement?", Action: href.AdherenceNew(a.Organization),
		Save: "Save the adherence", Version: a.Version, Cancel: href.Organization(a.Organization), Controls: adherenceControls(r.Context(), a, all),
	}, recorded: adherenceValues(a)}
	if a.ID != 0 {
		f.Heading, f.Action = "Change how "+a.OrganizationName+" stands to "+a.AgreementTitle, href.AdherenceEdit(a.ID)
		f.Withdraw = "Withdraw this adherence"
	}
	f.crumbs = []ui.Crumb{{Label: "Organizations", Href: href.Organizations()}, {Label: a.OrganizationName, Href: f.Cancel}, {Label: "Adherence"}}
	return f, nil
}

func adherenceControls(ctx context.Context, a norms.AdherenceRow, all map[string]choices) []page.Control {
	organizations := all["organization"]
	return []page.Control{
		fixed("organization", "Organization", a.Organization, a.OrganizationName),
		all["agreement"].control(ui.Field{Name: "agreement", Label: "Agreement"}, ""),
		line("edition", "Edition", "Its name in addresses, such as 2018; left empty the whole agreement is meant."),
		menu(ctx, "relation", "Relation", "The words are not synonyms: use the one that the source uses.", "", norms.AdherenceRelations, ui.AdherenceRelation),
		organizations.without(a.Organization).control(ui.Field{Name: "via", Label: "Through", Hint: "A body through which it stands by the agreement."}, "Directly, in its own name"),
		{Shape: page.Ticks, Field: ui.Field{Name: "founding", Label: "Founding", Options: []ui.Option{{Value: "true", Label: "Among the first"}}}},
		date("since", "Since", ""),
		all["source"].control(ui.Field{Name: "source", Label: "Source"}, ""),
		line("place", "Place in the source", "A page, section or heading."),
		lines("note", "Note", "", 3),
	}
}

// adherenceValues is a recorded adherence as its form shows it.
func adherenceValues(a norms.AdherenceRow) url.Values {
	v := url.Values{
		"organization": {a.Organization}, "agreement": {a.Agreement}, "edition": {a.Edition}, "relation": {string(a.Relation)},
		"via": {a.Via}, "since": {string(a.Since)}, "source": {a.Source}, "place": {a.Place}, "note": {a.Note},
	}
	if a.Founding {
		v.Set("founding", "true")
	}
	return v
}

// adherenceEdit is what a form asks for. Whose adherence it is says the
// address or the record.
func (s *site) adherenceEdit(r *http.Request, v url.Values) (asked, error) {
	a, err := s.adherenceOf(r)
	if err != nil {
		return asked{}, err
	}
	to := href.Organization(a.Organization)
	if v.Get("do") == "withdraw" && a.ID != 0 {
		return asked{edit: norms.WithdrawAdherence{ID: a.ID, Version: version(v)}, to: to}, nil
	}
	return asked{to: to, edit: norms.PutAdherence{
		ID: a.ID, Version: version(v), Organization: a.Organization, Agreement: v.Get("agreement"), Edition: v.Get("edition"),
		Relation: norms.AdherenceRelation(v.Get("relation")), Via: v.Get("via"), Founding: v.Get("founding") == "true",
		Since: norms.Date(v.Get("since")), Source: v.Get("source"), Place: v.Get("place"), Note: v.Get("note"),
	}}, nil
}
