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

func initiativesCrumb(ctx context.Context) ui.Crumb {
	return ui.Crumb{Label: words.Text(ctx, "initiatives.title"), Href: href.Initiatives()}
}

func (s *browseSite) initiatives(w http.ResponseWriter, r *http.Request) error {
	filter := initiativeFilter(r)
	list, table, err := listFor(r, "initiatives", filter, record(r).Initiatives)
	if err != nil {
		return err
	}
	shown := page.InitiativeList{List: list, Filter: filter}
	if readsPage(r) {
		if shown.Agreements, shown.Organizations, err = agreementsAndOrganizations(r); err != nil {
			return err
		}
	}
	f := s.listFrame(r, words.Text(r.Context(), "initiatives.title"), shown.Address())
	return s.show(w, r, view{page: page.Initiatives(f, shown), data: list, table: table})
}

func initiativeFilter(r *http.Request) norms.InitiativeFilter { return initiativesWhere(query(r)) }

func initiativesWhere(q url.Values) norms.InitiativeFilter {
	return norms.InitiativeFilter{
		Organization: q.Get("organization"), Agreement: q.Get("agreement"), Principle: q.Get("principle"),
		Status: q.Get("status"), Q: q.Get("q"),
	}
}

func (s *browseSite) initiative(w http.ResponseWriter, r *http.Request) error {
	slug, err := slugOf(r, "slug")
	if err != nil {
		return err
	}
	i, err := record(r).Initiative(r.Context(), slug)
	if err != nil {
		return err
	}
	f := s.browseFrame(r, i.Title, initiativesCrumb(r.Context()), ui.Crumb{Label: i.Title})
	f.Description = i.Summary
	return s.show(w, r, view{page: page.Initiative(f, i), data: i})
}
