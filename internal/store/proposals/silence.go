package proposals

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store/accounts"
	"normmap/internal/store/postgres"
)

const setAdoption = `
update proposal set adopt_on = nullif(@on, '')::date, adoption_by_id = @by, version = version + 1 where id = @id`

// SetAdoption announces that what is left of a proposal is adopted on a day
// unless someone objects; an empty day takes that back. A reviewer may, and of
// their own proposals whoever may publish.
func (s *Store) SetAdoption(ctx context.Context, by account.Actor, id int64, on norms.Date, now time.Time) error {
	if on != "" {
		if err := norms.CheckAdoption(on, now); err != nil {
			return err
		}
	}
	return s.inTx(ctx, func(tx *Store) error {
		p, err := tx.lockProposal(ctx, id)
		if err != nil {
			return err
		}
		if err := mayAdopt(by, p.ProposerID); err != nil {
			return err
		}
		args := pgx.StrictNamedArgs{"id": id, "on": string(on), "by": &by.ID}
		if on != "" {
			if err := tx.somethingToAdopt(ctx, by, p); err != nil {
				return err
			}
		}
		if on == "" {
			args["by"] = (*int64)(nil)
		}
		_, err = tx.db.Exec(ctx, setAdoption, args)
		return postgres.Failure(err)
	})
}

// somethingToAdopt refuses a proposal of which nothing can be applied: the day
// would come for nothing.
func (s *Store) somethingToAdopt(ctx context.Context, by account.Actor, p norms.ProposalRow) error {
	r, err := s.opened(ctx, p)
	if err == nil {
		err = s.judge(ctx, by, p.ProposerID, r.edits)
	}
	if err == nil && len(adoptable(r.edits)) == 0 {
		err = norms.Errorf(norms.Conflict, "nothing of proposal %d can be applied to what is recorded now, so silence has nothing to adopt; correct an edit first, or take back a decision to reject one", p.ID)
	}
	return err
}

func mayAdopt(by account.Actor, proposer int64) error {
	if by.Can(account.DecideProposals) || by.ID == proposer && by.Can(account.EditMappings) {
		return nil
	}
	return norms.Errorf(norms.Forbidden, "only a reviewer, or an editor for a proposal of their own, may let silence adopt it")
}

const insertObjection = `insert into objection (proposal_id, by_id, reason) values ($1, $2, $3)`

// Object keeps a proposal from being adopted by silence until a reviewer sets
// the objection aside. Everybody who is signed in may.
func (s *Store) Object(ctx context.Context, by account.Actor, id int64, reason string) error {
	if !by.Can(account.ProposeEdits) {
		return norms.Errorf(norms.Forbidden, "sign in to object")
	}
	if err := norms.CheckSaid("objection", reason); err != nil {
		return err
	}
	return s.inTx(ctx, func(tx *Store) error {
		p, err := tx.lockProposal(ctx, id)
		if err != nil {
			return err
		}
		if p.AdoptOn == "" {
			return norms.Errorf(norms.Conflict, "silence does not adopt proposal %d, so there is nothing to object to; write a comment instead", id)
		}
		if _, err := tx.db.Exec(ctx, insertObjection, id, by.ID, reason); err != nil {
			return postgres.Failure(err)
		}
		return tx.touch(ctx, id)
	})
}

const insertRuling = `
insert into objection_ruling (objection_id, by_id, reason)
select id, @by, @reason from objection where id = @objection and proposal_id = @proposal`

// SetObjectionAside lets silence go on in spite of an objection, which stays on
// record. Neither the proposer nor whoever objected may.
func (s *Store) SetObjectionAside(ctx context.Context, by account.Actor, id, objection int64, reason string) error {
	if !by.Can(account.DecideProposals) {
		return norms.Errorf(norms.Forbidden, "your role does not allow you to %s", account.DecideProposals)
	}
	if err := norms.CheckSaid("ruling", reason); err != nil {
		return err
	}
	return s.inTx(ctx, func(tx *Store) error {
		if _, err := tx.lockProposal(ctx, id); err != nil {
			return err
		}
		tag, err := tx.db.Exec(ctx, insertRuling, pgx.StrictNamedArgs{"by": by.ID, "reason": reason, "objection": objection, "proposal": id})
		if err != nil {
			return postgres.Failure(err)
		}
		if tag.RowsAffected() == 0 {
			return norms.NotFoundf("proposal %d has no objection %d", id, objection)
		}
		return tx.touch(ctx, id)
	})
}

