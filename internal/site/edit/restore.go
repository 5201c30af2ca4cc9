package edit

import (
	"errors"
	"net/http"
	"net/url"

	"normmap/internal/norms"
	"normmap/internal/site/form"
	"normmap/internal/site/serve"
	"normmap/internal/store/naming"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// ShowRestore answers with the form that brings back what the query names.
func (s *Site) ShowRestore(w http.ResponseWriter, r *http.Request) error {
	return s.showRestoreForm(w, r, serve.Query(r), nil)
}

// SaveRestore brings it back, with what went along.
func (s *Site) SaveRestore(w http.ResponseWriter, r *http.Request) error {
	typed, err := s.Form(r)
	if err != nil {
		return err
	}
	e := norms.Restore{Kind: typed.Get("kind"), Key: typed.Get("key")}
	to, err := s.Save(r, typed, href.Recorded(e.Kind, e.Key), e)
	if err == nil {
		return serve.SeeOther(w, r, to)
	}
	return s.showRestoreForm(w, r, typed, err)
}

func (s *Site) showRestoreForm(w http.ResponseWriter, r *http.Request, typed url.Values, failed error) error {
	ctx := r.Context()
	u, ok := form.Mendable(ctx, failed)
	if !ok {
		return failed
	}
	kind, key := typed.Get("kind"), typed.Get("key")
	err := s.Store.Became(ctx, kind, key)
	gone, withdrawn := errors.AsType[*naming.WithdrawnError](err)
	switch {
	case withdrawn:
	case failed != nil:
		return failed
	case err == nil:
		return serve.SeeOther(w, r, href.Recorded(kind, key))
	default:
		return notMoved(err)
	}
	m, err := s.WithdrawnThing(r, gone)
	if err != nil {
		return err
	}
	if failed != nil && !m.MayRestore {
		return failed
	}
	m.Reason, m.Problems = typed.Get("reason"), u.Problems
	f := s.Frame(r, m.Thing.Name, ui.Crumb{Label: m.Thing.Name}, ui.Crumb{Label: words.Text(ctx, "thing_form.restore.crumb")})
	return s.Show(w, r, serve.View{Status: u.Status, Page: page.Withdrawn(f, m)})
}
