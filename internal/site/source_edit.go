package site

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/go-chi/chi/v5"

	"normmap/internal/norms"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// sourceEditor changes sources, new and recorded ones.
func (s *editSite) sourceEditor() editor {
	return editor{
		form: s.sourceForm,
		edit: func(r *http.Request, typed url.Values) (asked, error) {
			e := sourceEdit(chi.URLParam(r, "slug"), typed)
			understood := datesUnderstood(r.Context(), typed, "source_form.published_on", "source_form.retrieved_on")
			return asked{edit: e, understood: understood, to: href.Source(e.Slug)}, nil
		},
	}
}

func (s *editSite) sourceForm(r *http.Request) (plainForm, error) {
	ctx, slug := r.Context(), chi.URLParam(r, "slug")
	f := plainForm{
		EditForm: page.EditForm{Heading: words.Text(ctx, "source_form.new"), Lead: words.Text(ctx, "source_form.lead"),
			Action: href.SourceNew(), Cancel: href.Sources(), Save: words.Text(ctx, "source_form.save")},
		crumbs:   []ui.Crumb{sourcesCrumb(ctx), {Label: words.Text(ctx, "source_form.new")}},
		recorded: url.Values{},
	}
	if slug != "" {
		d, err := s.Store.Source(ctx, slug)
		if err != nil {
			return plainForm{}, err
		}
		f.Heading, f.Lead = words.Text(ctx, "form.change_thing", "Name", d.Title), ""
		f.Action, f.Cancel = href.SourceEdit(slug), href.Source(slug)
		f.Version, f.recorded = d.Version, sourceValues(d)
		f.crumbs = []ui.Crumb{f.crumbs[0], {Label: d.Title, Href: f.Cancel}, {Label: words.Text(ctx, "form.change")}}
	}
	all, err := s.choices(ctx)
	f.Controls = sourceControls(ctx, slug, all["organization"])
	return f, err
}

func sourceControls(ctx context.Context, slug string, organizations choices) []page.Control {
	controls := []page.Control{
		required(line(ctx, "source_form.title")),
		menu(ctx, "source_form.kind", "", norms.SourceKinds, ui.SourceKind),
		line(ctx, "source_form.publisher"),
		organizations.control(ctx, field(ctx, "source_form.organization"), words.Text(ctx, "source_form.organization.none")),
		date(ctx, "source_form.published_on"),
		line(ctx, "source_form.call"),
		menu(ctx, "source_form.exhaustiveness", "", norms.ExhaustivenessWords, ui.Exhaustiveness),
		line(ctx, "source_form.language"),
		line(ctx, "form.url"),
		line(ctx, "source_form.archive_url"),
		date(ctx, "source_form.retrieved_on"),
		line(ctx, "source_form.sha256"),
		lines(ctx, "source_form.note", 3),
	}
	if slug == "" {
		controls = append(controls, slugLine(ctx, words.Text(ctx, "form.slug.from_title")))
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
		Version: version(v), Slug: slug, Title: v.Get("title"), Kind: norms.SourceKind(v.Get("kind")), Publisher: v.Get("publisher"),
		Organization: v.Get("organization"), PublishedOn: norms.ReadDate(v.Get("published_on")), RetrievedOn: norms.ReadDate(v.Get("retrieved_on")),
		URL: v.Get("url"), ArchiveURL: v.Get("archive_url"), SHA256: strings.ToLower(v.Get("sha256")), Language: v.Get("language"), Call: v.Get("call"),
		Exhaustiveness: norms.Exhaustiveness(v.Get("exhaustiveness")), Note: v.Get("note"),
	}
}