const (
	// One instance adopts at a time; another comes back a moment later.
	lockAdoption = "select pg_try_advisory_xact_lock(7226016)"

	dueProposals = `
select p.id from proposal p
where p.state = 'open' and p.adopt_on <= (@now::timestamptz at time zone 'utc')::date
  and not exists (select from objection o where o.proposal_id = p.id and not exists (select from objection_ruling r where r.objection_id = o.id))
order by p.id`

	adoptionBy = `
select ` + accounts.AccountCols + ` from account a join proposal p on p.adoption_by_id = a.id where p.id = @id`
)

// Adopted tells what silence made of one proposal.
type Adopted struct {
	Proposal int64
	Revision int64 // 0 when nothing could be applied
	Left     []int // edits left undecided, by position
}

// AdoptDue applies the proposals whose day has come and to which nobody
// objects, each in a transaction of its own. What the record has no longer a
// place for is left undecided, and the discussion says so. Of several
// instances that ask at the same time one does it.
func (s *Store) AdoptDue(ctx context.Context, now time.Time) ([]Adopted, error) {
	type only struct{ ID int64 }
	due, err := postgres.Collect[only](ctx, s.db, "proposals that are due", dueProposals, pgx.StrictNamedArgs{"now": now})
	if err != nil {
		return nil, err
	}
	var out []Adopted
	for _, d := range due {
		a, did, failed := s.adoptDue(ctx, d.ID, now)
		if failed != nil {
			err = errors.Join(err, fmt.Errorf("adopting proposal %d by silence: %w", d.ID, failed))
		}
		if did {
			out = append(out, a)
		}
	}
	return out, err
}

// adoptDue adopts one proposal if nobody else is at it or did it meanwhile.
func (s *Store) adoptDue(ctx context.Context, id int64, now time.Time) (a Adopted, did bool, err error) {
	err = s.inTx(ctx, func(tx *Store) error {
		var alone bool
		if err := tx.db.QueryRow(ctx, lockAdoption).Scan(&alone); err != nil || !alone {
			return postgres.Failure(err)
		}
		p, err := tx.lockProposal(ctx, id)
		if norms.KindOf(err) == norms.Conflict || err == nil && !p.Due(now) {
			return nil // somebody closed it, objected, or took the day back meanwhile
		}
		if err != nil {
			return err
		}
		if err := tx.edits.LockWriting(ctx); err != nil {
			return err
		}
		did = true
		a, err = tx.adoptSilently(ctx, p, now)
		return err
	})
	return a, did && err == nil, err
}

// adoptSilently applies what can be applied, and says what became of it.
func (s *Store) adoptSilently(ctx context.Context, p norms.ProposalRow, now time.Time) (Adopted, error) {
	out := Adopted{Proposal: p.ID}
	found, err := postgres.Collect[account.Account](ctx, s.db, "who set the day", adoptionBy, pgx.StrictNamedArgs{"id": p.ID})
	if err != nil {
		return out, err
	}
	by := found[0].Actor()
	if err := mayAdopt(by, p.ProposerID); err != nil {
		return out, s.notAdopted(ctx, p, "whoever set the day may not publish any more")
	}
	all, chosen, err := s.fitting(ctx, by, p)
	if err != nil {
		return out, err
	}
	out.Left = leftOf(all, chosen)
	if len(chosen) == 0 {
		return out, s.notAdopted(ctx, p, "none of its edits can be applied to what is recorded now")
	}
	var done norms.Applied
	err = s.inTx(ctx, func(tx *Store) (err error) {
		done, err = tx.adopt(ctx, adoption{by: by, proposal: p, edits: chosen, bySilence: true, at: now})
		return err
	})
	if mendable(err) {
		return out, s.notAdopted(ctx, p, err.Error())
	}
	if err != nil {
		return out, err
	}
	out.Revision = done.Revision
	if err := s.say(ctx, p.ID, nil, adoptedWords(p, out)); err != nil {
		return out, err
	}
	if len(out.Left) > 0 {
		return out, s.endAdoption(ctx, p.ID)
	}
	return out, s.closeDone(ctx, p.ID)
}

