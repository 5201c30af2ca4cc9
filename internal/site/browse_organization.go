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

func organizationsCrumb(ctx context.Context) ui.Crumb {
	return ui.Crumb{Label: words.Text(ctx, "organizations.title"), Href: href.Organizations()}
}

func organizationsWhere(q url.Values) norms.OrganizationFilter {
	return norms.OrganizationFilter{StakeholderGroup: q.Get("stakeholder_group"), Agreement: q.Get("agreement"), Q: q.Get("q")}
}

func (s *browseSite) organizations(w http.ResponseWriter, r *http.Request) error {
	filter := organizationsWhere(query(r))
	list, table, err := listFor(r, "organizations", filter, record(r).Organizations)
	if err != nil {
		return err
	}
	shown := page.OrganizationList{List: list, Filter: filter}
	if readsPage(r) {
		if shown.Agreements, err = record(r).Choices(r.Context(), norms.MaxLimit, "agreement"); err != nil {
			return err
		}
	}
	f := s.listFrame(r, words.Text(r.Context(), "organizations.title"), shown.Address())
	return s.show(w, r, view{page: page.Organizations(f, shown), data: list, table: table})
}

func (s *browseSite) organization(w http.ResponseWriter, r *http.Request) error {
	slug, err := slugOf(r, "slug")
	if err != nil {
		return err
	}
	at, err := partOf(r)
	if err != nil {
		return err
	}
	o, err := record(r).OrganizationAt(r.Context(), slug, at)
	if err != nil {
		return err
	}
	f := s.browseFrame(r, o.Name, organizationsCrumb(r.Context()), ui.Crumb{Label: o.Name})
	f.Description = o.Summary
	return s.show(w, r, view{page: page.Organization(f, o), data: o})
}
