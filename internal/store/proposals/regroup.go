package proposals

import (
	"context"
	"fmt"
	"slices"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store/edit"
	"normmap/internal/store/postgres"
)

// Regroup groups initiatives and their lines of citations otherwise, all of it
// or nothing. Its proposer gives the edits new versions; a reviewer corrects
// them, which accepts them as corrected, and rejects what is the same as
// something else.
//
// Errors: as for [Store.DecideEdits], also about the edits that go along, and
// Invalid or Conflict where an edit could not be applied like that.
func (s *Store) Regroup(ctx context.Context, by account.Actor, id int64, g norms.Regrouping) error {
	return s.inTx(ctx, func(tx *Store) error {
		r, err := tx.regrouping(ctx, by, id)
		if err != nil {
			return err
		}
		e, err := r.edit(g.Position, g.Version)
		if err != nil {
			return err
		}
		if e.DecisionID != g.Seen {
			return norms.Errorf(norms.Conflict, "%s decided about edit %d since you read it; look at it again", e.DecidedBy, g.Position)
		}
		_, cited, err := tx.citedText(ctx, id, r.edits)
		if err != nil {
			return err
		}
		if g.IntoTitle, err = tx.initiativeTitle(ctx, g.Into); err != nil {
			return err
		}
		done, err := g.Regroup(r.edits, cited.Text)
		if err != nil {
			return err
		}
		if err := g.CheckSeen(r.edits, done); err != nil {
			return err
		}
		return tx.saveRegrouped(ctx, by, r, done)
	})
}

const initiativeTitle = `select coalesce((select title from initiative where slug = $1), '')`

// initiativeTitle is the title of a recorded initiative, "" when there is none.
func (s *Store) initiativeTitle(ctx context.Context, slug string) (title string, err error) {
	err = s.db.QueryRow(ctx, initiativeTitle, slug).Scan(&title)
	return title, postgres.Failure(err)
}

// regrouping opens a proposal for whoever may regroup it: its proposer, or a
// reviewer.
func (s *Store) regrouping(ctx context.Context, by account.Actor, id int64) (review, error) {
	p, err := s.lockProposal(ctx, id)
	if err != nil {
		return review{}, err
	}
	if p.ProposerID == by.ID && by.SignedIn() {
		return s.opened(ctx, p)
	}
	return s.reviewing(ctx, by, id)
}

// saveRegrouped tries the edits out as they are to be, and saves them.
func (s *Store) saveRegrouped(ctx context.Context, by account.Actor, r review, done norms.Regrouped) error {
	if n, most := len(r.edits)+len(done.Added), r.MadeFrom.MaxEdits(); n > most {
		return norms.Errorf(norms.Conflict, "proposal %d would have %d edits; at most %d fit", r.ID, n, most)
	}
	next := r.after(done)
	bases, err := s.basesOf(ctx, by, r, next)
	if err != nil {
		return err
	}
	if err := s.endsSilence(ctx, r.ProposalRow, "edits were regrouped"); err != nil {
		return err
	}
	for _, e := range next {
		if err := s.putRegrouped(ctx, by, r, e, bases[e.Position]); err != nil {
			return err
		}
	}
	return s.touch(ctx, r.ID)
}

// regrouped is an edit as it is to be from now on. Old is what it was, nil when
// it is added.
type regrouped struct {
	norms.EditRevision
	old *norms.ProposedEdit
}

// after are the edits that are changed, taken out and added.
func (r review) after(done norms.Regrouped) []regrouped {
	var out []regrouped
	last := 0
	for i, e := range r.edits {
		last = max(last, e.Position)
		j := slices.IndexFunc(done.Revised, func(v norms.EditRevision) bool { return v.Position == e.Position })
		if j >= 0 {
			out = append(out, regrouped{done.Revised[j], &r.edits[i]})
		}
	}
	for i, e := range done.Added {
		out = append(out, regrouped{EditRevision: norms.EditRevision{Position: last + i + 1, Edit: e}})
	}
	return out
}

// basesOf sends the edits through the door as they are to be, on top of those on
// which they rest, and tells by position what each would change.
func (s *Store) basesOf(ctx context.Context, by account.Actor, r review, next []regrouped) (map[int][]norms.Change, error) {
	list := slices.Clone(r.edits)
	for _, e := range next {
		if e.Edit != nil {
			if err := norms.CheckNames(r.edits, e.Edit); err != nil {
				return nil, err
			}
		}
		i := slices.IndexFunc(list, func(o norms.ProposedEdit) bool { return o.Position == e.Position })
		switch {
		case i < 0:
			thing, _ := norms.New(e.Edit)
			list = append(list, norms.ProposedEdit{Position: e.Position, Edit: e.Edit, State: norms.EditReady,
				Base: []norms.Change{{Thing: norms.Thing{Kind: thing.Kind, Key: thing.Key, Name: thing.Key}, Action: "added"}}})
		case e.Edit == nil:
			list[i].State = norms.EditOut
		default:
			list[i].Edit = e.Edit
		}
	}
	list = norms.ApplyingOrder(list)
	var asked []int
	for i, e := range list {
		if slices.ContainsFunc(next, func(n regrouped) bool { return n.Position == e.Position && n.Edit != nil }) {
			asked = append(asked, i)
		}
	}
	places := edit.Grounds(list, asked)
	part := make([]norms.ProposedEdit, len(places))
	for i, at := range places {
		part[i] = list[at]
	}
	found, err := s.edits.PreviewBatch(ctx, edit.Batch{By: by, Proposer: r.ProposerID, Edits: live(part)})
	if err != nil {
		return nil, err
	}
	out := map[int][]norms.Change{}
	for i, at := range places {
		if !slices.Contains(asked, at) {
			continue
		}
		if p := found[i].Problem; p != nil {
			return nil, regroupRefusal(part[i], p)
		}
		out[part[i].Position] = found[i].Changes
	}
	return out, nil
}

// regroupRefusal says which edit could not be applied. What is wrong with a new
// one stands beside the fields of the form.
func regroupRefusal(e norms.ProposedEdit, p *norms.Error) error {
	if e.Version == 0 {
		return p
	}
	return norms.Errorf(norms.Conflict, "edit %d could not be applied like this: %s", e.Position, p)
}

func (s *Store) putRegrouped(ctx context.Context, by account.Actor, r review, e regrouped, base []norms.Change) error {
	staged := stagedEdit{e.Edit, base}
	if e.Edit == nil {
		staged.base = nil
	}
	own, d := r.ProposerID == by.ID, norms.EditDecision{Position: e.Position, Version: 1, Verdict: norms.Corrected, Edit: e.Edit, Note: e.Why}
	if e.old != nil {
		d.Version = e.old.Version
	}
	if own && e.old != nil {
		return s.putProposedEdit(ctx, by, editPlace{r.ID, e.Position, d.Version + 1}, staged)
	}
	if e.old == nil {
		if err := s.putProposedEdit(ctx, by, editPlace{r.ID, e.Position, 1}, staged); own || err != nil {
			return err
		}
	}
	if e.Edit == nil {
		d.Verdict, d.Code = norms.Rejected, "duplicate"
	}
	if err := s.putDecision(ctx, by, r.ID, d, staged); err != nil {
		return fmt.Errorf("regrouping edit %d: %w", e.Position, err)
	}
	return nil
}
