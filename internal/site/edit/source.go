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

// SourceEditor changes sources, new and recorded ones.
func (s *Site) SourceEditor() form.Editor {
	return form.Editor{
		Form: s.sourceForm,
		Edit: func(r *http.Request, typed url.Values) (form.Asked, error) {
			e := sourceEdit(chi.URLParam(r, "slug"), typed)
			understood := form.DatesUnderstood(r.Context(), typed, "source_form.published_on", "source_form.retrieved_on")
			return form.Asked{Edit: e, Understood: understood, To: href.Source(e.Slug)}, nil
		},
	}
}

func (s *Site) sourceForm(r *http.Request) (form.Plain, error) {
	ctx, slug := r.Context(), chi.URLParam(r, "slug")
	f := form.Plain{
		EditForm: page.EditForm{Heading: words.Text(ctx, "source_form.new"), Lead: words.Text(ctx, "source_form.lead"),
			Action: href.SourceNew(), Cancel: href.Sources(), Save: words.Text(ctx, "source_form.save")},
		Crumbs:   []ui.Crumb{browse.SourcesCrumb(ctx), {Label: words.Text(ctx, "source_form.new")}},
		Recorded: url.Values{},
	}
	if slug != "" {
		d, err := s.Store.Source(ctx, slug)
		if err != nil {
			return form.Plain{}, err
		}
		f.Heading, f.Lead = words.Text(ctx, "form.change_thing", "Name", d.Title), ""
		f.Action, f.Cancel = href.SourceEdit(slug), href.Source(slug)
		f.Version, f.Recorded = d.Version, sourceValues(d)
		f.Crumbs = []ui.Crumb{f.Crumbs[0], {Label: d.Title, Href: f.Cancel}, {Label: words.Text(ctx, "form.change")}}
	}
	all, err := s.Choices(ctx)
	f.Controls = sourceControls(ctx, slug, all["organization"])
	return f, err
}

func sourceControls(ctx context.Context, slug string, organizations form.Choices) []page.Control {
	controls := []page.Control{
		form.Required(form.Line(ctx, "source_form.title")),
		form.Menu(ctx, "source_form.kind", "", norms.SourceKinds, ui.SourceKind),
		form.Line(ctx, "source_form.publisher"),
		organizations.Control(ctx, form.Field(ctx, "source_form.organization"), words.Text(ctx, "source_form.organization.none")),
		form.Date(ctx, "source_form.published_on"),
		form.Line(ctx, "source_form.call"),
		form.Menu(ctx, "source_form.exhaustiveness", "", norms.ExhaustivenessWords, ui.Exhaustiveness),
		form.Line(ctx, "source_form.language"),
		form.Line(ctx, "form.url"),
		form.Line(ctx, "source_form.archive_url"),
		form.Date(ctx, "source_form.retrieved_on"),
		form.Line(ctx, "source_form.sha256"),
		form.Lines(ctx, "source_form.note", 3),
	}
	if slug == "" {
		controls = append(controls, form.SlugLine(ctx, words.Text(ctx, "form.slug.from_title")))
	}
	return controls
}

// sourceValues is a recorded source as its form shows it.
func sourceValues(d norms.Source) url.Values {
	return url.Values{
		"title": {d.Title}, "kind": {string(d.Kind)}, "publisher": {d.Publisher}, "organization": {d.Organization}, "published_on": {string(d.PublishedOn)},
		"call": {d.Call}, "exhaustiveness": {string(d.Exhaustiveness)}, "language": {d.Language}, "url": {d.URL}, "archive_url": {d.ArchiveURL},
		"retrieved_on": {string(d.RetrievedOn)}, "sha256": {d.SHA256}, "note": {d.Note},
	}
}

// sourceEdit is what a form asks for; slug is that of the address, "" for a
// new source.
func sourceEdit(slug string, v url.Values) norms.PutSource {
	if slug == "" {
		slug = slugOr(v.Get("slug"), v.Get("title"))
	}
	return norms.PutSource{
		Version: form.Version(v), Slug: slug, Title: v.Get("title"), Kind: norms.SourceKind(v.Get("kind")), Publisher: v.Get("publisher"),
		Organization: v.Get("organization"), PublishedOn: norms.ReadDate(v.Get("published_on")), RetrievedOn: norms.ReadDate(v.Get("retrieved_on")),
		URL: v.Get("url"), ArchiveURL: v.Get("archive_url"), SHA256: strings.ToLower(v.Get("sha256")), Language: v.Get("language"), Call: v.Get("call"),
		Exhaustiveness: norms.Exhaustiveness(v.Get("exhaustiveness")), Note: v.Get("note"),
	}
}
