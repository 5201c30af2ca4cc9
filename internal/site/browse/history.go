package browse

import (
	"context"
	"net/http"

	"normmap/internal/site/serve"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// History makes the handler of a kind's history pages. The thing is named in
// the address as on its own page.
func (s *Site) History(kind string) serve.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		key, err := serve.KeyOf(r, kind)
		if err != nil {
			return err
		}
		at, err := serve.PageOf(r)
		if err != nil {
			return err
		}
		h, err := s.Store.History(r.Context(), kind, key, at)
		if err != nil {
			return err
		}
		crumbs := append(kindCrumbs(r.Context(), kind), ui.Crumb{Label: h.Thing.Name, Href: href.Thing(h.Thing)}, ui.Crumb{Label: words.Text(r.Context(), "history.crumb")})
		f := s.BrowseFrame(r, words.Text(r.Context(), "history.title", "Name", h.Thing.Name), crumbs...)
		return s.Show(w, r, serve.View{Page: page.History(f, page.ThingHistory{History: h, Address: r.URL.Path}), Data: h})
	}
}

func kindCrumbs(ctx context.Context, kind string) []ui.Crumb {
	switch kind {
	case "organization":
		return []ui.Crumb{organizationsCrumb(ctx)}
	case "initiative":
		return []ui.Crumb{initiativesCrumb(ctx)}
	case "source":
		return []ui.Crumb{SourcesCrumb(ctx)}
	case "link":
		return []ui.Crumb{LinksCrumb(ctx)}
	}
	return []ui.Crumb{AgreementsCrumb(ctx)}
}
