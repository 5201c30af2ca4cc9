package proposals

import (
	"context"
	"fmt"

	"normmap/internal/account"
	"normmap/internal/norms"
)

// own opens an open proposal for its proposer.
func (s *Store) own(ctx context.Context, by account.Actor, id int64) (norms.ProposalRow, error) {
	p, err := s.lockProposal(ctx, id)
	if err == nil && (p.ProposerID != by.ID || !by.SignedIn()) {
		err = norms.Errorf(norms.Forbidden, "proposal %d is not yours; only its proposer withdraws or changes it", id)
	}
	return p, err
}

// WithdrawProposal closes a proposal of the actor's own. What was applied of it
// stays.
func (s *Store) WithdrawProposal(ctx context.Context, by account.Actor, id int64) error {
	return s.inTx(ctx, func(tx *Store) error {
		if _, err := tx.own(ctx, by, id); err != nil {
			return err
		}
		return tx.close(ctx, id, "withdrawn")
	})
}

// ReviseEdit gives an edit of the actor's own open proposal a new version; nil
// takes it out. What was decided about the version before is void.
func (s *Store) ReviseEdit(ctx context.Context, by account.Actor, id int64, position, version int, e norms.Edit) error {
	return s.inTx(ctx, func(tx *Store) error {
		p, err := tx.own(ctx, by, id)
		if err != nil {
			return err
		}
		r, err := tx.opened(ctx, p)
		if err != nil {
			return err
		}
		old, err := r.edit(position, version)
		if err != nil {
			return err
		}
		staged := stagedEdit{}
		if e != nil {
			if staged, err = tx.corrected(ctx, by, r, *old, e); err != nil {
				return err
			}
			if err := tx.endsSilence(ctx, p, fmt.Sprintf("edit %d was changed", position)); err != nil {
				return err
			}
		}
		if err := tx.putProposedEdit(ctx, by, editPlace{id, position, version + 1}, staged); err != nil {
			return err
		}
		return tx.touch(ctx, id)
	})
}

// Comment adds to the discussion of a proposal.
func (s *Store) Comment(ctx context.Context, by account.Actor, id int64, text string) error {
	if !by.Can(account.ProposeEdits) {
		return norms.Errorf(norms.Forbidden, "sign in to comment")
	}
	if err := norms.CheckSaid("comment", text); err != nil {
		return err
	}
	if _, err := s.proposalRow(ctx, id); err != nil {
		return err
	}
	return s.say(ctx, id, &by.ID, text)
}
