package browse

import (
	"encoding/xml"
	"net/http"

	"normmap/internal/norms"
	"normmap/internal/site/serve"
	"normmap/web"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// searchPage is how many results a page shows unless it is asked for another
// number: an excerpt of each has to be read.
const searchPage = 25

// Search finds things by words and principles by number.
func (s *Site) Search(w http.ResponseWriter, r *http.Request) error {
	p, err := serve.PageOf(r)
	if err != nil {
		return err
	}
	if p.Limit == 0 {
		p.Limit = searchPage
	}
	q := serve.Query(r)
	filter := norms.SearchFilter{Q: q.Get("q"), Kind: q.Get("kind"), Agreement: q.Get("agreement"), Organization: q.Get("organization")}
	if err := filter.Check(); err != nil {
		return err
	}
	found, err := serve.Record(r).Search(r.Context(), filter, p)
	if err != nil {
		return err
	}
	shown := page.SearchList{Search: found, Filter: filter}
	if serve.ReadsPage(r) {
		if shown.Agreements, shown.Organizations, err = agreementsAndOrganizations(r); err != nil {
			return err
		}
	}
	more := func(p norms.Page) (norms.List[norms.Found], error) {
		next, err := serve.Record(r).Search(r.Context(), filter, p)
		return next.List, err
	}
	title := words.Text(r.Context(), "search.title")
	f := s.ListFrame(r, title, shown.Address())
	if filter.Q != "" {
		f.Title = filter.Q + ": " + title
	}
	return s.Show(w, r, serve.View{Page: page.Search(f, shown), Data: found, Table: serve.TableOf("search", found.List, more)})
}

// OpenSearch describes search to browsers, which can offer it by themselves
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

// OpenSearch tells browsers how to search here.
func (s *Site) OpenSearch(w http.ResponseWriter, r *http.Request) {
	base := s.BaseURL(r)
	d := openSearch{
		ShortName: shortName, Description: ui.SiteName + ": " + words.Text(r.Context(), "search.description_short"), Encoding: "UTF-8",
		Image: openSearchImage{Type: "image/svg+xml", Address: base + web.Asset("mark.svg")},
		URLs: []openSearchURLs{
			{Type: "text/html", Template: base + href.Search() + "?q={searchTerms}"},
			{Type: string(serve.AsJSON), Template: base + href.JSON(href.Search()) + "?q={searchTerms}"},
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
