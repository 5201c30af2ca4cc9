package serve

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// typed is what was typed into a form for the record, so that an error need
// not throw it away; nil for every other request. Forms about accounts are
// none, because they hold secrets. Nor is one that reached no route: it may
// come from another site.
func (s *Server) typed(r *http.Request) url.Values {
	if !VisitOf(r).Route.ChangesRecord() {
		return nil
	}
	typed, err := s.Form(r)
	if err != nil {
		return nil
	}
	maps.DeleteFunc(typed, func(name string, _ []string) bool {
		return strings.Contains(name, "password") || name == page.AgainEmail
	})
	return typed
}

// keptPage is a failure with what was typed, to be sent again to an address.
func (s *Server) keptPage(r *http.Request, f failure, again string, typed url.Values) templ.Component {
	ctx := r.Context()
	m := page.Kept{Failure: shownFailure(ctx, f), Action: again, Values: typed}
	if f.status == http.StatusUnauthorized {
		m.Title = words.Text(ctx, "kept.signed_out.title")
		m.Why = words.Text(ctx, "kept.signed_out.why")
		m.Advice = words.Text(ctx, "kept.signed_out.advice_shown")
		if VisitOf(r).Route.Refill != nil {
			m.Advice = words.Text(ctx, "kept.signed_out.advice")
		}
		m.SignIn, m.Told = &VisitOf(r).Again, VisitOf(r).inTheirWords(r, typed)
	}
	if gone := f.withdrawn(); gone != nil {
		m.Restore = href.Restore(gone.Kind, gone.Key)
	}
	return page.KeepTyped(s.Frame(r, m.Title, ui.Crumb{Label: m.Title}), m)
}

// InForm tells that a script in a form asks, and puts the answer into it.
func InForm(r *http.Request) bool { return r.Header.Get("HX-Request") == "true" }

// findFailure is a failure in place of what a search in a form found.
func (s *Server) findFailure(r *http.Request, f failure) page.FindFailure {
	ctx := r.Context()
	m := page.FindFailure{Failure: shownFailure(ctx, f)}
	if f.status == http.StatusUnauthorized {
		m.Why = words.Text(ctx, "kept.not_looked_for.why")
		m.Advice = words.Text(ctx, "kept.not_looked_for.advice")
		m.SignIn = href.LoginNext(r.URL.Path)
	}
	q := Query(r)
	for _, name := range []string{"principle", "initiative"} {
		for _, value := range chosenBefore(q[name]) {
			if !slices.Contains(q["likely"], value) {
				m.Chosen = append(m.Chosen, page.Chosen{Name: name, Value: value})
			}
		}
	}
	return m
}

// MaxChosen bounds how many things one form names at once.
const MaxChosen = 100

// chosenBefore are values that a form sent, each once.
func chosenBefore(values []string) []string {
	var out []string
	for _, value := range values {
		if len(out) < MaxChosen && value != "" && !slices.Contains(out, value) {
			out = append(out, value)
		}
	}
	return out
}

func shownFailure(ctx context.Context, f failure) page.Failure {
	shown := page.NewFailure(ctx, f.status, sentence(f.message))
	shown.Problems, shown.Reference = f.problems, f.reference
	if at, ok := errors.AsType[elsewhere](f.cause); ok {
		shown.Advice, shown.To, shown.ToName = "", at.address, at.name
	}
	return shown
}

// inTheirWords is what was typed into a form as its writer knows it: only what
// differs from what the form held, under the labels of the form, cells and
// ticked things by their names. It is nil where that cannot be told; then what
// was sent is shown as it is.
func (v *Visit) inTheirWords(r *http.Request, typed url.Values) []page.KeptField {
	if v.Route.Tells == nil {
		return nil
	}
	told, names, err := v.Route.Tells(r, typed)
	if err != nil {
		return nil
	}
	for _, name := range page.SortedNames(typed) {
		if page.Telling(name, typed) && !slices.Contains(names, name) {
			told = append(told, page.KeptField{Label: ui.FieldWord(r.Context(), name), Values: typed[name]})
		}
	}
	return told
}
