package proposals

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store/edit"
	"normmap/internal/store/postgres"
)

// Propose stages edits for review and returns the number of the proposal, 0
// when none of them has anything to change. Each edit is checked and sent
// through the door on top of those before it; one that could not be applied
// now is refused, and every problem of all of them is told.
//
// Edits may be added to an open proposal of the actor's own: their reason is
// then kept as a comment, because a proposal has one reason.
//
// Errors: as for [edit.Store.Apply], by the rights of whoever proposes.
func (s *Store) Propose(ctx context.Context, by account.Actor, st norms.Staging) (int64, error) {
	if !by.Can(account.ProposeEdits) {
		return 0, norms.Errorf(norms.Forbidden, "your role does not allow you to %s", account.ProposeEdits)
	}
	if err := edit.CheckEdits(st.Reason, st.Edits); err != nil {
		return 0, err
	}
	if err := st.Check(); err != nil {
		return 0, err
	}
	if err := proposable(st.Edits); err != nil {
		return 0, err
	}
	id := st.Into
	err := s.inTx(ctx, func(tx *Store) error {
		before, err := tx.staged(ctx, by, st)
		if err != nil {
			return err
		}
		found, err := tx.edits.PreviewBatch(ctx, edit.Batch{By: by, Edits: append(live(before), st.Edits...), Told: st.Checked})
		if err != nil {
			return err
		}
		found = found[len(before):]
		if err := refusals(found); err != nil {
			return err
		}
		asSeen(found, st.Seen)
		effective := withEffect(st.Edits, found)
		if len(effective) == 0 {
			id = 0
			return nil
		}
		id, err = tx.stage(ctx, by, st, effective, len(before))
		return err
	})
	return id, err
}

// proposable refuses what nobody can decide for someone else.
func proposable(edits []norms.Edit) error {
	for _, e := range edits {
		if edit.Needed(e) == account.AnswerForOrganization {
			return norms.Errorf(norms.Forbidden, "an organization answers by itself, at once, through an account that is bound to it; its answer cannot be proposed")
		}
	}
	return nil
}

// staged reads and locks what an own open proposal holds already; nothing for
// a new one.
func (s *Store) staged(ctx context.Context, by account.Actor, st norms.Staging) ([]norms.ProposedEdit, error) {
	if st.Into == 0 {
		return nil, nil
	}
	p, err := s.lockProposal(ctx, st.Into)
	if err != nil {
		return nil, err
	}
	if p.ProposerID != by.ID {
		return nil, norms.Errorf(norms.Forbidden, "proposal %d is not yours; only its proposer adds to it", p.ID)
	}
	before, err := s.proposedEdits(ctx, p.ID)
	if most := p.MadeFrom.MaxEdits(); err == nil && len(before)+len(st.Edits) > most {
		err = norms.Field("edits", "would be %d with those of proposal %d; a proposal holds at most %d", len(before)+len(st.Edits), p.ID, most)
	}
	return before, err
}

// live are the edits as they would be applied, those that were rejected, taken
// out or applied left out by an edit that does nothing.
func live(list []norms.ProposedEdit) []norms.Edit {
	out := make([]norms.Edit, len(list))
	for i, e := range list {
		out[i] = e.Edit
		if !e.Waits() || e.Decision == norms.Rejected {
			out[i] = nothing{}
		}
	}
	return out
}

// nothing stands in a preview for an edit that is not to be looked at.
type nothing struct{}

// Check implements norms.Edit; it refuses, so that the preview leaves it out.
func (nothing) Check() error { return norms.Field("edit", "is left out") }

// refusals gathers why edits cannot be applied. One edit's is told as it is,
// so that its form can show what is recorded now.
func refusals(found []norms.Outcome) error {
	var out *norms.Error
	for i, o := range found {
		switch {
		case o.Problem == nil:
			continue
		case len(found) == 1:
			return o.Problem
		case out == nil:
			out = &norms.Error{Kind: o.Problem.Kind}
		}
		if o.Problem.Message != "" {
			out.Problems = append(out.Problems, norms.Problem{Field: fmt.Sprintf("edits[%d]", i), Message: o.Problem.Message})
		}
		for _, p := range o.Problem.Problems {
			out.Problems = append(out.Problems, norms.Problem{Field: fmt.Sprintf("edits[%d].%s", i, p.Field), Message: p.Message})
		}
	}
	if out == nil {
		return nil
	}
	return out
}

