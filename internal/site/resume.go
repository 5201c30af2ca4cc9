package site

import (
	"net/http"
	"net/url"

	"normmap/internal/norms"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// signsInAgain tells that a form comes from the page which keeps what was typed
// by someone whose session had ended, together with what signs in.
func signsInAgain(r *http.Request) bool { return r.PostForm.Has(page.AgainPassword) }

// signInAgain signs in on the way. It counts and is limited like the sign-in
// page, and the session is a new one.
func (s *site) signInAgain(w http.ResponseWriter, r *http.Request) error {
	email := normalized(r.PostForm).Get(page.AgainEmail)
	err := s.countSignIns(s.signIns.around(func(_ http.ResponseWriter, r *http.Request) error {
		return s.enter(r, email, r.PostForm.Get(page.AgainPassword))
	}))(w, r)
	if norms.KindOf(err) == norms.Invalid {
		visitOf(r).again = page.SignIn{Email: email, Problem: err.Error()}
		return norms.Errorf(norms.Unauthenticated, "%s", err)
	}
	return err
}

// resume answers with the form as it was typed. Nothing is saved: who sends it
// now may be another one than who typed it, and sees it first.
func (s *site) resume(w http.ResponseWriter, r *http.Request, o route) error {
	typed := s.typed(r)
	visitOf(r).resumed = typed
	if show, ok := s.shown[o.pattern]; ok && s.fills[o.pattern] {
		return show(w, r)
	}
	ctx := r.Context()
	m := page.Kept{Failure: page.Failure{Title: words.Text(ctx, "kept.resumed.title"), Why: words.Text(ctx, "kept.resumed.why")},
		Action: sentTo(r), Values: typed, Told: s.inTheirWords(r, typed)}
	return s.show(w, r, view{page: page.KeepTyped(s.frame(r, m.Title, ui.Crumb{Label: m.Title}), m)})
}

// fillsAlso are the forms beside the plain ones that a GET fills from its query.
// All others are kept to be sent again.
var fillsAlso = []string{
	"/initiatives/{slug}/cite", "/initiatives/{slug}/links/edit", "/agreements/{agreement}/principles/{label}/links/edit",
	"/agreements/{agreement}/editions/{edition}/principles/{label}/links/edit", "/links/{id}/edit", "/citations/{id}/edit",
	"/assessments/{id}/answer", "/rename", "/withdraw", "/restore", "/changesets/{id}/revert", gridPattern,
}

// resumed is what was typed before the session ended, in the answer to signing
// in again; nil everywhere else.
func resumed(r *http.Request) url.Values { return visitOf(r).resumed }
