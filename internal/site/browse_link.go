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

func linksCrumb(ctx context.Context) ui.Crumb {
	return ui.Crumb{Label: words.Text(ctx, "links.title"), Href: href.Links()}
}

func (s *browseSite) links(w http.ResponseWriter, r *http.Request) error {
	filter := linksWhere(query(r))
	list, table, err := listFor(r, "links", filter, record(r).Links)
	if err != nil {
		return err
	}
	shown := page.LinkList{List: list, Filter: filter}
	if readsPage(r) {
		if shown.Agreements, shown.Organizations, err = agreementsAndOrganizations(r); err != nil {
			return err
		}
	}
	f := s.listFrame(r, words.Text(r.Context(), "links.title"), shown.Address())
	return s.show(w, r, view{page: page.Links(f, shown), data: list, table: table})
}

func linksWhere(q url.Values) norms.LinkFilter {
	return norms.LinkFilter{
		Principle: q.Get("principle"), Initiative: q.Get("initiative"), Organization: q.Get("organization"), Agreement: q.Get("agreement"),
		Origin: q.Get("origin"), Relation: q.Get("relation"), Assessment: norms.ParseAssessed(q.Get("assessment")),
	}
}

func (s *browseSite) link(w http.ResponseWriter, r *http.Request) error {
	id, err := idOf(r)
	if err != nil {
		return err
	}
	l, err := record(r).AssessedLink(r.Context(), id)
	if err != nil {
		return err
	}
	title := words.Text(r.Context(), "link.window", "Initiative", l.InitiativeTitle, "Principle", l.PrincipleName)
	f := s.browseFrame(r, title, linksCrumb(r.Context()), ui.Crumb{Label: title})
	return s.show(w, r, view{page: page.Link(f, l), data: l})
}