// asSeen writes down what edits would change as whoever proposes them saw it:
// where that is recorded otherwise by now, their review says so.
func asSeen(found []norms.Outcome, seen []norms.Seen) {
	for _, s := range seen {
		for _, c := range found[s.Edit].Changes {
			for i, f := range c.Fields {
				if c.Thing.Kind == s.Kind && f.Field == s.Field {
					c.Fields[i].Before = s.Before
				}
			}
		}
	}
}

// stagedEdit is an edit on its way into a proposal.
type stagedEdit struct {
	edit norms.Edit
	base []norms.Change
}

// withEffect are the edits that would change something, with what.
func withEffect(edits []norms.Edit, found []norms.Outcome) []stagedEdit {
	var out []stagedEdit
	for i, e := range edits {
		if len(found[i].Changes) > 0 {
			out = append(out, stagedEdit{e, found[i].Changes})
		}
	}
	return out
}

const (
	insertProposal = `
insert into proposal (proposer_id, reason, made_from) values (@by, @reason, @from) returning id`

	insertProposedEdit = `
insert into proposal_edit (proposal_id, position, version, edit, base, by_id) values (@proposal, @position, @version, @edit, @base, @by)`

	touchProposal = `update proposal set version = version + 1 where id = $1`
)

// stage writes edits into a proposal, a new one or after those it holds.
func (s *Store) stage(ctx context.Context, by account.Actor, st norms.Staging, edits []stagedEdit, after int) (int64, error) {
	id := st.Into
	var err error
	if id == 0 {
		from := st.From
		if from == "" {
			from = "form"
		}
		err = s.db.QueryRow(ctx, insertProposal, pgx.StrictNamedArgs{"by": by.ID, "reason": st.Reason, "from": from}).Scan(&id)
		if err == nil && st.Note != "" {
			err = s.say(ctx, id, nil, st.Note)
		}
		if err == nil {
			err = s.keepProblems(ctx, id, st.Problems)
		}
	} else {
		err = s.extend(ctx, by, st)
	}
	if err != nil {
		return 0, fmt.Errorf("staging a proposal: %w", postgres.Failure(err))
	}
	for i, e := range edits {
		if err := s.putProposedEdit(ctx, by, editPlace{id, after + i + 1, 1}, e); err != nil {
			return 0, err
		}
		if st.Staged != nil {
			st.Staged(i+1, len(edits))
		}
	}
	return id, nil
}

// extend notes in an open proposal why edits are added to it.
func (s *Store) extend(ctx context.Context, by account.Actor, st norms.Staging) error {
	p, err := s.proposalRow(ctx, st.Into)
	if err != nil {
		return err
	}
	return errors.Join(s.touch(ctx, p.ID), s.say(ctx, p.ID, &by.ID, st.Reason), s.endsSilence(ctx, p, "edits were added"))
}

// editPlace is one version of one edit of a proposal.
type editPlace struct {
	proposal          int64
	position, version int
}

func (s *Store) putProposedEdit(ctx context.Context, by account.Actor, at editPlace, e stagedEdit) error {
	edit, base, err := jsonOf(e)
	if err != nil {
		return err
	}
	args := pgx.StrictNamedArgs{"proposal": at.proposal, "position": at.position, "version": at.version, "edit": edit, "base": base, "by": by.ID}
	if _, err := s.db.Exec(ctx, insertProposedEdit, args); err != nil {
		return fmt.Errorf("adding edit %d to proposal %d: %w", at.position, at.proposal, postgres.Failure(err))
	}
	return nil
}

// jsonOf writes an edit, nil for none, and what it would change.
func jsonOf(e stagedEdit) (edit, base []byte, err error) {
	if e.edit != nil {
		if edit, err = norms.MarshalEdits([]norms.Edit{e.edit}); err != nil {
			return nil, nil, err
		}
		edit = edit[1 : len(edit)-1] // the edit alone, not the list
	}
	if e.base == nil {
		e.base = []norms.Change{}
	}
	if base, err = json.Marshal(e.base); err != nil {
		return nil, nil, fmt.Errorf("writing what an edit would change: %w", err)
	}
	return edit, base, nil
}

func (s *Store) touch(ctx context.Context, proposal int64) error {
	_, err := s.db.Exec(ctx, touchProposal, proposal)
	return postgres.Failure(err)
}

const insertComment = `insert into proposal_comment (proposal_id, by_id, text) values ($1, $2, $3)`

// say adds a comment; by is nil for the service itself.
func (s *Store) say(ctx context.Context, proposal int64, by *int64, text string) error {
	_, err := s.db.Exec(ctx, insertComment, proposal, by, text)
	return postgres.Failure(err)
}
