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

// LinksCrumb leads to the list of links.
func LinksCrumb(ctx context.Context) ui.Crumb {
	return ui.Crumb{Label: words.Text(ctx, "links.title"), Href: href.Links()}
}

// Links lists links between initiatives and principles.
func (s *Site) Links(w http.ResponseWriter, r *http.Request) error {
	filter := LinksWhere(serve.Query(r))
	list, table, err := serve.ListFor(r, "links", filter, serve.Record(r).Links)
	if err != nil {
		return err
	}
	shown := page.LinkList{List: list, Filter: filter}
	if serve.ReadsPage(r) {
		if shown.Agreements, shown.Organizations, err = agreementsAndOrganizations(r); err != nil {
			return err
		}
	}
	f := s.ListFrame(r, words.Text(r.Context(), "links.title"), shown.Address())
	return s.Show(w, r, serve.View{Page: page.Links(f, shown), Data: list, Table: table})
}

// LinksWhere reads the filter of that list from a query.
func LinksWhere(q url.Values) norms.LinkFilter {
	return norms.LinkFilter{
		Principle: q.Get("principle"), Initiative: q.Get("initiative"), Organization: q.Get("organization"), Agreement: q.Get("agreement"),
		Origin: q.Get("origin"), Relation: q.Get("relation"), Assessment: norms.ParseAssessed(q.Get("assessment")),
	}
}

// Link shows a link with its assessments.
func (s *Site) Link(w http.ResponseWriter, r *http.Request) error {
	id, err := serve.IDOf(r)
	if err != nil {
		return err
	}
	l, err := serve.Record(r).AssessedLink(r.Context(), id)
	if err != nil {
		return err
	}
	title := words.Text(r.Context(), "link.window", "Initiative", l.InitiativeTitle, "Principle", l.PrincipleName)
	f := s.BrowseFrame(r, title, LinksCrumb(r.Context()), ui.Crumb{Label: title})
	return s.Show(w, r, serve.View{Page: page.Link(f, l), Data: l})
}
