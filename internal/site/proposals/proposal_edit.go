package proposals

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/go-chi/chi/v5"

	"normmap/internal/norms"
	"normmap/internal/site/form"
	"normmap/internal/site/serve"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// Correcting is one edit of a proposal in somebody's form: its proposer's, who
// changes it, or a reviewer's, who corrects it.
type Correcting struct {
	norms.Proposal
	Edit norms.ProposedEdit
	Own  bool

	beside bool // whether one came from beside the text
	place  int  // where its words begin there
	inText bool // what it cites is said beside the text in which it stands
}

// CorrectingOf reads which edit of which proposal the address names.
func (s *Site) CorrectingOf(r *http.Request) (Correcting, error) {
	id, err := serve.IDOf(r)
	if err != nil {
		return Correcting{}, err
	}
	position, err := strconv.Atoi(chi.URLParam(r, "position"))
	if err != nil || position < 1 || position > norms.MaxImported {
		return Correcting{}, norms.NotFoundf("there is no page at this address: it needs the number of an edit")
	}
	e, p, err := s.Store.ProposedEdit(r.Context(), serve.Actor(r), id, position)
	if err != nil {
		return Correcting{}, err
	}
	q := serve.Query(r)
	c := Correcting{Proposal: p, Edit: e, Own: p.ProposerID == serve.Actor(r).ID, beside: q.Has("place")}
	if c.place, err = placeAsked(q); err != nil {
		return c, err
	}
	if !p.Open() || !e.Waits() {
		return c, norms.Errorf(norms.Conflict, "edit %d of proposal %d is closed; it cannot be changed any more", position, id)
	}
	if !c.Own && norms.SpeaksByName(e.Proposed) {
		return c, norms.SaidByName(position, p.Proposer)
	}
	c.inText, err = s.standsInText(r, c)
	return c, err
}

// standsInText tells whether an edit is a line with places in the text of the
// proposal, and can be grouped otherwise beside that; what is rejected cannot.
func (s *Site) standsInText(r *http.Request, c Correcting) (bool, error) {
	line, ok := c.Edit.Edit.(norms.PutCitationLine)
	if !ok || c.Edit.Decision == norms.Rejected || !slices.ContainsFunc(line.References, func(r norms.Reference) bool { return r.Start >= 0 }) {
		return false, nil
	}
	text, err := s.Store.ProposalText(r.Context(), serve.Actor(r), c.ID)
	if kind := norms.KindOf(err); kind == norms.NotFound || kind == norms.Forbidden {
		return false, nil
	}
	return err == nil && text.Source == line.Source, err
}

// ShowCorrection answers with the edit as a form, on what is recorded now.
func (s *Site) ShowCorrection(w http.ResponseWriter, r *http.Request) error {
	c, err := s.CorrectingOf(r)
	if err != nil {
		return err
	}
	return s.showCorrectionForm(w, r, c, nil, nil)
}

// SaveCorrection saves a reviewer's correction as a decision, and the
// proposer's change as a new version of the edit.
func (s *Site) SaveCorrection(w http.ResponseWriter, r *http.Request) error {
	typed, err := s.Form(r)
	if err != nil {
		return err
	}
	c, err := s.CorrectingOf(r)
	if err != nil {
		return err
	}
	at, err := editAt(typed)
	if err != nil {
		return err
	}
	ctx := r.Context()
	said := words.Text(ctx, "proposal.said.corrected", "N", c.Edit.Position)
	edit, wrong := typedEdit(ctx, norms.WithVersion(c.Edit.Rebased, form.Version(typed)), typed, c.inText)
	switch {
	case len(wrong) > 0:
		err = &norms.Error{Kind: norms.Invalid, Problems: wrong}
	case c.Own:
		said = words.Text(ctx, "proposal.said.changed", "N", c.Edit.Position)
		err = s.Store.ReviseEdit(ctx, serve.Actor(r), c.ID, c.Edit.Position, at.Version, edit)
	default:
		err = s.Store.DecideEdits(ctx, serve.Actor(r), c.ID, norms.EditDecision{Position: c.Edit.Position, Version: at.Version, Seen: at.Seen,
			Verdict: norms.Corrected, Edit: edit, Note: typed.Get("decision_note")})
	}
	if err != nil {
		return s.showCorrectionForm(w, r, c, typed, err)
	}
	s.Say(r, said)
	s.SayToo(r, editDatesUnderstood(ctx, edit, typed))
	return serve.SeeOther(w, r, c.back())
}

