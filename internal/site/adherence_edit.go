package site

import (
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
	return editor{form: s.adherenceForm, edit: adherenceEdit,
		page: func(typed url.Values, _ norms.Edit) string { return href.Organization(typed.Get("organization")) }}
}

func (s *site) adherenceForm(r *http.Request) (plainForm, error) {
	f, err := s.adherenceOf(r)
	if err != nil {
		return plainForm{}, err
	}
	all, err := s.choices(r.Context())
	f.Controls = adherenceControls(f.recorded.Get("organization"), all)
	return f, err
}

// adherenceOf is the form without its controls.
func (s *site) adherenceOf(r *http.Request) (plainForm, error) {
	var a norms.AdherenceRow
	f := plainForm{EditForm: page.EditForm{Save: "Save the adherence"}}
	if slug := chi.URLParam(r, "slug"); slug != "" {
		o, err := s.Store.Organization(r.Context(), slug)
		if err != nil {
			return plainForm{}, err
		}
		a.Organization, a.OrganizationName = o.Slug, o.Name
		f.Heading, f.Action = "How does "+o.Name+" stand to an agreement?", href.AdherenceNew(slug)
	} else {
		var err error
		if a, err = s.Store.Adherence(r.Context(), pathID(r)); err != nil {
			return plainForm{}, err
		}
		f.Heading, f.Action = "Change how "+a.OrganizationName+" stands to "+a.AgreementTitle, href.AdherenceEdit(a.ID)
		f.Withdraw = "Withdraw this adherence"
	}
	f.Version, f.recorded, f.Cancel = a.Version, adherenceValues(a), href.Organization(a.Organization)
	f.crumbs = []ui.Crumb{{Label: "Organizations", Href: href.Organizations()}, {Label: a.OrganizationName, Href: f.Cancel}, {Label: "Adherence"}}
	return f, nil
}

func adherenceControls(organization string, all map[string]choices) []page.Control {
	organizations := all["organization"]
	return []page.Control{
		fixed("organization", "Organization", organization, organizations.word(organization)),
		all["agreement"].control(ui.Field{Name: "agreement", Label: "Agreement"}, ""),
		line("edition", "Edition", "Its name in addresses, such as 2018; left empty the whole agreement is meant."),
		words("relation", "Relation", "The words are not synonyms: use the one that the source uses.", "", norms.AdherenceRelations, ui.AdherenceRelation),
		organizations.without(organization).control(ui.Field{Name: "via", Label: "Through", Hint: "A body through which it stands by the agreement."}, "Directly, in its own name"),
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

func adherenceEdit(r *http.Request, v url.Values) (norms.Edit, error) {
	if v.Get("do") == "withdraw" {
		return norms.WithdrawAdherence{ID: pathID(r), Version: version(v)}, nil
	}
	organization := chi.URLParam(r, "slug") // of a new one
	if organization == "" {
		organization = v.Get("organization")
	}
	return norms.PutAdherence{
		ID: pathID(r), Version: version(v), Organization: organization, Agreement: v.Get("agreement"), Edition: v.Get("edition"),
		Relation: norms.AdherenceRelation(v.Get("relation")), Via: v.Get("via"), Founding: v.Get("founding") == "true",
		Since: norms.Date(v.Get("since")), Source: v.Get("source"), Place: v.Get("place"), Note: v.Get("note"),
	}, nil
}
