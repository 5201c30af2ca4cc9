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

func organizationsCrumb(ctx context.Context) ui.Crumb {
	return ui.Crumb{Label: words.Text(ctx, "organizations.title"), Href: href.Organizations()}
}

// OrganizationsWhere reads the filter of the list of organizations from a query.
func OrganizationsWhere(q url.Values) norms.OrganizationFilter {
	return norms.OrganizationFilter{StakeholderGroup: q.Get("stakeholder_group"), Agreement: q.Get("agreement"), Q: q.Get("q")}
}

// Organizations lists organizations.
func (s *Site) Organizations(w http.ResponseWriter, r *http.Request) error {
	filter := OrganizationsWhere(serve.Query(r))
	list, table, err := serve.ListFor(r, "organizations", filter, serve.Record(r).Organizations)
	if err != nil {
		return err
	}
	shown := page.OrganizationList{List: list, Filter: filter}
	if serve.ReadsPage(r) {
		if shown.Agreements, err = serve.Record(r).Choices(r.Context(), norms.MaxLimit, "agreement"); err != nil {
			return err
		}
	}
	f := s.ListFrame(r, words.Text(r.Context(), "organizations.title"), shown.Address())
	return s.Show(w, r, serve.View{Page: page.Organizations(f, shown), Data: list, Table: table})
}

// Organization shows an organization with what it did and joined.
func (s *Site) Organization(w http.ResponseWriter, r *http.Request) error {
	slug, err := serve.SlugOf(r, "slug")
	if err != nil {
		return err
	}
	at, err := serve.PartOf(r)
	if err != nil {
		return err
	}
	o, err := serve.Record(r).OrganizationAt(r.Context(), slug, at)
	if err != nil {
		return err
	}
	f := s.BrowseFrame(r, o.Name, organizationsCrumb(r.Context()), ui.Crumb{Label: o.Name})
	f.Description = o.Summary
	return s.Show(w, r, serve.View{Page: page.Organization(f, o), Data: o})
}
