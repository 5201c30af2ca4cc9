package serve

import (
	"net/http"
	"net/url"

	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// SignsInAgain tells that a form comes from the page which keeps what was typed
// by someone whose session had ended, together with what signs in.
func SignsInAgain(r *http.Request) bool { return r.PostForm.Has(page.AgainPassword) }

// Resume answers with the form as it was typed. Nothing is saved: who sends it
// now may be another one than who typed it, and sees it first.
func (s *Server) Resume(w http.ResponseWriter, r *http.Request) error {
	v, typed := VisitOf(r), s.typed(r)
	v.resumed = typed
	if v.Route.Refill != nil {
		return v.Route.Refill(w, r)
	}
	ctx := r.Context()
	m := page.Kept{Failure: page.Failure{Title: words.Text(ctx, "kept.resumed.title"), Why: words.Text(ctx, "kept.resumed.why")},
		Action: sentTo(r), Values: typed, Told: v.inTheirWords(r, typed)}
	return s.Show(w, r, View{Page: page.KeepTyped(s.Frame(r, m.Title, ui.Crumb{Label: m.Title}), m)})
}

// Resumed is what was typed before the session ended, in the answer to signing
// in again; nil everywhere else.
func Resumed(r *http.Request) url.Values { return VisitOf(r).resumed }
