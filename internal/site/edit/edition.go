package edit

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/go-chi/chi/v5"

	"normmap/internal/norms"
	"normmap/internal/site/browse"
	"normmap/internal/site/form"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// EditionEditor changes editions, new and recorded ones, of the agreement in
// the address.
func (s *Site) EditionEditor() form.Editor {
	return form.Editor{Form: s.editionForm, Edit: s.editionEdit}
}

// editionOf is the edition of the address: a recorded one, or a new one that
// stands last in its agreement.
func (s *Site) editionOf(r *http.Request) (norms.Edition, error) {
	agreement, slug := chi.URLParam(r, "agreement"), chi.URLParam(r, "edition")
	if slug != "" {
		return s.Store.Edition(r.Context(), agreement, slug)
	}
	a, err := s.Store.Agreement(r.Context(), agreement)
	return norms.Edition{EditionRow: norms.EditionRow{Agreement: a.Slug, Current: len(a.Editions) == 0, URL: a.URL}, AgreementTitle: a.ShortTitle,
		Position: len(a.Editions) + 1}, err
}

func (s *Site) editionForm(r *http.Request) (form.Plain, error) {
	e, err := s.editionOf(r)
	if err != nil {
		return form.Plain{}, err
	}
	ctx := r.Context()
	f := form.Plain{EditForm: page.EditForm{
		Heading: words.Text(ctx, "edition_form.new", "Agreement", e.AgreementTitle), Lead: words.Text(ctx, "edition_form.lead"), Action: href.EditionNew(e.Agreement),
		Cancel: href.Agreement(e.Agreement), Save: words.Text(ctx, "edition_form.save"), Version: e.Version, Controls: editionControls(ctx, e),
	}, Recorded: editionValues(e)}
	f.Crumbs = []ui.Crumb{browse.AgreementsCrumb(ctx), {Label: e.AgreementTitle, Href: f.Cancel}, {Label: words.Text(ctx, "edition_form.crumb")}}
	if e.Slug != "" {
		f.Heading, f.Lead = words.Text(ctx, "form.change_thing", "Name", e.Title), ""
		f.Action, f.Cancel = href.EditionEdit(e.Agreement, e.Slug), href.Edition(e.Agreement, e.Slug)
		f.Crumbs = []ui.Crumb{f.Crumbs[0], f.Crumbs[1], {Label: e.Title, Href: f.Cancel}, {Label: words.Text(ctx, "form.change")}}
	}
	return f, nil
}

func editionControls(ctx context.Context, e norms.Edition) []page.Control {
	controls := []page.Control{
		form.Fixed(ctx, "edition_form.agreement", e.Agreement, e.AgreementTitle),
		form.Required(form.Line(ctx, "edition_form.title")),
		form.Line(ctx, "edition_form.programme"),
		form.Menu(ctx, "edition_form.noun", "", norms.Nouns, ui.Noun),
		form.Date(ctx, "edition_form.published_on"),
		form.Tick(ctx, "edition_form.current"),
		form.Line(ctx, "form.url"),
		form.Lines(ctx, "form.summary", 6),
		form.Line(ctx, "edition_form.position"),
	}
	if e.Slug == "" {
		controls = append(controls, form.SlugLine(ctx, words.Text(ctx, "form.slug.of_edition")))
	}
	return controls
}

// editionValues is a recorded edition as its form shows it.
func editionValues(e norms.Edition) url.Values {
	v := url.Values{
		"title": {e.Title}, "programme": {e.Programme}, "noun": {string(e.Noun)}, "published_on": {string(e.PublishedOn)}, "url": {e.URL},
		"summary": {e.Summary}, "position": {strconv.Itoa(e.Position)},
	}
	if e.Current {
		v.Set("current", "true")
	}
	return v
}

// editionEdit is what a form asks for. Which edition it is says the address;
// one that becomes the current one takes the place of another.
func (s *Site) editionEdit(r *http.Request, v url.Values) (form.Asked, error) {
	ctx, agreement, slug := r.Context(), chi.URLParam(r, "agreement"), chi.URLParam(r, "edition")
	order, wrong := form.Position(ctx, v)
	e := norms.PutEdition{
		Version: form.Version(v), Agreement: agreement, Slug: slug, Title: v.Get("title"), Programme: v.Get("programme"), Noun: norms.Noun(v.Get("noun")),
		PublishedOn: norms.ReadDate(v.Get("published_on")), Current: v.Get("current") == "true", URL: v.Get("url"), Summary: v.Get("summary"), Position: order,
	}
	if slug == "" {
		e.Slug = slugOr(v.Get("slug"), cmp.Or(string(e.PublishedOn), e.Title))
	}
	a := form.Asked{Edit: e, Wrong: wrong, To: href.Edition(agreement, e.Slug), Understood: form.DatesUnderstood(ctx, v, "edition_form.published_on")}
	if !e.Current {
		return a, nil
	}
	before, err := s.currentBefore(ctx, e)
	if err == nil && before != nil {
		a.Before = []norms.Edit{*before}
		a.Understood = append(a.Understood, words.Text(ctx, "edition_form.current.instead", "Edition", before.Title))
	}
	return a, err
}

// currentBefore is the edit that makes an earlier edition of the one that is
// current now and may not stay so beside e; nil when there is none.
func (s *Site) currentBefore(ctx context.Context, e norms.PutEdition) (*norms.PutEdition, error) {
	a, err := s.Store.Agreement(ctx, e.Agreement)
	if err != nil {
		return nil, err
	}
	for _, other := range a.Editions {
		if !other.Current || other.Programme != e.Programme || other.Slug == e.Slug {
			continue
		}
		o, err := s.Store.Edition(ctx, other.Agreement, other.Slug)
		return &norms.PutEdition{Version: o.Version, Agreement: o.Agreement, Slug: o.Slug, Title: o.Title, Programme: o.Programme, Noun: o.Noun,
			PublishedOn: o.PublishedOn, URL: o.URL, Summary: o.Summary, Position: o.Position}, err
	}
	return nil, nil
}
