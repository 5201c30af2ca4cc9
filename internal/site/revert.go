package site

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

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
// and listed once, on the page of the new changeset.
func (s *site) saveRevert(w http.ResponseWriter, r *http.Request) error {
	typed, err := s.form(r)
	if err != nil {
		return err
	}
	id, err := idOf(r)
	if err != nil {
		return err
	}
	c, err := s.Store.Changeset(r.Context(), id, norms.Page{Limit: norms.MaxLimit})
	if err != nil {
		return err
	}
	done, err := s.Store.Apply(r.Context(), actor(r), reasonOf(typed), []norms.Edit{norms.Revert{Changeset: id}})
	if err != nil {
		return s.showRevertForm(w, r, typed, err)
	}
	s.say(r, takenBack(id, leftAlone(r.Context(), c, done.Conflicts)))
	return seeOther(w, r, href.Changeset(done.Revision))
}

// leftAlone names what could not be taken back of c as c names it.
func leftAlone(ctx context.Context, c norms.Changeset, conflicts []norms.Thing) []string {
	names := map[norms.Thing]string{}
	for _, ch := range c.Changes {
		names[norms.Thing{Kind: ch.Thing.Kind, ID: ch.Thing.ID}] = ui.ThingKind(ctx, ch.Thing.Kind) + " “" + ch.Thing.Name + "”"
	}
	out := make([]string, len(conflicts))
	for i, t := range conflicts {
		out[i] = cmp.Or(names[norms.Thing{Kind: t.Kind, ID: t.ID}], t.Name)
	}
	return out
}

// maxLeft is how many things a notice names.
const maxLeft = 100

// takenBack says what came of a revert, in lines.
func takenBack(id int64, left []string) string {
	if len(left) == 0 {
		return fmt.Sprintf("Changeset %d was taken back.", id)
	}
	lines := []string{fmt.Sprintf("Changeset %d was taken back, but not everything. Left alone because it was changed since:", id)}
	lines = append(lines, left[:min(len(left), maxLeft)]...)
	if more := len(left) - maxLeft; more > 0 {
		lines = append(lines, "and "+ui.Count(more, "more thing", "more things"))
	}
	lines = append(lines, "Take the later changes back first, or change these things by hand.")
	return strings.Join(lines, "\n")
}

func (s *site) showRevertForm(w http.ResponseWriter, r *http.Request, typed url.Values, err error) error {
	u, ok := mendable(err)
	if !ok {
		return err
	}
	id, err := idOf(r)
	if err != nil {
		return err
	}
	c, err := s.Store.Changeset(r.Context(), id, norms.Page{Limit: norms.MaxLimit})
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
