package browse

import (
	"cmp"
	"net/http"

	"normmap/internal/norms"
	"normmap/internal/site/serve"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// dossierSize is how many initiatives, each with all its links, a page of a
// dossier shows.
const dossierSize = 25

// Dossier shows an organization's people, and editors, what is recorded in its
// name and what waits for them. It is about work, so it is private.
func (s *Site) Dossier(w http.ResponseWriter, r *http.Request) error {
	slug, err := serve.SlugOf(r, "slug")
	if err != nil {
		return err
	}
	p, err := serve.PageOf(r)
	if err != nil {
		return err
	}
	p.Limit = cmp.Or(p.Limit, dossierSize)
	d, err := s.Store.Dossier(r.Context(), slug, p)
	if err != nil {
		return err
	}
	if !serve.Actor(r).ReadsDossier(slug) {
		return norms.Errorf(norms.Forbidden, "this is the dossier of another organization than %s, which your account answers for; editors see those of all", serve.Actor(r).Organization)
	}
	f := s.PrivateFrame(r, words.Text(r.Context(), "dossier.title", "Name", d.Name), organizationsCrumb(r.Context()), ui.Crumb{Label: d.Name, Href: href.Organization(slug)})
	return s.Show(w, r, serve.View{Page: page.Dossier(f, d)})
}
