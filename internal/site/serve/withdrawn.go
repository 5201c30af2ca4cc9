package serve

import (
	"net/http"

	"github.com/a-h/templ"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store/naming"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
)

// WithdrawnThing is what a page says of a thing that was withdrawn.
func (s *Server) WithdrawnThing(r *http.Request, gone *naming.WithdrawnError) (page.WithdrawnThing, error) {
	ctx := r.Context()
	m := page.WithdrawnThing{Kind: gone.Kind, Key: gone.Key, MayRestore: Actor(r).Can(account.ProposeEdits)}
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
func (s *Server) withdrawnPage(r *http.Request, f failure) templ.Component {
	m, err := s.WithdrawnThing(r, f.withdrawn())
	if err != nil {
		return s.errorPage(r, f)
	}
	return page.Withdrawn(s.Frame(r, m.Thing.Name, ui.Crumb{Label: m.Thing.Name}), m)
}
