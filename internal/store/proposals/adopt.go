package proposals

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store/edit"
	"normmap/internal/store/postgres"
)

// ApplyProposal writes what a reviewer accepted as one changeset, together with
// the record of its approval. Edits without a decision keep the proposal open;
// when none is left it is closed. With nothing accepted and nothing left to
// decide it is closed as rejected, and the revision is 0.
//
// Errors: as for [edit.Store.Apply], and Conflict, naming each edit, when the record
// was changed since an edit was accepted.
func (s *Store) ApplyProposal(ctx context.Context, by account.Actor, id int64) (norms.Applied, error) {
	var done norms.Applied
	err := s.inTx(ctx, func(tx *Store) error {
		if _, err := tx.lockProposal(ctx, id); err != nil {
			return err
		}
		if err := tx.edits.LockWriting(ctx); err != nil {
			return err
		}
		r, err := tx.reviewing(ctx, by, id)
		if err != nil {
			return err
		}
		if r.Ready == 0 && r.Undecided > 0 {
			return norms.Errorf(norms.Conflict, "nothing is accepted yet; decide about at least one edit first")
		}
		chosen := slices.DeleteFunc(slices.Clone(r.edits), func(e norms.ProposedEdit) bool { return !e.Waits() || !e.Decision.Applies() })
		if err := norms.CheckRests(chosen); err != nil {
			return err
		}
		done, err = tx.adoptApproved(ctx, adoption{by: by, proposal: r.ProposalRow, edits: chosen})
		if err != nil {
			return err
		}
		return tx.closeDone(ctx, id)
	})
	return done, err
}

// errOtherwise rolls back what is not exactly what was approved.
var errOtherwise = errors.New("it does not do what was approved")

// adoptApproved applies edits and sees that they did what each was to do when
// it was approved. Only when they did not is each looked at by itself, for the
// reviewer to read which.
func (s *Store) adoptApproved(ctx context.Context, a adoption) (done norms.Applied, err error) {
	err = s.inTx(ctx, func(tx *Store) (err error) {
		if done, err = tx.adopt(ctx, a); err != nil {
			return err
		}
		if err := tx.edits.Settled(ctx); err != nil {
			return err
		}
		return tx.didAsApproved(ctx, a.edits, done.Revision)
	})
	if err == nil || !errors.Is(err, errOtherwise) && !mendable(err) {
		return done, err
	}
	if found := s.holds(ctx, a.by, a.proposal.ProposerID, a.edits); found != nil {
		return norms.Applied{}, found
	}
	return s.adopt(ctx, a) // with those that are so already left out, or to say what is wrong
}

// didAsApproved compares what a changeset did with what its edits were to do.
func (s *Store) didAsApproved(ctx context.Context, edits []norms.ProposedEdit, revision int64) error {
	var approved []norms.Change
	for _, e := range edits {
		approved = append(approved, e.Base...)
	}
	var did []norms.Change
	if revision != 0 {
		out := make([]norms.Outcome, 1)
		if err := s.edits.Previewed(ctx, map[int64]int{revision: 0}, out); err != nil {
			return err
		}
		did = out[0].Changes
	}
	if !norms.SameChanges(approved, did) {
		return errOtherwise
	}
	return nil
}

// holds says which edits cannot be applied by themselves, without those that
// were not chosen.
func (s *Store) holds(ctx context.Context, by account.Actor, proposer int64, chosen []norms.ProposedEdit) error {
	if err := s.judge(ctx, by, proposer, chosen); err != nil {
		return err
	}
	out := &norms.Error{Kind: norms.Conflict}
	for _, e := range chosen {
		if err := acceptable(e); err != nil {
			out.Problems = append(out.Problems, norms.Problem{Message: err.Error()})
		}
	}
	if len(out.Problems) == 0 {
		return nil
	}
	return out
}

// adoption is a part of a proposal on its way into the record: by is who
// answers for it, a reviewer or, for silence, whoever set the day.
type adoption struct {
	by        account.Actor
	proposal  norms.ProposalRow
	edits     []norms.ProposedEdit
	bySilence bool
	at        time.Time // of silence; zero means now
}

const insertApproval = `
insert into approval (changeset_id, proposal_id, proposer_id, reviewer_id, by_silence, hash, at)
values (@changeset, @proposal, @proposer, @reviewer, @by_silence, edits_hash(@edits), coalesce(@at, now()))`

// adopt applies edits, approves exactly them, and notes which they were. Those
// that have nothing to change are noted only.
func (s *Store) adopt(ctx context.Context, a adoption) (norms.Applied, error) {
	var edits []norms.Edit
	for _, e := range a.edits {
		if e.State != norms.EditDone {
			edits = append(edits, e.Edit)
		}
	}
	var done norms.Applied
	if len(edits) > 0 {
		var err error
		if done, err = s.edits.ApplyBatch(ctx, edit.Batch{By: a.by, Proposer: a.proposal.ProposerID, Reason: a.proposal.Reason, Edits: edits}); err != nil {
			return done, err
		}
	}
	if done.Revision != 0 {
		if err := s.approve(ctx, a, done.Revision, edits); err != nil {
			return done, err
		}
	}
	return done, s.noteApplied(ctx, a, done.Revision)
}

func (s *Store) approve(ctx context.Context, a adoption, revision int64, edits []norms.Edit) error {
	approved, err := norms.MarshalEdits(edits)
	if err != nil {
		return err
	}
	args := pgx.StrictNamedArgs{"changeset": revision, "proposal": a.proposal.ID, "proposer": a.proposal.ProposerID, "reviewer": &a.by.ID,
		"by_silence": a.bySilence, "edits": approved, "at": (*time.Time)(nil)}
	if a.bySilence {
		args["reviewer"], args["at"] = (*int64)(nil), &a.at
	}
	if _, err := s.db.Exec(ctx, insertApproval, args); err != nil {
		return fmt.Errorf("recording the approval of proposal %d: %w", a.proposal.ID, postgres.Failure(err))
	}
	return nil
}

const insertApplied = `
insert into proposal_applied (proposal_id, position, changeset_id)
select @proposal, position, nullif(@changeset::bigint, 0) from unnest(@positions::int[]) position`

func (s *Store) noteApplied(ctx context.Context, a adoption, revision int64) error {
	positions := make([]int, len(a.edits))
	for i, e := range a.edits {
		positions[i] = e.Position
	}
	_, err := s.db.Exec(ctx, insertApplied, pgx.StrictNamedArgs{"proposal": a.proposal.ID, "changeset": revision, "positions": positions})
	return postgres.Failure(err)
}

const closeProposal = `
update proposal set state = @state, closed_at = now(), version = version + 1 where id = @id`

// closeDone closes a proposal of which nothing waits any more.
func (s *Store) closeDone(ctx context.Context, id int64) error {
	p, err := s.proposalRow(ctx, id)
	switch {
	case err != nil:
		return err
	case p.Undecided+p.Ready > 0:
		return s.touch(ctx, id)
	case p.Applied > 0:
		return s.close(ctx, id, "accepted")
	}
	return s.close(ctx, id, "rejected")
}

func (s *Store) close(ctx context.Context, id int64, state norms.ProposalState) error {
	_, err := s.db.Exec(ctx, closeProposal, pgx.StrictNamedArgs{"id": id, "state": string(state)})
	return postgres.Failure(err)
}
