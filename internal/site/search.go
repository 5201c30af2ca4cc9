package site

import (
	"encoding/xml"
	"net/http"

	"normmap/internal/norms"
	"normmap/web"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// searchPage is how many results a page shows unless it is asked for another
// number: an excerpt of each has to be read.
const searchPage = 25

// search finds things by words and principles by number.
func (s *browseSite) search(w http.ResponseWriter, r *http.Request) error {
	p, err := pageOf(r)
	if err != nil {
		return err
	}
	if p.Limit == 0 {
		p.Limit = searchPage
	}
	q := query(r)
	filter := norms.SearchFilter{Q: q.Get("q"), Kind: q.Get("kind"), Agreement: q.Get("agreement"), Organization: q.Get("organization")}
	if err := filter.Check(); err != nil {
		return err
	}
	found, err := record(r).Search(r.Context(), filter, p)
	if err != nil {
		return err
	}
	shown := page.SearchList{Search: found, Filter: filter}
	if readsPage(r) {
		if shown.Agreements, shown.Organizations, err = agreementsAndOrganizations(r); err != nil {
			return err
		}
	}
	more := func(p norms.Page) (norms.List[norms.Found], error) {
		next, err := record(r).Search(r.Context(), filter, p)
		return next.List, err
	}
	title := words.Text(r.Context(), "search.title")
	f := s.listFrame(r, title, shown.Address())
	if filter.Q != "" {
		f.Title = filter.Q + ": " + title
	}
	return s.show(w, r, view{page: page.Search(f, shown), data: found, table: tableOf("search", found.List, more)})
}

// openSearch describes search to browsers, which can offer it by themselves
// (OpenSearch 1.1).
type openSearch struct {
	XMLName     xml.Name `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
	ShortName   string
	Description string
	Encoding    string           `xml:"InputEncoding"`
	Image       openSearchImage  `xml:"Image"`
	URLs        []openSearchURLs `xml:"Url"`
}

type openSearchImage struct {
	Type    string `xml:"type,attr"`
	Address string `xml:",chardata"`
}

type openSearchURLs struct {
	Type     string `xml:"type,attr"`
	Template string `xml:"template,attr"`
}

// shortName is the site's in the 16 characters that the format gives.
const shortName = "Norms evidence"

func (s *browseSite) openSearch(w http.ResponseWriter, r *http.Request) {
	base := s.baseURL(r)
	d := openSearch{
		ShortName: shortName, Description: ui.SiteName + ": " + words.Text(r.Context(), "search.description_short"), Encoding: "UTF-8",
		Image: openSearchImage{Type: "image/svg+xml", Address: base + web.Asset("mark.svg")},
		URLs: []openSearchURLs{
			{Type: "text/html", Template: base + href.Search() + "?q={searchTerms}"},
			{Type: string(asJSON), Template: base + href.JSON(href.Search()) + "?q={searchTerms}"},
		},
	}
	body, err := xml.MarshalIndent(d, "", "  ")
	if err != nil {
		panic(err) // texts can always be written
	}
	h := w.Header()
	h.Set("Content-Type", "application/opensearchdescription+xml; charset=utf-8")
	h.Set("Cache-Control", "no-cache")
	_, _ = w.Write(append([]byte(xml.Header), body...)) // whoever hung up cannot be told
}
