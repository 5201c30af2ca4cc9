package site

import (
	"net/http"
	"net/url"

	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// signsInAgain tells that a form comes from the page which keeps what was typed
// by someone whose session had ended, together with what signs in.
func signsInAgain(r *http.Request) bool { return r.PostForm.Has(page.AgainPassword) }

// resume answers with the form as it was typed. Nothing is saved: who sends it
// now may be another one than who typed it, and sees it first.
func (s *server) resume(w http.ResponseWriter, r *http.Request) error {
	v, typed := visitOf(r), s.typed(r)
	v.resumed = typed
	if v.route.refill != nil {
		return v.route.refill(w, r)
	}
	ctx := r.Context()
	m := page.Kept{Failure: page.Failure{Title: words.Text(ctx, "kept.resumed.title"), Why: words.Text(ctx, "kept.resumed.why")},
		Action: sentTo(r), Values: typed, Told: v.inTheirWords(r, typed)}
	return s.show(w, r, view{page: page.KeepTyped(s.frame(r, m.Title, ui.Crumb{Label: m.Title}), m)})
}

// resumed is what was typed before the session ended, in the answer to signing
// in again; nil everywhere else.
func resumed(r *http.Request) url.Values { return visitOf(r).resumed }
