package contribution

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"normmap/internal/account"
	"normmap/internal/document"
	"normmap/internal/norms"
)

// toldOfProposal is how many references a proposal lists that do not stand as they
// did.
const toldOfProposal = 200

// ProposedVersion tells what becomes of what is recorded when a proposal puts a new
// version of a document in the place of the text of its source, or what became of it;
// nil when it does not, or when by may not read the document.
func (r Reader) ProposedVersion(ctx context.Context, by account.Actor, id int64) (*norms.NewVersion, error) {
	found, err := r.Store.ProposalText(ctx, by, id)
	if kind := norms.KindOf(err); kind == norms.Forbidden || kind == norms.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return r.proposedVersion(ctx, found)
}

// proposedVersion compares the document of a proposal with the text that it is to
// replace, if that is still held. Where it is not, or comparing takes too long, it
// tells what was found when the document was sent in.
func (r Reader) proposedVersion(ctx context.Context, p norms.ProposalText) (*norms.NewVersion, error) {
	sent := asSent(p)
	replaced := norms.ReplacedText(p.List)
	if replaced == "" {
		return unlessEmpty(sent), nil
	}
	of, err := r.Store.HeldText(ctx, p.Source)
	switch {
	case err != nil:
		return nil, fmt.Errorf("reading the text of %s: %w", p.Source, err)
	case of == nil || of.SHA256 != replaced:
		return unlessEmpty(sent), nil
	}
	v, err := r.compared(ctx, *of, p.Text)
	if _, slow := errors.AsType[*document.Refusal](err); slow {
		sent.SourceTitle, sent.Unknown, sent.Over = of.Title, true, false
		return &sent, nil
	}
	if err != nil {
		return nil, err
	}
	told := v.Told(toldOfProposal)
	told.Missing = sent.Missing
	return told, nil
}

// asSent is what was found to be gone when a document was sent in.
func asSent(p norms.ProposalText) norms.NewVersion {
	out := norms.NewVersion{Source: p.Source, SourceTitle: p.Title, Missing: []norms.Choice{}, Found: []norms.TextProblem{}, Over: true}
	for _, problem := range p.Problems {
		switch problem.Kind {
		case norms.NoLongerThere:
			out.Found = append(out.Found, problem.Masked())
		case norms.NoLongerTold:
			out.Missing = append(out.Missing, norms.Choice{Kind: "initiative", Slug: problem.Text, Title: cmp.Or(p.Titles[problem.Text], problem.Text)})
		}
	}
	return out
}

// unlessEmpty is nil where nothing was found to be gone, as in what is no new
// version.
func unlessEmpty(v norms.NewVersion) *norms.NewVersion {
	if len(v.Found)+len(v.Missing) == 0 {
		return nil
	}
	return &v
}
