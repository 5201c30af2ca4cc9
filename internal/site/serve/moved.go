package serve

import (
	"cmp"
	"net/http"
	"net/url"
	"strings"

	"github.com/go-chi/chi/v5"

	"normmap/internal/norms"
	"normmap/internal/store/naming"
	"normmap/web/href"
)

// follow leads to the same page under a renamed thing's present slug. A form
// that was sent to the old address is not taken: whoever typed it is told.
func (s *Server) follow(w http.ResponseWriter, r *http.Request, moved *naming.MovedError) error {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return norms.Errorf(norms.Conflict, "this was renamed meanwhile and is now called %q; nothing was saved, open it under that name and send the form again", moved.Slug)
	}
	LeadOn(w, r, http.StatusMovedPermanently, renamed(r, moved))
	return nil
}

// followFilter is follow for things that the query names.
func (s *Server) followFilter(w http.ResponseWriter, r *http.Request, renamed *naming.RenamedError) error {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return norms.Errorf(norms.Conflict, "something was renamed meanwhile: %s; nothing was saved, choose it by that name and send the form again", renamed)
	}
	lead(w, r, http.StatusMovedPermanently, WithQuery(r.URL.Path, renamed.In(Query(r))))
	return nil
}

// LeadOn leads to another page for the same question: as of the same revision
// and in the same form.
func LeadOn(w http.ResponseWriter, r *http.Request, status int, path string) {
	lead(w, r, status, WithQuery(path, r.URL.Query()))
}

// lead leads to an address in the form that was asked for.
func lead(w http.ResponseWriter, r *http.Request, status int, to string) {
	switch VisitOf(r).Suffix {
	case AsJSON:
		to = href.JSON(to)
	case AsCSV:
		to = href.CSV(to)
	}
	w.Header().Set("Location", to)
	w.WriteHeader(status)
}

// placeOf is where addresses name things of a kind; of others it is {slug}.
var placeOf = map[string]string{"agreement": "{agreement}", "edition": "{edition}", "principle": "{label}"}

// PlaceIn is the parameter of an address that a renamed thing's name stands in.
func PlaceIn(moved *naming.MovedError) string { return cmp.Or(placeOf[moved.Kind], "{slug}") }

// renamed is the path of r with the thing's slug in place of its old one.
func renamed(r *http.Request, moved *naming.MovedError) string {
	place := PlaceIn(moved)
	parts := strings.Split(r.URL.Path, "/")
	for i, p := range strings.Split(chi.RouteContext(r.Context()).RoutePattern(), "/") {
		if p == place && i < len(parts) {
			parts[i] = moved.Slug
		}
	}
	return strings.Join(parts, "/")
}

// LocalAddress is next if it is an address of this site, else the start page:
// a link to the sign-in page must not lead to strangers.
func LocalAddress(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || u.Opaque != "" {
		return href.Home()
	}
	if !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.Contains(next, `\`) {
		return href.Home()
	}
	return u.String()
}
