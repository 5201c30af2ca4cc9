package site

import (
	"errors"
	"net/http"
	"net/url"

	"github.com/a-h/templ"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// withdrawnThing is what a page says of a thing that was withdrawn.
func (s *site) withdrawnThing(r *http.Request, gone *store.WithdrawnError) (page.WithdrawnThing, error) {
	ctx := r.Context()
	m := page.WithdrawnThing{Kind: gone.Kind, Key: gone.Key, MayRestore: actor(r).Can(account.ProposeEdits)}
	set, err := s.Store.Changeset(ctx, gone.Changeset, norms.Page{Limit: 1})
	if err != nil {
		return m, err
	}
	m.Changeset = set.ChangesetRow
	k, known := norms.RecordKindOf(gone.Kind)
	if !known { // a part of another thing, such as a citation: it comes back with that
		k.Table, m.MayRestore = gone.Kind, false
	}
	if k.Table == "link" && m.MayRestore {
		claimed, err := s.Store.WasClaimed(ctx, gone.ID)
		if err != nil {
			return m, err
		}
		m.MayRestore = !claimed
	}
	m.Thing, err = s.Store.NameOf(ctx, k.Table, gone.ID)
	m.History = href.HistoryOf(gone.Kind, gone.Key)
	return m, err
}

// withdrawnPage is the answer at the address of a withdrawn thing. Should its
// words not be found, it is the usual page of an error.
func (s *site) withdrawnPage(r *http.Request, f failure) templ.Component {
	m, err := s.withdrawnThing(r, f.withdrawn())
	if err != nil {
		return s.errorPage(r, f)
	}
	return page.Withdrawn(s.frame(r, m.Thing.Name, ui.Crumb{Label: m.Thing.Name}), m)
}

// showRestore answers with the form that brings back what the query names.
func (s *site) showRestore(w http.ResponseWriter, r *http.Request) error {
	return s.showRestoreForm(w, r, query(r), nil)
}

// saveRestore brings it back, with what went along.
func (s *site) saveRestore(w http.ResponseWriter, r *http.Request) error {
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

func (s *site) showRestoreForm(w http.ResponseWriter, r *http.Request, typed url.Values, failed error) error {
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
