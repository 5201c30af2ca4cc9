package edit

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/go-chi/chi/v5"

	"normmap/internal/norms"
	"normmap/internal/site/browse"
	"normmap/internal/site/form"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// AgreementEditor changes agreements, new and recorded ones.
func (s *Site) AgreementEditor() form.Editor {
	return form.Editor{
		Form: s.agreementForm,
		Edit: func(r *http.Request, typed url.Values) (form.Asked, error) {
			e := agreementEdit(chi.URLParam(r, "agreement"), typed)
			return form.Asked{Edit: e, To: href.Agreement(e.Slug)}, nil
		},
	}
}

func (s *Site) agreementForm(r *http.Request) (form.Plain, error) {
	ctx, slug := r.Context(), chi.URLParam(r, "agreement")
	f := form.Plain{
		EditForm: page.EditForm{Heading: words.Text(ctx, "agreement_form.new"), Lead: words.Text(ctx, "agreement_form.lead"),
			Action: href.AgreementNew(), Cancel: href.Agreements(), Save: words.Text(ctx, "agreement_form.save"), Controls: agreementControls(ctx, slug)},
		Crumbs:   []ui.Crumb{browse.AgreementsCrumb(ctx), {Label: words.Text(ctx, "agreement_form.new")}},
		Recorded: url.Values{},
	}
	if slug == "" {
		return f, nil
	}
	a, err := s.Store.Agreement(ctx, slug)
	if err != nil {
		return form.Plain{}, err
	}
	f.Heading, f.Lead = words.Text(ctx, "form.change_thing", "Name", a.ShortTitle), ""
	f.Action, f.Cancel = href.AgreementEdit(slug), href.Agreement(slug)
	f.Version, f.Recorded = a.Version, agreementValues(a)
	f.Crumbs = []ui.Crumb{f.Crumbs[0], {Label: a.ShortTitle, Href: f.Cancel}, {Label: words.Text(ctx, "form.change")}}
	return f, nil
}

func agreementControls(ctx context.Context, slug string) []page.Control {
	controls := []page.Control{
		form.Required(form.Line(ctx, "agreement_form.title")),
		form.Required(form.Line(ctx, "agreement_form.short_title")),
		form.Menu(ctx, "agreement_form.legal_nature", "", norms.LegalNatures, ui.LegalNature),
		form.Menu(ctx, "agreement_form.space", "", norms.Spaces, ui.Space),
		form.Line(ctx, "agreement_form.convener"),
		form.Lines(ctx, "agreement_form.aliases", 3),
		form.Line(ctx, "form.url"),
		form.Lines(ctx, "form.summary", 6),
	}
	if slug == "" {
		controls = append(controls, form.SlugLine(ctx, words.Text(ctx, "form.slug.from_short_title")))
	}
	return controls
}

// agreementValues is a recorded agreement as its form shows it.
func agreementValues(a norms.Agreement) url.Values {
	return url.Values{
		"title": {a.Title}, "short_title": {a.ShortTitle}, "legal_nature": {string(a.LegalNature)}, "space": {string(a.Space)},
		"convener": {a.Convener}, "aliases": {strings.Join(a.Aliases, "\n")}, "url": {a.URL}, "summary": {a.Summary},
	}
}

// agreementEdit is what a form asks for; slug is that of the address, "" for a
// new agreement.
func agreementEdit(slug string, v url.Values) norms.PutAgreement {
	if slug == "" {
		slug = slugOr(v.Get("slug"), v.Get("short_title"))
	}
	return norms.PutAgreement{
		Version: form.Version(v), Slug: slug, Title: v.Get("title"), ShortTitle: v.Get("short_title"), LegalNature: norms.LegalNature(v.Get("legal_nature")),
		Space: norms.Space(v.Get("space")), Convener: v.Get("convener"), URL: v.Get("url"), Summary: v.Get("summary"), Aliases: form.EachLine(v.Get("aliases")),
	}
}
