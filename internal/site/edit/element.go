package edit

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/go-chi/chi/v5"

	"normmap/internal/norms"
	"normmap/internal/site/form"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// ElementEditor changes elements, new and recorded ones.
func (s *Site) ElementEditor() form.Editor {
	return form.Editor{
		Form: s.elementForm,
		Edit: func(r *http.Request, typed url.Values) (form.Asked, error) {
			e, wrong := elementEdit(r.Context(), chi.URLParam(r, "slug"), typed)
			return form.Asked{Edit: e, Wrong: wrong, To: href.Element(e.Slug)}, nil
		},
	}
}

func elementsCrumb(ctx context.Context) ui.Crumb {
	return ui.Crumb{Label: words.Text(ctx, "elements.title"), Href: href.Elements()}
}

func (s *Site) elementForm(r *http.Request) (form.Plain, error) {
	ctx, slug := r.Context(), chi.URLParam(r, "slug")
	f := form.Plain{
		EditForm: page.EditForm{Heading: words.Text(ctx, "element_form.new"), Lead: words.Text(ctx, "element_form.lead"),
			Action: href.ElementNew(), Cancel: href.Elements(), Save: words.Text(ctx, "element_form.save")},
		Crumbs:   []ui.Crumb{elementsCrumb(ctx), {Label: words.Text(ctx, "element_form.new")}},
		Recorded: url.Values{},
	}
	f.Controls = []page.Control{form.Required(form.Line(ctx, "element_form.title")), form.Required(form.Line(ctx, "element_form.number")), form.Lines(ctx, "form.summary", 6)}
	if slug == "" {
		f.Controls = append(f.Controls, form.SlugLine(ctx, words.Text(ctx, "form.slug.from_title")))
		return f, nil
	}
	e, err := s.Store.Element(ctx, slug)
	if err != nil {
		return form.Plain{}, err
	}
	f.Heading, f.Lead = words.Text(ctx, "form.change_thing", "Name", e.Title), ""
	f.Action, f.Cancel, f.Version = href.ElementEdit(slug), href.Element(slug), e.Version
	f.Recorded = url.Values{"title": {e.Title}, "number": {strconv.Itoa(e.Number)}, "summary": {e.Summary}}
	f.Crumbs = []ui.Crumb{f.Crumbs[0], {Label: e.Title, Href: f.Cancel}, {Label: words.Text(ctx, "form.change")}}
	return f, nil
}

// elementEdit is what a form asks for; slug is that of the address, "" for a
// new element.
func elementEdit(ctx context.Context, slug string, v url.Values) (norms.PutElement, []norms.Problem) {
	if slug == "" {
		slug = slugOr(v.Get("slug"), v.Get("title"))
	}
	number, wrong := form.WholeNumber(ctx, v, "number", norms.MaxElement)
	return norms.PutElement{Version: form.Version(v), Slug: slug, Number: number, Title: v.Get("title"), Summary: v.Get("summary")}, wrong
}
