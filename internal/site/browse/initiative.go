package browse

import (
	"context"
	"net/http"
	"net/url"

	"normmap/internal/norms"
	"normmap/internal/site/serve"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

func initiativesCrumb(ctx context.Context) ui.Crumb {
	return ui.Crumb{Label: words.Text(ctx, "initiatives.title"), Href: href.Initiatives()}
}

// Initiatives lists initiatives.
func (s *Site) Initiatives(w http.ResponseWriter, r *http.Request) error {
	filter := initiativeFilter(r)
	list, table, err := serve.ListFor(r, "initiatives", filter, serve.Record(r).Initiatives)
	if err != nil {
		return err
	}
	shown := page.InitiativeList{List: list, Filter: filter}
	if serve.ReadsPage(r) {
		if shown.Agreements, shown.Organizations, err = agreementsAndOrganizations(r); err != nil {
			return err
		}
	}
	f := s.ListFrame(r, words.Text(r.Context(), "initiatives.title"), shown.Address())
	return s.Show(w, r, serve.View{Page: page.Initiatives(f, shown), Data: list, Table: table})
}

func initiativeFilter(r *http.Request) norms.InitiativeFilter {
	return InitiativesWhere(serve.Query(r))
}

// InitiativesWhere reads the filter of that list from a query.
func InitiativesWhere(q url.Values) norms.InitiativeFilter {
	return norms.InitiativeFilter{
		Organization: q.Get("organization"), Agreement: q.Get("agreement"), Principle: q.Get("principle"),
		Status: q.Get("status"), Q: q.Get("q"),
	}
}

// Initiative shows an initiative with its evidence.
func (s *Site) Initiative(w http.ResponseWriter, r *http.Request) error {
	slug, err := serve.SlugOf(r, "slug")
	if err != nil {
		return err
	}
	i, err := serve.Record(r).Initiative(r.Context(), slug)
	if err != nil {
		return err
	}
	f := s.BrowseFrame(r, i.Title, initiativesCrumb(r.Context()), ui.Crumb{Label: i.Title})
	f.Description = i.Summary
	return s.Show(w, r, serve.View{Page: page.Initiative(f, i), Data: i})
}
