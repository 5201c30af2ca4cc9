package site

import (
	"context"
	"net/http"

	"normmap/internal/norms"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
)

func initiativesCrumb() ui.Crumb { return ui.Crumb{Label: "Initiatives", Href: href.Initiatives()} }

func (s *site) initiatives(w http.ResponseWriter, r *http.Request) error {
	p, err := pageOf(r)
	if err != nil {
		return err
	}
	filter := initiativeFilter(r)
	if err := filter.Check(); err != nil {
		return err
	}
	more := func(p norms.Page) (norms.List[norms.InitiativeRow], error) {
		return s.Store.Initiatives(r.Context(), filter, p)
	}
	list, err := more(p)
	if err != nil {
		return err
	}
	shown := page.InitiativeList{List: list, Filter: filter}
	if readsPage(r) {
		if err := s.filterChoices(r.Context(), &shown); err != nil {
			return err
		}
	}
	f := s.listFrame(r, "Initiatives", shown.Address())
	return s.show(w, r, view{page: page.Initiatives(f, shown), data: list, table: tableOf("initiatives", list, more)})
}

func initiativeFilter(r *http.Request) norms.InitiativeFilter {
	q := query(r)
	return norms.InitiativeFilter{
		Organization: q.Get("organization"), Agreement: q.Get("agreement"), Principle: q.Get("principle"),
		Status: q.Get("status"), Q: q.Get("q"),
	}
}

// filterChoices reads what the list's filter offers.
func (s *site) filterChoices(ctx context.Context, l *page.InitiativeList) error {
	agreements, err := s.Store.Agreements(ctx, allChoices)
	if err != nil {
		return err
	}
	organizations, err := s.Store.Organizations(ctx, norms.OrganizationFilter{}, allChoices)
	if err != nil {
		return err
	}
	l.Agreements, l.Organizations = agreements.Items, organizations.Items
	return nil
}

func (s *site) initiative(w http.ResponseWriter, r *http.Request) error {
	slug, err := slugOf(r, "slug")
	if err != nil {
		return err
	}
	i, err := s.Store.Initiative(r.Context(), slug)
	if err != nil {
		return err
	}
	f := s.browseFrame(r, i.Title, initiativesCrumb(), ui.Crumb{Label: i.Title})
	return s.show(w, r, view{page: page.Initiative(f, i), data: i})
}
