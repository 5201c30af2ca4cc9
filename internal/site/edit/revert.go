package edit

import (
	"context"
	"net/http"
	"net/url"

	"normmap/internal/norms"
	"normmap/internal/site/form"
	"normmap/internal/site/serve"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// ShowRevert answers with what taking a changeset back will do.
func (s *Site) ShowRevert(w http.ResponseWriter, r *http.Request) error {
	return s.showRevertForm(w, r, serve.Query(r), nil)
}

// SaveRevert takes a changeset back. What had been changed since is left alone
// and listed on the page of the new changeset.
func (s *Site) SaveRevert(w http.ResponseWriter, r *http.Request) error {
	typed, err := s.Form(r)
	if err != nil {
		return err
	}
	id, err := serve.IDOf(r)
	if err != nil {
		return err
	}
	done, err := s.Store.Apply(r.Context(), serve.Actor(r), form.ReasonOf(typed), []norms.Edit{norms.Revert{Changeset: id}})
	if err != nil {
		return s.showRevertForm(w, r, typed, err)
	}
	s.SayWritten(r, takenBack(r.Context(), id, len(done.Conflicts)), done.Revision)
	return serve.SeeOther(w, r, href.Changeset(done.Revision))
}

// takenBack says what came of a revert.
func takenBack(ctx context.Context, id int64, left int) string {
	if left == 0 {
		return words.Text(ctx, "revert_form.done", "N", id)
	}
	return words.Text(ctx, "revert_form.done_in_part", "N", id) + "\n" + words.Count(ctx, "revert_form.left", left)
}

func (s *Site) showRevertForm(w http.ResponseWriter, r *http.Request, typed url.Values, err error) error {
	u, ok := form.Mendable(r.Context(), err)
	if !ok {
		return err
	}
	id, err := serve.IDOf(r)
	if err != nil {
		return err
	}
	m := page.RevertForm{Refusal: page.Refusal{Problems: u.Problems}, Action: href.ChangesetRevert(id), Cancel: href.Changeset(id), Reason: typed.Get("reason")}
	if m.Changeset, err = s.Store.Changeset(r.Context(), id, norms.Page{Limit: 1}); err != nil {
		return err
	}
	if m.Outcome, err = s.lookAhead(r, norms.Revert{Changeset: id}); err != nil {
		return err
	}
	f := s.Frame(r, words.Text(r.Context(), "revert_form.title", "N", id), revertCrumbs(r.Context(), id)...)
	return s.Show(w, r, serve.View{Status: u.Status, Page: page.Revert(f, m)})
}

// lookAhead tells what one edit would do, or why it cannot be applied.
func (s *Site) lookAhead(r *http.Request, e norms.Edit) (norms.Outcome, error) {
	out, err := s.Store.Preview(r.Context(), serve.Actor(r), []norms.Edit{e})
	if err != nil {
		return norms.Outcome{}, err
	}
	return out[0], nil
}

func revertCrumbs(ctx context.Context, id int64) []ui.Crumb {
	return []ui.Crumb{{Label: words.Text(ctx, "common.changes"), Href: href.Changes()},
		{Label: words.Text(ctx, "common.changeset", "N", id), Href: href.Changeset(id)}, {Label: words.Text(ctx, "revert_form.crumb")}}
}
