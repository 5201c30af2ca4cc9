package site

import (
	"errors"
	"net/http"
	"net/url"

	"normmap/internal/norms"
	"normmap/internal/store"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// showRestore answers with the form that brings back what the query names.
func (s *editSite) showRestore(w http.ResponseWriter, r *http.Request) error {
	return s.showRestoreForm(w, r, query(r), nil)
}

// saveRestore brings it back, with what went along.
func (s *editSite) saveRestore(w http.ResponseWriter, r *http.Request) error {
	typed, err := s.form(r)
	if err != nil {
		return err
	}
	e := norms.Restore{Kind: typed.Get("kind"), Key: typed.Get("key")}
	to, err := s.save(r, typed, href.Recorded(e.Kind, e.Key), e)
	if err == nil {
		return seeOther(w, r, to)
	}
	return s.showRestoreForm(w, r, typed, err)
}

func (s *editSite) showRestoreForm(w http.ResponseWriter, r *http.Request, typed url.Values, failed error) error {
	ctx := r.Context()
	u, ok := mendable(ctx, failed)
	if !ok {
		return failed
	}
	kind, key := typed.Get("kind"), typed.Get("key")
	err := s.Store.Became(ctx, kind, key)
	gone, withdrawn := errors.AsType[*store.WithdrawnError](err)
	switch {
	case withdrawn:
	case failed != nil:
		return failed
	case err == nil:
		return seeOther(w, r, href.Recorded(kind, key))
	default:
		return notMoved(err)
	}
	m, err := s.withdrawnThing(r, gone)
	if err != nil {
		return err
	}
	if failed != nil && !m.MayRestore {
		return failed
	}
	m.Reason, m.Problems = typed.Get("reason"), u.problems
	f := s.frame(r, m.Thing.Name, ui.Crumb{Label: m.Thing.Name}, ui.Crumb{Label: words.Text(ctx, "thing_form.restore.crumb")})
	return s.show(w, r, view{status: u.status, page: page.Withdrawn(f, m)})
}
