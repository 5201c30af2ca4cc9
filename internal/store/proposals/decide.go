package proposals

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store/edit"
	"normmap/internal/store/postgres"
)

// review is an open proposal while somebody decides about it.
type review struct {
	norms.ProposalRow
	edits []norms.ProposedEdit
}

// reviewing opens a proposal for a reviewer, who is not its proposer. Nobody
// else decides until the transaction ends. Its edits are not yet held against
// the record.
func (s *Store) reviewing(ctx context.Context, by account.Actor, id int64) (review, error) {
	if !by.Can(account.DecideProposals) {
		return review{}, norms.Errorf(norms.Forbidden, "your role does not allow you to %s", account.DecideProposals)
	}
	p, err := s.lockProposal(ctx, id)
	if err != nil {
		return review{}, err
	}
	if p.ProposerID == by.ID {
		return review{}, norms.Errorf(norms.Forbidden, "proposal %d is your own; another reviewer decides on it", id)
	}
	return s.opened(ctx, p)
}

func (s *Store) opened(ctx context.Context, p norms.ProposalRow) (review, error) {
	edits, err := s.proposedEdits(ctx, p.ID)
	return review{p, edits}, err
}

// edit finds the edit that is at a position and waits.
func (r review) edit(position, version int) (*norms.ProposedEdit, error) {
	i := slices.IndexFunc(r.edits, func(e norms.ProposedEdit) bool { return e.Position == position })
	if i < 0 {
		return nil, norms.NotFoundf("proposal %d has no edit %d", r.ID, position)
	}
	e := &r.edits[i]
	if !e.Waits() {
		return nil, norms.Errorf(norms.Conflict, "edit %d of proposal %d is closed: it was applied or taken out", position, r.ID)
	}
	if e.Version != version {
		return nil, norms.Errorf(norms.Conflict, "the proposer changed edit %d since you read it; look at it again", position)
	}
	return e, nil
}

// DecideEdits saves what a reviewer decides about edits of a proposal; nothing
// is applied yet. An edit of which the record was changed meanwhile can be
// corrected onto what is recorded now, or rejected, but not accepted.
//
// Errors: Forbidden for the proposer and below a reviewer; Conflict when the
// edit, or what was decided about it, is not what the reviewer saw.
func (s *Store) DecideEdits(ctx context.Context, by account.Actor, id int64, decisions ...norms.EditDecision) error {
	for _, d := range decisions {
		if err := d.Check(); err != nil {
			return err
		}
	}
	return s.inTx(ctx, func(tx *Store) error {
		r, err := tx.reviewing(ctx, by, id)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(decisions, func(d norms.EditDecision) bool { return d.Verdict == norms.Corrected })
		if i >= 0 {
			if err := tx.endsSilence(ctx, r.ProposalRow, fmt.Sprintf("a reviewer corrected edit %d", decisions[i].Position)); err != nil {
				return err
			}
		}
		if err := tx.judgeThese(ctx, by, r.ProposerID, r.edits, r.toAccept(decisions)); err != nil {
			return err
		}
		for _, d := range decisions {
			if err := tx.decideEdit(ctx, by, r, d); err != nil {
				return err
			}
		}
		return tx.touch(ctx, id)
	})
}

// toAccept are the places of the edits that are to be accepted as they are, for
// which it matters how they stand.
func (r review) toAccept(decisions []norms.EditDecision) (out []int) {
	for _, d := range decisions {
		i := slices.IndexFunc(r.edits, func(e norms.ProposedEdit) bool { return e.Position == d.Position })
		if i >= 0 && d.Verdict == norms.Accepted {
			out = append(out, i)
		}
	}
	return out
}

func (s *Store) decideEdit(ctx context.Context, by account.Actor, r review, d norms.EditDecision) error {
	e, err := r.edit(d.Position, d.Version)
	if err != nil {
		return err
	}
	if e.DecisionID != d.Seen {
		return norms.Errorf(norms.Conflict, "%s decided about edit %d since you read it; look at it again", e.DecidedBy, d.Position)
	}
	staged := stagedEdit{}
	switch d.Verdict {
	case norms.Accepted:
		err = acceptable(*e)
	case norms.Corrected:
		if norms.SpeaksByName(e.Proposed) || norms.SpeaksByName(d.Edit) {
			return norms.SaidByName(d.Position, r.Proposer)
		}
		staged, err = s.corrected(ctx, by, r, *e, d.Edit)
	}
	if err != nil {
		return err
	}
	return s.putDecision(ctx, by, r.ID, d, staged)
}

// acceptable says why an edit cannot be accepted as it is.
func acceptable(e norms.ProposedEdit) error {
	switch e.State {
	case norms.EditChanged:
		return norms.Errorf(norms.Conflict, "what edit %d changes was changed in the record since it was proposed; correct it onto what is recorded now, or reject it", e.Position)
	case norms.EditBroken:
		return norms.Errorf(norms.Conflict, "edit %d cannot be applied: %s", e.Position, e.Problem)
	}
	return nil
}

