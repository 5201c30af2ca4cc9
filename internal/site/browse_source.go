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

func (s *site) sources(w http.ResponseWriter, r *http.Request) error {
	p, err := pageOf(r)
	if err != nil {
		return err
	}
	filter := sourcesWhere(query(r))
	if err := filter.Check(); err != nil {
		return err
	}
	more := func(p norms.Page) (norms.List[norms.SourceRow], error) {
		return record(r).Sources(r.Context(), filter, p)
	}
	list, err := more(p)
	if err != nil {
		return err
	}
	shown := page.SourceList{List: list, Filter: filter}
	f := s.listFrame(r, words.Text(r.Context(), "sources.title"), shown.Address())
	return s.show(w, r, view{page: page.Sources(f, shown), data: list, table: tableOf("sources", list, more)})
}

func (s *site) source(w http.ResponseWriter, r *http.Request) error {
	slug, err := slugOf(r, "slug")
	if err != nil {
		return err
	}
	d, err := record(r).Source(r.Context(), slug)
	if err != nil {
		return err
	}
	f := s.browseFrame(r, d.Title, sourcesCrumb(r.Context()), ui.Crumb{Label: d.Title})
	return s.show(w, r, view{page: page.Source(f, d), data: d})
}
