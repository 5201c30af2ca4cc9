package site

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
func (s *site) typed(r *http.Request) url.Values {
	pattern := patternOf(r)
	known := slices.ContainsFunc(s.routes, func(o route) bool {
		return r.Method == http.MethodPost && o.pattern == pattern && o.changesRecord()
	})
	if !known {
		return nil
	}
	typed, err := s.form(r)
	if err != nil {
		return nil
	}
	maps.DeleteFunc(typed, func(name string, _ []string) bool {
		return strings.Contains(name, "password") || name == page.AgainEmail
	})
	return typed
}

// keptPage is a failure with what was typed, to be sent again to an address.
func (s *site) keptPage(r *http.Request, f failure, again string, typed url.Values) templ.Component {
	ctx := r.Context()
	m := page.Kept{Failure: shownFailure(ctx, f), Action: again, Values: typed}
	if f.status == http.StatusUnauthorized {
		m.Title = words.Text(ctx, "kept.signed_out.title")
		m.Why = words.Text(ctx, "kept.signed_out.why")
		m.Advice = words.Text(ctx, "kept.signed_out.advice_shown")
		if s.fills[patternOf(r)] {
			m.Advice = words.Text(ctx, "kept.signed_out.advice")
		}
		m.SignIn, m.Told = &visitOf(r).again, s.inTheirWords(r, typed)
	}
	if gone := f.withdrawn(); gone != nil {
		m.Restore = href.Restore(gone.Kind, gone.Key)
	}
	return page.KeepTyped(s.frame(r, m.Title, ui.Crumb{Label: m.Title}), m)
}

// inForm tells that a script in a form asks, and puts the answer into it.
func inForm(r *http.Request) bool { return r.Header.Get("HX-Request") == "true" }

// findFailure is a failure in place of what a search in a form found.
func (s *site) findFailure(r *http.Request, f failure) page.FindFailure {
	ctx := r.Context()
	m := page.FindFailure{Failure: shownFailure(ctx, f)}
	if f.status == http.StatusUnauthorized {
		m.Why = words.Text(ctx, "kept.not_looked_for.why")
		m.Advice = words.Text(ctx, "kept.not_looked_for.advice")
		m.SignIn = href.LoginNext(r.URL.Path)
	}
	q := query(r)
	for _, name := range []string{"principle", "initiative"} {
		for _, value := range unlisted(missing(nil, q[name]), q["likely"]) {
			m.Chosen = append(m.Chosen, page.Chosen{Name: name, Value: value})
		}
	}
	return m
}

func shownFailure(ctx context.Context, f failure) page.Failure {
	shown := page.NewFailure(ctx, f.status, sentence(f.message))
	shown.Problems, shown.Reference = f.problems, f.reference
	if at, ok := errors.AsType[elsewhere](f.cause); ok {
		shown.Advice, shown.To, shown.ToName = "", at.address, at.name
	}
	return shown
}
