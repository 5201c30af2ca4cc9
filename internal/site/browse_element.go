package site

import (
	"net/http"

	"normmap/internal/norms"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

func (s *browseSite) elements(w http.ResponseWriter, r *http.Request) error {
	q := query(r)
	filter := norms.ElementFilter{Space: q.Get("space"), LegalNature: q.Get("legal_nature")}
	if err := filter.Check(); err != nil {
		return err
	}
	list, err := record(r).Elements(r.Context(), filter, norms.Page{Limit: norms.MaxLimit})
	if err != nil {
		return err
	}
	shown := page.ElementList{List: list, Filter: filter}
	f := s.listFrame(r, words.Text(r.Context(), "elements.title"), shown.Address())
	return s.show(w, r, view{page: page.Elements(f, shown), data: list, table: tableOfItems("elements", shown.Readings())})
}

func (s *browseSite) element(w http.ResponseWriter, r *http.Request) error {
	slug, err := slugOf(r, "slug")
	if err != nil {
		return err
	}
	at, err := partOf(r)
	if err != nil {
		return err
	}
	e, err := record(r).ElementAt(r.Context(), slug, at)
	if err != nil {
		return err
	}
	all := ui.Crumb{Label: words.Text(r.Context(), "elements.title"), Href: href.Elements()}
	f := s.browseFrame(r, e.Title, all, ui.Crumb{Label: e.Title})
	f.CSV = href.CSV(withQuery(r.URL.Path, r.URL.Query()))
	return s.show(w, r, view{page: page.Element(f, e), data: e, table: tableOfItems("element-"+slug, e.Readings)})
}
