package contribution

import (
	"context"
	"fmt"
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
// proposed again.
func (r Reader) Propose(ctx context.Context, by account.Actor, c Contribution, reason string, now time.Time) (Proposed, error) {
	var out Proposed
	err := r.Store.InTx(ctx, func(tx *store.Store) error {
		within := Reader{Store: tx, Documents: r.Documents}
		var err error
		out, err = within.propose(ctx, by, c, reason, now)
		return err
	})
	return out, err
}

func (r Reader) propose(ctx context.Context, by account.Actor, c Contribution, reason string, now time.Time) (Proposed, error) {
	edits, err := r.Edits(ctx, c, now)
	out := Proposed{Source: edits.Source, Edits: len(edits.List), Left: edits.Left}
	if err != nil || len(edits.List) == 0 {
		return out, err
	}
	if len(edits.List) > norms.MaxProposed {
		return out, norms.Field("file", "would be a proposal of %d edits, more than anybody reviews; at most %d fit: send it in parts", len(edits.List), norms.MaxProposed)
	}
	if err := r.Store.KeepDocument(ctx, by, c.Received); err != nil {
		return out, err
	}
	waiting, err := r.Store.ProposalOfFile(ctx, c.Received.FileSHA256)
	if err != nil {
		return out, fmt.Errorf("looking for a proposal of the same document: %w", err)
	}
	if waiting != 0 {
		out.Proposal, out.Again = waiting, true
		return out, nil
	}
	out.Proposal, err = r.Store.Propose(ctx, by, norms.Staging{Reason: reason, Edits: edits.List, From: "import"})
	return out, err
}
