package contribution

import (
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
// version of a document in the place of the text of its source; nil when it does
// not, or did, or when by may not read the document.
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
// replace, if that is still held. Where that takes too long it says so.
func (r Reader) proposedVersion(ctx context.Context, p norms.ProposalText) (*norms.NewVersion, error) {
	replaced := norms.ReplacedText(p.List)
	if replaced == "" {
		return nil, nil
	}
	of, err := r.Store.HeldText(ctx, p.Source)
	switch {
	case err != nil:
		return nil, fmt.Errorf("reading the text of %s: %w", p.Source, err)
	case of == nil || of.SHA256 != replaced:
		return nil, nil
	}
	v, err := r.compared(ctx, *of, p.Text)
	if _, slow := errors.AsType[*document.Refusal](err); slow {
		return &norms.NewVersion{Source: of.Slug, SourceTitle: of.Title, Missing: []norms.Choice{}, Unknown: true}, nil
	}
	if err != nil {
		return nil, err
	}
	return v.Told(toldOfProposal), nil
}
