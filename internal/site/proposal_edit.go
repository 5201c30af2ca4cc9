package site

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/go-chi/chi/v5"

	"normmap/internal/norms"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// correcting is one edit of a proposal in somebody's form: its proposer's, who
// changes it, or a reviewer's, who corrects it.
type correcting struct {
	norms.Proposal
	edit norms.ProposedEdit
	own  bool
}

func (s *proposalSite) correctingOf(r *http.Request) (correcting, error) {
	id, err := idOf(r)
	if err != nil {
		return correcting{}, err
	}
	position, err := strconv.Atoi(chi.URLParam(r, "position"))
	if err != nil || position < 1 || position > norms.MaxProposed {
		return correcting{}, norms.NotFoundf("there is no page at this address: it needs the number of an edit")
	}
	e, p, err := s.Store.ProposedEdit(r.Context(), actor(r), id, position)
	if err != nil {
		return correcting{}, err
	}
	c := correcting{p, e, p.ProposerID == actor(r).ID}
	if !p.Open() || !e.Waits() {
		return c, norms.Errorf(norms.Conflict, "edit %d of proposal %d is closed; it cannot be changed any more", position, id)
	}
	if !c.own && norms.SpeaksByName(e.Proposed) {
		return c, norms.SaidByName(position, p.Proposer)
	}
	return c, nil
}

// showCorrection answers with the edit as a form, on what is recorded now.
func (s *proposalSite) showCorrection(w http.ResponseWriter, r *http.Request) error {
	c, err := s.correctingOf(r)
	if err != nil {
		return err
	}
	return s.showCorrectionForm(w, r, c, nil, nil)
}

// saveCorrection saves a reviewer's correction as a decision, and the
// proposer's change as a new version of the edit.
func (s *proposalSite) saveCorrection(w http.ResponseWriter, r *http.Request) error {
	typed, err := s.form(r)
	if err != nil {
		return err
	}
	c, err := s.correctingOf(r)
	if err != nil {
		return err
	}
	at, err := editAt(typed)
	if err != nil {
		return err
	}
	ctx := r.Context()
	said := words.Text(ctx, "proposal.said.corrected", "N", c.edit.Position)
	edit, wrong := typedEdit(ctx, norms.WithVersion(c.edit.Rebased, version(typed)), typed)
	switch {
	case len(wrong) > 0:
		err = &norms.Error{Kind: norms.Invalid, Problems: wrong}
	case c.own:
		said = words.Text(ctx, "proposal.said.changed", "N", c.edit.Position)
		err = s.Store.ReviseEdit(ctx, actor(r), c.ID, c.edit.Position, at.Version, edit)
	default:
		err = s.Store.DecideEdits(ctx, actor(r), c.ID, norms.EditDecision{Position: c.edit.Position, Version: at.Version, Seen: at.Seen,
			Verdict: norms.Corrected, Edit: edit, Note: typed.Get("decision_note")})
	}
	if err != nil {
		return s.showCorrectionForm(w, r, c, typed, err)
	}
	s.say(r, said)
	s.sayToo(r, editDatesUnderstood(ctx, edit, typed))
	return seeOther(w, r, href.ProposalEdit(c.ID, c.edit.Position))
}

func (s *proposalSite) showCorrectionForm(w http.ResponseWriter, r *http.Request, c correcting, typed url.Values, failed error) error {
	ctx := r.Context()
	u, ok := mendable(ctx, asTyped(failed, typed))
	if !ok {
		return failed
	}
	m := c.form(ctx)
	var err error
	if m.Controls, err = s.offer(ctx, c.edit.Rebased, m.Controls); err != nil {
		return err
	}
	if typed != nil {
		m.Controls = filled(m.Controls, typed, u.problems)
	}
	if m.Note != nil && typed != nil {
		m.Note.Value = typed.Get("decision_note")
	}
	m.Refusal = page.Refusal{Problems: u.problems, Stale: u.stale}
	f := s.frame(r, m.Heading, proposalsCrumb(r), ui.Crumb{Label: words.Text(ctx, "proposal.name", "N", ui.Number(c.ID)), Href: href.Proposal(c.ID)}, ui.Crumb{Label: m.Heading})
	return s.show(w, r, view{status: u.status, page: page.CorrectEdit(f, m)})
}

func (c correcting) form(ctx context.Context) page.ProposalEditForm {
	m := page.ProposalEditForm{
		Heading: words.Text(ctx, "proposal_form.title", "N", c.edit.Position, "Proposal", ui.Number(c.ID)), Lead: words.Text(ctx, "proposal_form.lead"),
		Save: words.Text(ctx, "proposal_form.save"), Proposal: c.ID, Edit: c.edit, Controls: c.controls(ctx), Version: norms.VersionOf(c.edit.Rebased),
		Action: href.ProposalEditForm(c.ID, c.edit.Position), Cancel: href.ProposalEdit(c.ID, c.edit.Position),
	}
	if c.own {
		m.Heading = words.Text(ctx, "proposal_form.title_own", "N", c.edit.Position, "Proposal", ui.Number(c.ID))
		m.Lead, m.Save = words.Text(ctx, "proposal_form.lead_own"), words.Text(ctx, "proposal_form.save_own")
		return m
	}
	note := lines(ctx, "proposal_form.note", 2)
	note.Name = "decision_note"
	note.Value = c.edit.Note
	m.Note = &note
	return m
}

// controls are the fields of the edit. Of those that were changed in the record
// meanwhile each says what is recorded now, and those that the edit is not
// about begin with that.
func (c correcting) controls(ctx context.Context) []page.Control {
	out := editControls(ctx, c.edit.Rebased)
	for i := range out {
		for _, clash := range c.edit.Clashes {
			if clash.Field == out[i].Name {
				takeOver(ctx, &out[i], clash)
			}
		}
	}
	return out
}

func takeOver(ctx context.Context, c *page.Control, clash norms.Clash) {
	if clash.Untouched && c.Value == clash.Proposed && c.Shape != page.Ticks {
		c.Value, c.Values = clash.Now, []string{clash.Now}
		c.Hint = sentences(c.Hint, words.Text(ctx, "proposal_form.taken_over"))
		return
	}
	now := clash.Now
	if now == "" {
		now = words.Text(ctx, "form.empty")
	}
	c.Hint = sentences(c.Hint, words.Text(ctx, "proposal_form.recorded_now", "Now", now))
}
