package browse

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"normmap/internal/norms"
	"normmap/internal/site/serve"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// SourcesCrumb leads to the list of sources.
func SourcesCrumb(ctx context.Context) ui.Crumb {
	return ui.Crumb{Label: words.Text(ctx, "sources.title"), Href: href.Sources()}
}

// SourcesWhere reads the filter of that list from a query.
func SourcesWhere(q url.Values) norms.SourceFilter {
	return norms.SourceFilter{Kind: q.Get("kind"), Q: q.Get("q")}
}

// Sources lists sources.
func (s *Site) Sources(w http.ResponseWriter, r *http.Request) error {
	filter := SourcesWhere(serve.Query(r))
	list, table, err := serve.ListFor(r, "sources", filter, serve.Record(r).Sources)
	if err != nil {
		return err
	}
	shown := page.SourceList{List: list, Filter: filter}
	f := s.ListFrame(r, words.Text(r.Context(), "sources.title"), shown.Address())
	return s.Show(w, r, serve.View{Page: page.Sources(f, shown), Data: list, Table: table})
}

// Source shows a source and what rests on it.
func (s *Site) Source(w http.ResponseWriter, r *http.Request) error {
	slug, err := serve.SlugOf(r, "slug")
	if err != nil {
		return err
	}
	at, err := serve.PartOf(r)
	if err == nil {
		at.Place, err = placeOf(r)
	}
	if err != nil {
		return err
	}
	d, err := serve.Record(r).SourceAt(r.Context(), slug, at)
	if err != nil {
		return err
	}
	f := s.BrowseFrame(r, d.Title, SourcesCrumb(r.Context()), ui.Crumb{Label: d.Title})
	return s.Show(w, r, serve.View{Page: page.Source(f, d), Data: d})
}

// placeOf is the place in the text of a source that is to be shown.
func placeOf(r *http.Request) (int, error) {
	asked := serve.Query(r).Get("place")
	if asked == "" {
		return 0, nil
	}
	place, err := strconv.Atoi(asked)
	if err != nil || place < 0 || place > norms.MaxCount {
		return 0, norms.Field("place", "must be a place in the text: a number of characters from its beginning")
	}
	return place, nil
}
