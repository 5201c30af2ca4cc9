package site

import (
	"context"
	"net/http"
	"net/url"

	"normmap/internal/norms"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

func sourcesCrumb(ctx context.Context) ui.Crumb {
	return ui.Crumb{Label: words.Text(ctx, "sources.title"), Href: href.Sources()}
}

func sourcesWhere(q url.Values) norms.SourceFilter {
	return norms.SourceFilter{Kind: q.Get("kind"), Q: q.Get("q")}
}

func (s *browseSite) sources(w http.ResponseWriter, r *http.Request) error {
	filter := sourcesWhere(query(r))
	list, table, err := listFor(r, "sources", filter, record(r).Sources)
	if err != nil {
		return err
	}
	shown := page.SourceList{List: list, Filter: filter}
	f := s.listFrame(r, words.Text(r.Context(), "sources.title"), shown.Address())
	return s.show(w, r, view{page: page.Sources(f, shown), data: list, table: table})
}

func (s *browseSite) source(w http.ResponseWriter, r *http.Request) error {
	slug, err := slugOf(r, "slug")
	if err != nil {
		return err
	}
	at, err := partOf(r)
	if err != nil {
		return err
	}
	d, err := record(r).SourceAt(r.Context(), slug, at)
	if err != nil {
		return err
	}
	f := s.browseFrame(r, d.Title, sourcesCrumb(r.Context()), ui.Crumb{Label: d.Title})
	return s.show(w, r, view{page: page.Source(f, d), data: d})
}
