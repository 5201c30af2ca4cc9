package browse

import (
	"net/http"

	"normmap/internal/norms"
	"normmap/internal/site/serve"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// Elements lists elements.
func (s *Site) Elements(w http.ResponseWriter, r *http.Request) error {
	q := serve.Query(r)
	filter := norms.ElementFilter{Space: q.Get("space"), LegalNature: q.Get("legal_nature")}
	if err := filter.Check(); err != nil {
		return err
	}
	list, err := serve.Record(r).Elements(r.Context(), filter, norms.Page{Limit: norms.MaxLimit})
	if err != nil {
		return err
	}
	shown := page.ElementList{List: list, Filter: filter}
	f := s.ListFrame(r, words.Text(r.Context(), "elements.title"), shown.Address())
	return s.Show(w, r, serve.View{Page: page.Elements(f, shown), Data: list, Table: serve.TableOfItems("elements", shown.Readings())})
}

// Element shows an element and how it is read.
func (s *Site) Element(w http.ResponseWriter, r *http.Request) error {
	slug, err := serve.SlugOf(r, "slug")
	if err != nil {
		return err
	}
	at, err := serve.PartOf(r)
	if err != nil {
		return err
	}
	e, err := serve.Record(r).ElementAt(r.Context(), slug, at)
	if err != nil {
		return err
	}
	all := ui.Crumb{Label: words.Text(r.Context(), "elements.title"), Href: href.Elements()}
	f := s.BrowseFrame(r, e.Title, all, ui.Crumb{Label: e.Title})
	f.CSV = href.CSV(serve.WithQuery(r.URL.Path, r.URL.Query()))
	return s.Show(w, r, serve.View{Page: page.Element(f, e), Data: e, Table: serve.TableOfItems("element-"+slug, e.Readings)})
}
