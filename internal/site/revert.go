package site

import (
	"fmt"
	"net/http"
	"net/url"

	"normmap/internal/norms"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
)

// showRevert answers with what taking a changeset back will do.
func (s *site) showRevert(w http.ResponseWriter, r *http.Request) error {
	return s.showRevertForm(w, r, nil, nil)
}

// saveRevert takes a changeset back. What had been changed since is left alone
// and listed.
func (s *site) saveRevert(w http.ResponseWriter, r *http.Request) error {
	typed, err := s.form(r)
	if err != nil {
		return err
	}
	id := pathID(r)
	done, err := s.Store.Apply(r.Context(), actor(r), typed.Get("reason"), []norms.Edit{norms.Revert{Changeset: id}})
	if err != nil {
		return s.showRevertForm(w, r, typed, err)
	}
	if len(done.Conflicts) > 0 || done.Revision == 0 {
		return s.showLeftAlone(w, r, id, done)
	}
	s.say(r, fmt.Sprintf("Changeset %d was taken back.", id))
	return seeOther(w, r, href.Changeset(done.Revision))
}

// showLeftAlone lists what could not be taken back, under the names that the
// changeset gives it.
func (s *site) showLeftAlone(w http.ResponseWriter, r *http.Request, id int64, done norms.Applied) error {
	c, err := s.Store.Changeset(r.Context(), id)
	if err != nil {
		return err
	}
	for i, left := range done.Conflicts {
		for _, ch := range c.Changes {
			if ch.Thing.Kind == left.Kind && ch.Thing.ID == left.ID {
				done.Conflicts[i] = ch.Thing
			}
		}
	}
	m := page.Reverted{Changeset: id, Applied: done}
	return s.show(w, r, view{page: page.TakenBack(s.frame(r, "Taken back", revertCrumbs(id)...), m)})
}

func (s *site) showRevertForm(w http.ResponseWriter, r *http.Request, typed url.Values, err error) error {
	u, ok := mendable(err)
	if !ok {
		return s.keep(w, r, typed, err)
	}
	id := pathID(r)
	c, err := s.Store.Changeset(r.Context(), id)
	if err != nil {
		return err
	}
	m := page.RevertForm{Refusal: page.Refusal{Problems: u.problems}, Changeset: c, Action: href.ChangesetRevert(id), Cancel: href.Changeset(id), Reason: typed.Get("reason")}
	f := s.frame(r, fmt.Sprintf("Take back changeset %d", id), revertCrumbs(id)...)
	return s.show(w, r, view{status: u.status, page: page.Revert(f, m)})
}

func revertCrumbs(id int64) []ui.Crumb {
	return []ui.Crumb{{Label: "Changes", Href: href.Changes()}, {Label: fmt.Sprintf("Changeset %d", id), Href: href.Changeset(id)}, {Label: "Take back"}}
}