// corrected tries out another edit in the place of one.
func (s *Store) corrected(ctx context.Context, by account.Actor, r review, e norms.ProposedEdit, instead norms.Edit) (stagedEdit, error) {
	if norms.EditName(instead) != norms.EditName(e.Proposed) {
		return stagedEdit{}, norms.Field("edit", "must stay of the kind %s", norms.EditName(e.Proposed))
	}
	if err := edit.CheckEdits(r.Reason, []norms.Edit{instead}); err != nil {
		return stagedEdit{}, err
	}
	if err := norms.CheckNames(r.edits, instead); err != nil {
		return stagedEdit{}, err
	}
	before := live(r.under(e, instead))
	found, err := s.edits.PreviewBatch(ctx, edit.Batch{By: by, Proposer: r.ProposerID, Edits: append(before, instead)})
	if err != nil {
		return stagedEdit{}, err
	}
	o := found[len(before)]
	if o.Problem != nil {
		return stagedEdit{}, o.Problem
	}
	if len(o.Changes) == 0 {
		return stagedEdit{}, norms.Errorf(norms.Conflict, "like this it would change nothing: all of it is recorded already")
	}
	return stagedEdit{instead, o.Changes}, nil
}

// under are the edits on which another one rests that stands in the place of e.
func (r review) under(e norms.ProposedEdit, instead norms.Edit) []norms.ProposedEdit {
	list := slices.Clone(r.edits)
	i := slices.IndexFunc(list, func(o norms.ProposedEdit) bool { return o.Position == e.Position })
	list[i].Edit = instead
	places := edit.Grounds(list, []int{i})
	out := make([]norms.ProposedEdit, 0, len(places))
	for _, at := range places {
		if at != i {
			out = append(out, list[at])
		}
	}
	return out
}

const insertDecision = `
insert into proposal_decision (proposal_id, position, edit_version, decision, edit, base, code, note, by_id)
values (@proposal, @position, @version, @decision, @edit, @base, nullif(@code, ''), @note, @by)`

func (s *Store) putDecision(ctx context.Context, by account.Actor, proposal int64, d norms.EditDecision, e stagedEdit) error {
	edit, base, err := jsonOf(e)
	if err != nil {
		return err
	}
	args := pgx.StrictNamedArgs{"proposal": proposal, "position": d.Position, "version": d.Version, "decision": string(d.Verdict), "edit": edit,
		"base": base, "code": string(d.Code), "note": d.Note, "by": by.ID}
	if _, err := s.db.Exec(ctx, insertDecision, args); err != nil {
		return fmt.Errorf("deciding about edit %d of proposal %d: %w", d.Position, proposal, postgres.Failure(err))
	}
	return nil
}

const acceptEdits = `
insert into proposal_decision (proposal_id, position, edit_version, decision, by_id)
select @proposal, e.position, e.version, 'accepted', @by
from unnest(@positions::int[], @versions::int[]) e (position, version)
order by e.position`

// AcceptRemaining accepts every undecided edit that can be applied as it was
// proposed, and tells how many that are; Conflict when there is none. Seen is the proposal's version that
// the reviewer saw: nobody accepts what they could not read.
func (s *Store) AcceptRemaining(ctx context.Context, by account.Actor, id, seen int64) (accepted int, err error) {
	err = s.inTx(ctx, func(tx *Store) error {
		r, err := tx.reviewing(ctx, by, id)
		if err != nil {
			return err
		}
		if r.Version != seen {
			return norms.Errorf(norms.Conflict, "proposal %d was changed since you read it; look at it again", id)
		}
		if err := tx.judge(ctx, by, r.ProposerID, r.edits); err != nil {
			return err
		}
		var can []norms.ProposedEdit
		for _, e := range r.edits {
			if e.Waits() && e.Decision != norms.Rejected && acceptable(e) == nil {
				can = append(can, e)
			}
		}
		var positions, versions []int
		for _, e := range norms.Complete(can) { // not what rests on one that cannot be applied
			if e.Decision == norms.Undecided {
				positions, versions = append(positions, e.Position), append(versions, e.Version)
			}
		}
		if accepted = len(positions); accepted == 0 {
			return norms.Errorf(norms.Conflict, "nothing that is left can be accepted as it is; correct or reject each edit by itself")
		}
		args := pgx.StrictNamedArgs{"proposal": id, "by": by.ID, "positions": positions, "versions": versions}
		if _, err := tx.db.Exec(ctx, acceptEdits, args); err != nil {
			return fmt.Errorf("accepting edits of proposal %d: %w", id, postgres.Failure(err))
		}
		return tx.touch(ctx, id)
	})
	return accepted, err
}
