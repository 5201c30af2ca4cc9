package contribution

import (
	"cmp"
	"context"
	"errors"
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
	SameText bool             // what waits is another file with its words
	Recorded bool             // its source is recorded with its text, so that nothing is proposed
	Left     []intake.Problem // what could not be put into edits
	Problems []intake.Problem // what else a person should look at, of a new proposal
}

// Propose keeps the document and stages what was read out of it for review: a
// new source or the text of a known one, initiatives, and what they cite.
// Nothing of it is published. A document that waits for review already, be it in
// a file of another format, is not proposed again; one that looks like a new version
// of a recorded one is when its sender has said whether it is, and one in which
// nothing was found only if its sender wants its text attached alone. When ctx ends before it is done, nothing of it is kept. It takes
// a turn, as reading does: what is cited is looked up and every edit tried out.
func (r Reader) Propose(ctx context.Context, by account.Actor, c Contribution, reason string, now time.Time) (Proposed, error) {
	var out Proposed
	r, release, err := r.Turn(ctx)
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
		out.Recorded = err == nil && c.Known != nil && c.Known.TextHeld
		return out, err
	}
	if len(edits.List) > norms.MaxProposed {
		return out, norms.Field("file", "the document is too long: it would be a proposal of %d edits, more than anybody reviews; at most %d fit, so %s", len(edits.List), norms.MaxProposed, c.shorter())
	}
	if err := r.waiting(ctx, by, c, &out); err != nil || out.Again {
		return out, err
	}
	if err := c.whose(); err != nil {
		return out, err
	}
	if c.nothingFound() && !c.TextAlone {
		return out, norms.Field(textAlone, "no initiative was found in this document, so nothing would be proposed but its text: look at what was read of it, or say that the text is to be attached alone")
	}
	if err := r.Store.KeepDocument(ctx, by, c.Received); err != nil {
		return out, err
	}
	if c.Edited == nil {
		out.Problems = c.Problems()
	}
	own, err := r.ownDocument(ctx, by, c)
	if err != nil {
		return out, err
	}
	st := r.staging(reason, edits)
	st.Problems = c.toLookAt(slices.Concat(own, out.Problems, out.Left))
	if c.Version != nil {
		st.Problems = append(st.Problems, c.Version.noLonger()...)
	}
	out.Proposal, err = r.Store.Propose(ctx, by, st)
	return out, err
}

// waiting looks for an open proposal of the same document: the same file, of which
// this is another sender then, or one of another format with the same words. What
// is told of it is what it proposes, and not what is read of the document now; who
// says of what it is a new version is told when it waits as something else.
func (r Reader) waiting(ctx context.Context, by account.Actor, c Contribution, out *Proposed) error {
	found, err := r.Store.WaitingForFile(ctx, c.Received.FileSHA256)
	switch {
	case err != nil:
	case found != nil:
		err = r.Store.NoteSender(ctx, by, c.Received)
	case c.Edited == nil:
		found, err = r.Store.WaitingForWords(ctx, c.Received)
		out.SameText = found != nil
	}
	if err != nil {
		return fmt.Errorf("looking for a proposal of the same document: %w", err)
	}
	if found == nil {
		return nil
	}
	if v := c.Version; v != nil && (found.Source != v.Of || found.Replaces != v.replaces) {
		return norms.Field("replaces", "this document waits for review in proposal %d already, and there it is not a new version of %s: withdraw that proposal or have it rejected, then send the document again",
			found.Proposal, titled(v.Title, v.Of))
	}
	out.Proposal, out.Source, out.Edits, out.Again = found.Proposal, found.Source, found.Edits, true
	return nil
}

// textAlone is the field by which a sender says that a text is to be attached
// though nothing was found in it.
const textAlone = "text_alone"

// FoundNothing tells whether a document was refused because nothing but its text
// would be proposed.
func FoundNothing(err error) bool {
	refused, ok := errors.AsType[*norms.Error](err)
	return ok && len(refused.Problems) == 1 && refused.Problems[0].Field == textAlone
}

// nothingFound tells whether accepting the document would add its text and
// nothing else, though nothing is recorded of it.
func (c Contribution) nothingFound() bool {
	recorded := c.Known != nil && c.Known.InitiativeCount+c.Known.ReferenceCount > 0
	return c.Edited == nil && c.Version == nil && !recorded && len(c.Reading.Initiatives) == 0
}

// toLookAt are problems as they are kept with a proposal, in the order of the
// text.
func (c Contribution) toLookAt(list []intake.Problem) []norms.TextProblem {
	lines := LinesOf(c.Received.Text)
	out := make([]norms.TextProblem, len(list))
	for i, p := range list {
		out[i] = norms.TextProblem{Kind: string(p.Kind), Line: lines.Of(p.Start), Start: p.Start, End: p.End, Text: cut(p.Text, norms.MaxLine), Message: p.What}
	}
	slices.SortStableFunc(out, func(a, b norms.TextProblem) int { return cmp.Compare(a.Start, b.Start) })
	return out
}

// staging is a proposal of edits. What no document says, a person has to: the
// proposal says so.
func (r Reader) staging(reason string, edits Edits) norms.Staging {
	st := r.staged(reason, edits.List)
	st.Seen = edits.Seen
	isNew := func(e norms.Edit) bool { put, is := e.(norms.PutInitiative); return is && put.Version == 0 }
	notes := []string{edits.Note}
	switch fresh := slices.ContainsFunc(edits.List, isNew); {
	case fresh && len(edits.steps) > 0:
		notes = append(notes, dossierNote)
	case fresh:
		notes = append(notes, "The document does not say of what kind its initiatives are, and their summaries are to be written in words of our own: each is proposed as a "+string(norms.UnsaidKind)+" without a summary. Correct both where that is not right.")
	}
	st.Note = strings.TrimSpace(strings.Join(notes, "\n\n"))
	return st
}
