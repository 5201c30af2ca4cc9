package edit

import (
	"context"
	"net/http"
	"net/url"

	"github.com/go-chi/chi/v5"

	"normmap/internal/norms"
	"normmap/internal/site/form"
	"normmap/internal/site/serve"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// AdherenceEditor changes and withdraws how organizations stand to agreements.
// A new one's address names the organization, a recorded one's its number.
func (s *Site) AdherenceEditor() form.Editor {
	return form.Editor{Form: s.adherenceForm, Edit: s.adherenceEdit}
}

// adherenceOf is the adherence of the address: a recorded one, or a new one of
// which only the organization is known.
func (s *Site) adherenceOf(r *http.Request) (norms.AdherenceRow, error) {
	if slug := chi.URLParam(r, "slug"); slug != "" {
		o, err := s.Store.Organization(r.Context(), slug)
		return norms.AdherenceRow{Organization: o.Slug, OrganizationName: o.Name}, err
	}
	id, err := serve.IDOf(r)
	if err != nil {
		return norms.AdherenceRow{}, err
	}
	return s.Store.Adherence(r.Context(), id)
}

func (s *Site) adherenceForm(r *http.Request) (form.Plain, error) {
	a, err := s.adherenceOf(r)
	if err != nil {
		return form.Plain{}, err
	}
	ctx := r.Context()
	all, err := s.Choices(ctx)
	if err != nil {
		return form.Plain{}, err
	}
	editions, err := s.EditionChoices(ctx, "")
	if err != nil {
		return form.Plain{}, err
	}
	f := form.Plain{EditForm: page.EditForm{
		Heading: words.Text(ctx, "adherence_form.new", "Organization", a.OrganizationName), Action: href.AdherenceNew(a.Organization),
		Save: words.Text(ctx, "adherence_form.save"), Version: a.Version, Cancel: href.Organization(a.Organization), Controls: adherenceControls(ctx, a, all, editions),
	}, Recorded: adherenceValues(a)}
	if a.ID != 0 {
		f.Heading = words.Text(ctx, "adherence_form.change", "Organization", a.OrganizationName, "Agreement", a.AgreementTitle)
		f.Action, f.Withdraw = href.AdherenceEdit(a.ID), words.Text(ctx, "adherence_form.withdraw")
	}
	f.Crumbs = []ui.Crumb{{Label: words.Text(ctx, "common.organizations"), Href: href.Organizations()}, {Label: a.OrganizationName, Href: f.Cancel},
		{Label: words.Text(ctx, "adherence_form.crumb")}}
	return f, nil
}

func adherenceControls(ctx context.Context, a norms.AdherenceRow, all map[string]form.Choices, editions form.Choices) []page.Control {
	others := all["organization"].Without(a.Organization)
	return []page.Control{
		form.Fixed(ctx, "adherence_form.organization", a.Organization, a.OrganizationName),
		all["agreement"].Control(ctx, form.Field(ctx, "adherence_form.agreement"), ""),
		editions.Control(ctx, form.Field(ctx, "adherence_form.edition"), words.Text(ctx, "adherence_form.edition.none")),
		form.Menu(ctx, "adherence_form.relation", "", norms.AdherenceRelations, ui.AdherenceRelation),
		others.Control(ctx, form.Field(ctx, "adherence_form.via"), words.Text(ctx, "adherence_form.via.none")),
		form.Tick(ctx, "adherence_form.founding"),
		form.Date(ctx, "adherence_form.since"),
		all["source"].Control(ctx, form.Field(ctx, "adherence_form.source"), ""),
		form.Line(ctx, "form.place"),
		form.Lines(ctx, "adherence_form.note", 3),
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
func (s *Site) adherenceEdit(r *http.Request, v url.Values) (form.Asked, error) {
	a, err := s.adherenceOf(r)
	if err != nil {
		return form.Asked{}, err
	}
	to := href.Organization(a.Organization)
	if v.Get("do") == "withdraw" && a.ID != 0 {
		return form.Asked{Edit: norms.WithdrawAdherence{ID: a.ID, Version: form.Version(v)}, To: to}, nil
	}
	edition, wrong := form.EditionIn(r.Context(), v.Get("agreement"), v)
	understood := form.DatesUnderstood(r.Context(), v, "adherence_form.since")
	return form.Asked{To: to, Wrong: wrong, Understood: understood, Edit: norms.PutAdherence{
		ID: a.ID, Version: form.Version(v), Organization: a.Organization, Agreement: v.Get("agreement"), Edition: edition,
		Relation: norms.AdherenceRelation(v.Get("relation")), Via: v.Get("via"), Founding: v.Get("founding") == "true",
		Since: norms.ReadDate(v.Get("since")), Source: v.Get("source"), Place: v.Get("place"), Note: v.Get("note"),
	}}, nil
}
