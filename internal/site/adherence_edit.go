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
	"normmap/web/words"
)

// adherenceEditor changes and withdraws how organizations stand to agreements.
// A new one's address names the organization, a recorded one's its number.
func (s *editSite) adherenceEditor() editor {
	return editor{form: s.adherenceForm, edit: s.adherenceEdit}
}

// adherenceOf is the adherence of the address: a recorded one, or a new one of
// which only the organization is known.
func (s *editSite) adherenceOf(r *http.Request) (norms.AdherenceRow, error) {
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

func (s *editSite) adherenceForm(r *http.Request) (plainForm, error) {
	a, err := s.adherenceOf(r)
	if err != nil {
		return plainForm{}, err
	}
	ctx := r.Context()
	all, err := s.choices(ctx)
	if err != nil {
		return plainForm{}, err
	}
	editions, err := s.editionChoices(ctx, "")
	if err != nil {
		return plainForm{}, err
	}
	f := plainForm{EditForm: page.EditForm{
		Heading: words.Text(ctx, "adherence_form.new", "Organization", a.OrganizationName), Action: href.AdherenceNew(a.Organization),
		Save: words.Text(ctx, "adherence_form.save"), Version: a.Version, Cancel: href.Organization(a.Organization), Controls: adherenceControls(ctx, a, all, editions),
	}, recorded: adherenceValues(a)}
	if a.ID != 0 {
		f.Heading = words.Text(ctx, "adherence_form.change", "Organization", a.OrganizationName, "Agreement", a.AgreementTitle)
		f.Action, f.Withdraw = href.AdherenceEdit(a.ID), words.Text(ctx, "adherence_form.withdraw")
	}
	f.crumbs = []ui.Crumb{{Label: words.Text(ctx, "common.organizations"), Href: href.Organizations()}, {Label: a.OrganizationName, Href: f.Cancel},
		{Label: words.Text(ctx, "adherence_form.crumb")}}
	return f, nil
}

func adherenceControls(ctx context.Context, a norms.AdherenceRow, all map[string]choices, editions choices) []page.Control {
	others := all["organization"].without(a.Organization)
	return []page.Control{
		fixed(ctx, "adherence_form.organization", a.Organization, a.OrganizationName),
		all["agreement"].control(ctx, field(ctx, "adherence_form.agreement"), ""),
		editions.control(ctx, field(ctx, "adherence_form.edition"), words.Text(ctx, "adherence_form.edition.none")),
		menu(ctx, "adherence_form.relation", "", norms.AdherenceRelations, ui.AdherenceRelation),
		others.control(ctx, field(ctx, "adherence_form.via"), words.Text(ctx, "adherence_form.via.none")),
		tick(ctx, "adherence_form.founding"),
		date(ctx, "adherence_form.since"),
		all["source"].control(ctx, field(ctx, "adherence_form.source"), ""),
		line(ctx, "form.place"),
		lines(ctx, "adherence_form.note", 3),
	}
}

// adherenceValues is a recorded adherence as its form shows it.
func adherenceValues(a norms.AdherenceRow) url.Values {
	v := url.Values{
		"organization": {a.Organization}, "agreement": {a.Agreement}, "edition": {""}, "relation": {string(a.Relation)},
		"via": {a.Via}, "since": {string(a.Since)}, "source": {a.Source}, "place": {a.Place}, "note": {a.Note},
	}
	if a.Edition != "" {
		v.Set("edition", a.Agreement+"/"+a.Edition)
	}
	if a.Founding {
		v.Set("founding", "true")
	}
	return v
}

// adherenceEdit is what a form asks for. Whose adherence it is says the
// address or the record.
func (s *editSite) adherenceEdit(r *http.Request, v url.Values) (asked, error) {
	a, err := s.adherenceOf(r)
	if err != nil {
		return asked{}, err
	}
	to := href.Organization(a.Organization)
	if v.Get("do") == "withdraw" && a.ID != 0 {
		return asked{edit: norms.WithdrawAdherence{ID: a.ID, Version: version(v)}, to: to}, nil
	}
	edition, wrong := editionIn(r.Context(), v.Get("agreement"), v)
	understood := datesUnderstood(r.Context(), v, "adherence_form.since")
	return asked{to: to, wrong: wrong, understood: understood, edit: norms.PutAdherence{
		ID: a.ID, Version: version(v), Organization: a.Organization, Agreement: v.Get("agreement"), Edition: edition,
		Relation: norms.AdherenceRelation(v.Get("relation")), Via: v.Get("via"), Founding: v.Get("founding") == "true",
		Since: norms.ReadDate(v.Get("since")), Source: v.Get("source"), Place: v.Get("place"), Note: v.Get("note"),
	}}, nil
}