// fitting reads all edits of a proposal, and picks those that can be applied
// without the others.
func (s *Store) fitting(ctx context.Context, by account.Actor, p norms.ProposalRow) (all, chosen []norms.ProposedEdit, err error) {
	if all, err = s.proposedEdits(ctx, p.ID); err != nil {
		return nil, nil, err
	}
	if err := s.judge(ctx, by, p.ProposerID, all); err != nil {
		return nil, nil, err
	}
	chosen = norms.Complete(adoptable(all))
	if len(leftOf(all, chosen)) == 0 {
		return all, chosen, nil
	}
	err = s.judge(ctx, by, p.ProposerID, chosen)
	return all, norms.Complete(adoptable(chosen)), err // those that rest on one that was left go with it
}

// mendable tells an error that trying again will not mend from one that passes.
func mendable(err error) bool {
	kind := norms.KindOf(err)
	return kind != 0 && kind != norms.Unavailable
}

// adoptable are the edits that nobody rejected and that can be applied.
func adoptable(list []norms.ProposedEdit) []norms.ProposedEdit {
	return slices.DeleteFunc(slices.Clone(list), func(e norms.ProposedEdit) bool {
		return !e.Waits() || e.Decision == norms.Rejected || acceptable(e) != nil
	})
}

func leftOf(all, chosen []norms.ProposedEdit) []int {
	var out []int
	for _, e := range all {
		among := slices.ContainsFunc(chosen, func(c norms.ProposedEdit) bool { return c.Position == e.Position })
		if e.Waits() && e.Decision != norms.Rejected && !among {
			out = append(out, e.Position)
		}
	}
	return out
}

func adoptedWords(p norms.ProposalRow, a Adopted) string {
	text := fmt.Sprintf("Nobody objected until %s: adopted by silence", p.AdoptOn)
	if a.Revision != 0 {
		text += fmt.Sprintf(" as changeset %d", a.Revision)
	}
	text += "."
	if len(a.Left) == 0 {
		return text
	}
	places := make([]string, len(a.Left))
	for i, n := range a.Left {
		places[i] = strconv.Itoa(n)
	}
	return text + " Left undecided, because the record changed meanwhile: edit " + strings.Join(places, ", ") + "."
}

// notAdopted says why silence did not adopt a proposal, and ends the waiting.
func (s *Store) notAdopted(ctx context.Context, p norms.ProposalRow, why string) error {
	text := fmt.Sprintf("Not adopted by silence on %s: %s. A reviewer decides.", p.AdoptOn, why)
	return errors.Join(s.say(ctx, p.ID, nil, text), s.endAdoption(ctx, p.ID))
}

// endsSilence takes the day back on which silence adopts a proposal, where one
// was set, because its edits are not those any more that people were shown.
func (s *Store) endsSilence(ctx context.Context, p norms.ProposalRow, what string) error {
	if p.AdoptOn == "" {
		return nil
	}
	text := fmt.Sprintf("Silence does not adopt this on %s any more: %s after the day was announced. It can be announced anew.", p.AdoptOn, what)
	return errors.Join(s.say(ctx, p.ID, nil, text), s.endAdoption(ctx, p.ID))
}

func (s *Store) endAdoption(ctx context.Context, id int64) error {
	_, err := s.db.Exec(ctx, setAdoption, pgx.StrictNamedArgs{"id": id, "on": "", "by": (*int64)(nil)})
	return postgres.Failure(err)
}
