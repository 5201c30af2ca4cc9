package site

import (
	"cmp"
	"net/http"

	"normmap/internal/norms"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// dossierSize is how many initiatives, each with all its links, a page of a
// dossier shows.
const dossierSize = 25

// dossier shows an organization's people, and editors, what is recorded in its
// name and what waits for them. It is about work, so it is private.
func (s *browseSite) dossier(w http.ResponseWriter, r *http.Request) error {
	slug, err := slugOf(r, "slug")
	if err != nil {
		return err
	}
	p, err := pageOf(r)
	if err != nil {
		return err
	}
	p.Limit = cmp.Or(p.Limit, dossierSize)
	d, err := s.Store.Dossier(r.Context(), slug, p)
	if err != nil {
		return err
	}
	if !actor(r).ReadsDossier(slug) {
		return norms.Errorf(norms.Forbidden, "this is the dossier of another organization than %s, which your account answers for; editors see those of all", actor(r).Organization)
	}
	f := s.privateFrame(r, words.Text(r.Context(), "dossier.title", "Name", d.Name), organizationsCrumb(r.Context()), ui.Crumb{Label: d.Name, Href: href.Organization(slug)})
	return s.show(w, r, view{page: page.Dossier(f, d)})
}