// back is where the edit is shown: beside the text for who came from there.
func (c Correcting) back() string {
	if c.beside {
		return href.ProposalTextAt(c.ID, c.place, c.Edit.Position)
	}
	return href.ProposalEdit(c.ID, c.Edit.Position)
}

// action is where the form leads: it keeps from where one came.
func (c Correcting) action() string {
	if c.beside {
		return href.ProposalEditFormBeside(c.ID, c.Edit.Position, c.place)
	}
	return href.ProposalEditForm(c.ID, c.Edit.Position)
}

func (s *Site) showCorrectionForm(w http.ResponseWriter, r *http.Request, c Correcting, typed url.Values, failed error) error {
	ctx := r.Context()
	u, ok := form.Mendable(ctx, form.AsTyped(failed, typed))
	if !ok {
		return failed
	}
	m := c.form(ctx)
	var err error
	if m.Controls, err = s.offer(ctx, c.Edit.Rebased, m.Controls); err != nil {
		return err
	}
	if typed != nil {
		m.Controls = form.Filled(m.Controls, typed, u.Problems)
	}
	if m.Note != nil && typed != nil {
		m.Note.Value = typed.Get("decision_note")
	}
	m.Refusal = page.Refusal{Problems: u.Problems, Stale: u.Stale}
	f := s.Frame(r, m.Heading, proposalsCrumb(r), ui.Crumb{Label: words.Text(ctx, "proposal.name", "N", ui.Number(c.ID)), Href: href.Proposal(c.ID)}, ui.Crumb{Label: m.Heading})
	return s.Show(w, r, serve.View{Status: u.Status, Page: page.CorrectEdit(f, m)})
}

func (c Correcting) form(ctx context.Context) page.ProposalEditForm {
	m := page.ProposalEditForm{
		Heading: words.Text(ctx, "proposal_form.title", "N", c.Edit.Position, "Proposal", ui.Number(c.ID)), Lead: words.Text(ctx, "proposal_form.lead"),
		Save: words.Text(ctx, "proposal_form.save"), Proposal: c.ID, Edit: c.Edit, Controls: c.controls(ctx), Version: norms.VersionOf(c.Edit.Rebased),
		Action: c.action(), Cancel: c.back(),
	}
	if c.inText {
		m.Cites = href.ProposalRegroup(c.ID, c.Edit.Position)
	}
	if c.Own {
		m.Heading = words.Text(ctx, "proposal_form.title_own", "N", c.Edit.Position, "Proposal", ui.Number(c.ID))
		m.Lead, m.Save = words.Text(ctx, "proposal_form.lead_own"), words.Text(ctx, "proposal_form.save_own")
		return m
	}
	note := form.Lines(ctx, "proposal_form.note", 2)
	note.Name = "decision_note"
	note.Value = c.Edit.Note
	m.Note = &note
	return m
}

// controls are the fields of the edit. Of those that were changed in the record
// meanwhile each says what is recorded now, and those that the edit is not
// about begin with that.
func (c Correcting) controls(ctx context.Context) []page.Control {
	out := editControls(ctx, c.Edit.Rebased, c.inText)
	for i := range out {
		for _, clash := range c.Edit.Clashes {
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
		c.Hint = serve.Sentences(c.Hint, words.Text(ctx, "proposal_form.taken_over"))
		return
	}
	now := clash.Now
	if now == "" {
		now = words.Text(ctx, "form.empty")
	}
	c.Hint = serve.Sentences(c.Hint, words.Text(ctx, "proposal_form.recorded_now", "Now", now))
}
