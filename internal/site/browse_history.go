package site

import (
	"context"
	"net/http"

	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// history makes the handler of a kind's history pages. The thing is named in
// the address as on its own page.
func (s *browseSite) history(kind string) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		key, err := keyOf(r, kind)
		if err != nil {
			return err
		}
		at, err := pageOf(r)
		if err != nil {
			return err
		}
		h, err := s.Store.History(r.Context(), kind, key, at)
		if err != nil {
			return err
		}
		crumbs := append(kindCrumbs(r.Context(), kind), ui.Crumb{Label: h.Thing.Name, Href: href.Thing(h.Thing)}, ui.Crumb{Label: words.Text(r.Context(), "history.crumb")})
		f := s.browseFrame(r, words.Text(r.Context(), "history.title", "Name", h.Thing.Name), crumbs...)
		return s.show(w, r, view{page: page.History(f, page.ThingHistory{History: h, Address: r.URL.Path}), data: h})
	}
}

func kindCrumbs(ctx context.Context, kind string) []ui.Crumb {
	switch kind {
	case "organization":
		return []ui.Crumb{organizationsCrumb(ctx)}
	case "initiative":
		return []ui.Crumb{initiativesCrumb(ctx)}
	case "source":
		return []ui.Crumb{sourcesCrumb(ctx)}
	case "link":
		return []ui.Crumb{linksCrumb(ctx)}
	}
	return []ui.Crumb{agreementsCrumb(ctx)}
}
