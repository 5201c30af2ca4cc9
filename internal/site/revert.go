package site

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"strings"

	"normmap/internal/norms"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
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
	s.say(r, takenBack(r.Context(), id, leftAlone(r.Context(), c, done.Conflicts)))
	return seeOther(w, r, href.Changeset(done.Revision))
}

// leftAlone names what could not be taken back of c as c names it.
func leftAlone(ctx context.Context, c norms.Changeset, conflicts []norms.Thing) []string {
	names := map[norms.Thing]string{}
	for _, ch := range c.Changes {
		kind := ui.ThingKind(ctx, ch.Thing.Kind)
		names[norms.Thing{Kind: ch.Thing.Kind, ID: ch.Thing.ID}] = words.Text(ctx, "revert_form.thing", "Kind", kind, "Name", ch.Thing.Name)
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
func takenBack(ctx context.Context, id int64, left []string) string {
	if len(left) == 0 {
		return words.Text(ctx, "revert_form.done", "N", id)
	}
	lines := []string{words.Text(ctx, "revert_form.done_in_part", "N", id)}
	lines = append(lines, left[:min(len(left), maxLeft)]...)
	if more := len(left) - maxLeft; more > 0 {
		lines = append(lines, words.Count(ctx, "revert_form.left_more", more))
	}
	lines = append(lines, words.Text(ctx, "revert_form.left_advice"))
	return strings.Join(lines, "\n")
}

func (s *site) showRevertForm(w http.ResponseWriter, r *http.Request, typed url.Values, err error) error {
	u, ok := mendable(r.Context(), err)
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
	f := s.frame(r, words.Text(r.Context(), "revert_form.title", "N", id), revertCrumbs(r.Context(), id)...)
	return s.show(w, r, view{status: u.status, page: page.Revert(f, m)})
}

func revertCrumbs(ctx context.Context, id int64) []ui.Crumb {
	return []ui.Crumb{{Label: words.Text(ctx, "common.changes"), Href: href.Changes()},
		{Label: words.Text(ctx, "common.changeset", "N", id), Href: href.Changeset(id)}, {Label: words.Text(ctx, "revert_form.crumb")}}
}
