package accounts

import (
	"net/http"

	"normmap/internal/norms"
	"normmap/internal/site/serve"
	"normmap/web/page"
)

// SignInAgain signs in on the way. It counts and is limited like the sign-in
// page, and the session is a new one.
func (s *Site) SignInAgain(w http.ResponseWriter, r *http.Request) error {
	email := serve.Normalized(r.PostForm).Get(page.AgainEmail)
	err := s.attempt(w, r, func(_ http.ResponseWriter, r *http.Request) error {
		return s.enter(r, email, r.PostForm.Get(page.AgainPassword))
	})
	if norms.KindOf(err) == norms.Invalid {
		serve.VisitOf(r).Again = page.SignIn{Email: email, Problem: err.Error()}
		return norms.Errorf(norms.Unauthenticated, "%s", err)
	}
	return err
}
