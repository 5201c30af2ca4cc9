package site

import (
	"net/http"

	"normmap/internal/norms"
	"normmap/web/page"
)

// signInAgain signs in on the way. It counts and is limited like the sign-in
// page, and the session is a new one.
func (s *accountSite) signInAgain(w http.ResponseWriter, r *http.Request) error {
	email := normalized(r.PostForm).Get(page.AgainEmail)
	err := s.attempt(w, r, func(_ http.ResponseWriter, r *http.Request) error {
		return s.enter(r, email, r.PostForm.Get(page.AgainPassword))
	})
	if norms.KindOf(err) == norms.Invalid {
		visitOf(r).again = page.SignIn{Email: email, Problem: err.Error()}
		return norms.Errorf(norms.Unauthenticated, "%s", err)
	}
	return err
}
