package contribution

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"normmap/internal/account"
	"normmap/internal/intake"
	"normmap/internal/norms"
	"normmap/internal/store"
)

// Proposed is what came of a contribution.
type Proposed struct {
	Proposal int64 // 0 when there was nothing to propose
	Source   string
	Edits    int
	Again    bool             // it waited for review already
	Left     []intake.Problem // what could not be put into edits
}

// Propose keeps the document and stages what was read out of it for review: a
// new source or the text of a known one, initiatives, and what they cite.
// Nothing of it is published. A document that waits for review already is not
// proposed again. When ctx ends before it is done, nothing of it is kept. It takes
// a turn, as reading does: what is cited is looked up and every edit tried out.
func (r Reader) Propose(ctx context.Context, by account.Actor, c Contribution, reason string, now time.Time) (Proposed, error) {
	var out Proposed
	release, err := r.Turns.take(ctx)
	if err != nil {
		return out, err
	}
	defer release()
	err = r.Store.InTx(ctx, func(tx *store.Store) error {
		within := r
		within.Store = tx
		var err error
		out, err = within.propose(ctx, by, c, reason, now)
		return err
	})
	return out, err
}

func (r Reader) propose(ctx context.Context, by account.Actor, c Contribution, reason string, now time.Time) (Proposed, error) {
	if err := r.Store.LockSending(ctx); err != nil {
		return Proposed{}, err
	}
	edits, err := r.Edits(ctx, c, now)
	if err == nil && len(edits.steps) > 0 {
		err = r.leaveRefused(ctx, by, c, &edits)
	}
	out := Proposed{Source: edits.Source, Edits: len(edits.List), Left: edits.Left}
	if err != nil || len(edits.List) == 0 {
		return out, err
	}
	if len(edits.List) > norms.MaxProposed {
		return out, norms.Field("file", "would be a proposal of %d edits, more than anybody reviews; at most %d fit: send it in parts", len(edits.List), norms.MaxProposed)
	}
	waiting, err := r.Store.ProposalOfFile(ctx, c.Received.FileSHA256)
	if err != nil {
		return out, fmt.Errorf("looking for a proposal of the same document: %w", err)
	}
	if waiting != 0 {
		out.Proposal, out.Again = waiting, true
		return out, nil
	}
	if err := r.Store.KeepDocument(ctx, by, c.Received); err != nil {
		return out, err
	}
	out.Proposal, err = r.Store.Propose(ctx, by, r.staging(reason, edits))
	return out, err
}

// staging is a proposal of edits. What no document says, a person has to: the
// proposal says so.
func (r Reader) staging(reason string, edits Edits) norms.Staging {
	st := r.staged(reason, edits.List)
	st.Seen = edits.Seen
	isNew := func(e norms.Edit) bool { put, is := e.(norms.PutInitiative); return is && put.Version == 0 }
	notes := []string{edits.Note}
	switch fresh := slices.ContainsFunc(edits.List, isNew); {
	case len(edits.steps) > 0:
		notes = append(notes, dossierNote(fresh, edits.Left))
	case fresh:
		notes = append(notes, "The document does not say of what kind its initiatives are, and their summaries are to be written in words of our own: each is proposed as a "+string(unsaidKind)+" without a summary. Correct both where that is not right.")
	}
	st.Note = strings.TrimSpace(strings.Join(notes, "\n\n"))
	return st
}
