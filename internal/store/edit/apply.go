package edit

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// Apply is the one door for writing: it writes edits as one changeset, or
// nothing. When no edit has anything to change there is no changeset and
// Revision is 0.
//
// Errors: Forbidden when the actor's role does not allow an edit; Invalid with
// every problem of the edits; Stale, with the row as it is recorded now, when
// an edit was based on an older version; Conflict when it contradicts what is
// recorded; Gone when it was withdrawn; Unavailable when the database is away.
func (s *Store) Apply(ctx context.Context, by account.Actor, reason string, edits []norms.Edit) (norms.Applied, error) {
	return s.ApplyBatch(ctx, Batch{By: by, Reason: reason, Edits: edits})
}

// Batch is what becomes one changeset.
type Batch struct {
	By       account.Actor
	Proposer int64 // the account that proposed the edits; 0 when nobody else did
	Reason   string
	Edits    []norms.Edit
	Told     func(done, of int) // is told how many edits a preview tried out; nil is not
	singly   bool               // one edit at a time, however many there are; tests compare
	shares   bool               // its transaction with others, of which its mistakes are to be told apart
	shown    **linkNames        // where to put the names of a new link
}

// ApplyBatch writes a batch, together with those that wait to be written.
func (s *Store) ApplyBatch(ctx context.Context, b Batch) (norms.Applied, error) {
	if err := mayApply(b.By, b.Edits); err != nil {
		return norms.Applied{}, err
	}
	if err := CheckEdits(b.Reason, b.Edits); err != nil {
		return norms.Applied{}, err
	}
	var done norms.Applied
	var told bool
	var err error
	if s.writer != nil {
		done, told, err = s.writer.apply(ctx, b)
	} else {
		done, err = s.writeAlone(ctx, b)
	}
	if err != nil {
		return norms.Applied{}, err
	}
	if done.Revision != 0 {
		s.news.Wrote(ctx, done.Revision, told)
	}
	return done, nil
}

// writeAlone writes a batch that shares its transaction with no other one.
func (s *Store) writeAlone(ctx context.Context, b Batch) (done norms.Applied, err error) {
	if !b.By.Seeds {
		done, _, err = s.write(ctx, b)
		return done, err
	}
	err = s.inTx(ctx, func(tx *Store) error {
		// Taken here as well as by the changeset, so that it outlives a
		// changeset that is rolled back to be written again.
		if err := tx.LockWriting(ctx); err != nil {
			return err
		}
		var effective []norms.Edit
		done, effective, err = tx.write(ctx, b)
		if err != nil || done.Revision != 0 || len(effective) == 0 {
			return err
		}
		// The record names only the seeds that changed something.
		kept := done.Kept
		b.Edits = effective
		done, _, err = tx.write(ctx, b)
		done.Kept = kept
		return err
	})
	return done, err
}

// LockWriting keeps others from writing changesets until the transaction ends,
// so that what is looked at is what is written on.
func (s *Store) LockWriting(ctx context.Context) error {
	_, err := s.db.Exec(ctx, lockWriters)
	return postgres.Failure(err)
}

const lockWriters = "select pg_advisory_xact_lock(7226001)"

// ApplySingly is Apply without writing any edits together, which takes longer and
// comes to the same.
func (s *Store) ApplySingly(ctx context.Context, by account.Actor, reason string, edits []norms.Edit) (norms.Applied, error) {
	return s.ApplyBatch(ctx, Batch{By: by, Reason: reason, Edits: edits, singly: true})
}

// MayApply tells whether the actor's role and organization allow to apply
// edits, and not only to propose them.
func MayApply(by account.Actor, edits ...norms.Edit) bool { return mayApply(by, edits) == nil }

func mayApply(by account.Actor, edits []norms.Edit) error {
	for _, e := range edits {
		if need := Needed(e); !by.Can(need) {
			return norms.Errorf(norms.Forbidden, "your role does not allow you to %s", need)
		}
	}
	return nil
}

// Needed is what whoever applies an edit must be allowed.
func Needed(e norms.Edit) account.Action {
	switch e.(type) {
	case norms.Revert:
		return account.RevertChangesets
	case norms.PutAnswer:
		return account.AnswerForOrganization
	}
	return account.EditMappings
}

// CheckEdits gathers the problems of all edits; with several edits a problem's
// field says which one.
func CheckEdits(reason string, edits []norms.Edit) error {
	var problems []norms.Problem
	if wrong, ok := errors.AsType[*norms.Error](norms.CheckReason(reason)); ok {
		problems = wrong.Problems
	}
	for i, e := range edits {
		problem, ok := errors.AsType[*norms.Error](e.Check())
		if !ok {
			continue
		}
		for _, p := range problem.Problems {
			if len(edits) > 1 {
				p.Field = fmt.Sprintf("edits[%d].%s", i, p.Field)
			}
			problems = append(problems, p)
		}
	}
	if len(problems) > 0 {
		return &norms.Error{Kind: norms.Invalid, Problems: problems}
	}
	return nil
}

// errNothing rolls a changeset back that turned out to change nothing, or
// whose effective edits are to be written instead.
var errNothing = errors.New("nothing to write")

// write writes edits as one changeset, in a transaction or savepoint of its own. It returns the edits
// that changed something; when there is none, or only some of the seeds did,
// nothing is written and the revision is 0.
func (s *Store) write(ctx context.Context, b Batch) (done norms.Applied, effective []norms.Edit, err error) {
	err = s.inTx(ctx, func(tx *Store) error {
		w := &writing{db: tx.db, by: b.By, proposer: b.Proposer, sole: len(b.Edits) == 1 && !b.By.Seeds, known: map[string]int64{}}
		if err := w.open(ctx, b.Reason, b.Edits); err != nil {
			return err
		}
		if err := w.takeTime(ctx, len(b.Edits)); err != nil {
			return err
		}
		var err error
		if effective, err = w.writeAll(ctx, b); err != nil {
			return err
		}
		done = w.done
		if len(effective) == 0 || b.By.Seeds && len(effective) < len(b.Edits) {
			return errNothing
		}
		done.Revision, done.Written = w.rev, len(effective)
		if b.shown != nil {
			*b.shown = w.shown
		}
		if err := w.keepCount(ctx, effective); err != nil {
			return err
		}
		if b.shares && slices.ContainsFunc(b.Edits, citing) {
			return tx.Settled(ctx)
		}
		return nil
	})
	if errors.Is(err, errNothing) {
		err = nil
	}
	return done, effective, err
}

// citing says whether an edit writes what is checked at the end only: that a
// contributor's link rests on a citation.
func citing(e norms.Edit) bool {
	switch e.(type) {
	case norms.PutCitationLine, norms.ResolveCitation, norms.Withdraw:
		return true
	}
	return false
}

// EditError says which of several edits failed with an error that names no
// field.
type EditError struct {
	At    int // its place, counted from 0
	cause error
}

func (e *EditError) Error() string { return e.cause.Error() }

// Unwrap gives the error itself.
func (e *EditError) Unwrap() error { return e.cause }

// inEdit says which of several edits failed.
func inEdit(err error, i, n int) error {
	e, ok := errors.AsType[*norms.Error](err)
	switch {
	case !ok:
		return fmt.Errorf("applying edit %d of %d: %w", i+1, n, err)
	case n == 1:
		return err
	case len(e.Problems) == 0:
		return &EditError{i, err}
	}
	named := *e
	named.Problems = nil
	for _, p := range e.Problems {
		named.Problems = append(named.Problems, norms.Problem{Field: fmt.Sprintf("edits[%d].%s", i, p.Field), Message: p.Message})
	}
	return &named
}
