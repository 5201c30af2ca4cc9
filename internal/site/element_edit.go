package site

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/go-chi/chi/v5"

	"normmap/internal/norms"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// elementEditor changes elements, new and recorded ones.
func (s *editSite) elementEditor() editor {
	return editor{
		form: s.elementForm,
		edit: func(r *http.Request, typed url.Values) (asked, error) {
			e, wrong := elementEdit(r.Context(), chi.URLParam(r, "slug"), typed)
			return asked{edit: e, wrong: wrong, to: href.Element(e.Slug)}, nil
		},
	}
}

func elementsCrumb(ctx context.Context) ui.Crumb {
	return ui.Crumb{Label: words.Text(ctx, "elements.title"), Href: href.Elements()}
}

func (s *editSite) elementForm(r *http.Request) (plainForm, error) {
	ctx, slug := r.Context(), chi.URLParam(r, "slug")
	f := plainForm{
		EditForm: page.EditForm{Heading: words.Text(ctx, "element_form.new"), Lead: words.Text(ctx, "element_form.lead"),
			Action: href.ElementNew(), Cancel: href.Elements(), Save: words.Text(ctx, "element_form.save")},
		crumbs:   []ui.Crumb{elementsCrumb(ctx), {Label: words.Text(ctx, "element_form.new")}},
		recorded: url.Values{},
	}
	f.Controls = []page.Control{required(line(ctx, "element_form.title")), required(line(ctx, "element_form.number")), lines(ctx, "form.summary", 6)}
	if slug == "" {
		f.Controls = append(f.Controls, slugLine(ctx, words.Text(ctx, "form.slug.from_title")))
		return f, nil
	}
	e, err := s.Store.Element(ctx, slug)
	if err != nil {
		return plainForm{}, err
	}
	f.Heading, f.Lead = words.Text(ctx, "form.change_thing", "Name", e.Title), ""
	f.Action, f.Cancel, f.Version = href.ElementEdit(slug), href.Element(slug), e.Version
	f.recorded = url.Values{"title": {e.Title}, "number": {strconv.Itoa(e.Number)}, "summary": {e.Summary}}
	f.crumbs = []ui.Crumb{f.crumbs[0], {Label: e.Title, Href: f.Cancel}, {Label: words.Text(ctx, "form.change")}}
	return f, nil
}

// elementEdit is what a form asks for; slug is that of the address, "" for a
// new element.
func elementEdit(ctx context.Context, slug string, v url.Values) (norms.PutElement, []norms.Problem) {
	if slug == "" {
		slug = slugOr(v.Get("slug"), v.Get("title"))
	}
	number, wrong := wholeNumber(ctx, v, "number", norms.MaxElement)
	return norms.PutElement{Version: version(v), Slug: slug, Number: number, Title: v.Get("title"), Summary: v.Get("summary")}, wrong
}
