package contribution

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"normmap/internal/account"
	"normmap/internal/document"
	"normmap/internal/intake"
	"normmap/internal/norms"
	kept "normmap/internal/store/intake"
)

// replacesField is the field by which a sender says of what a document is a new
// version.
const replacesField = "replaces"

// OwnDocument is the kind of problem of a document that was proposed as one of its
// own though it looks like a new version of a recorded one.
const OwnDocument intake.ProblemKind = norms.OwnDocument

// MayReplace are the sources of which the document may be a new version, the
// likest first: nobody gives another organization's document one.
func (c Contribution) MayReplace() []Alike {
	return slices.DeleteFunc(slices.Clone(c.Alike), func(a Alike) bool { return a.Organization != "" && a.Organization != c.Organization.Slug })
}

// LooksLike says of what the document may be a new version.
func (c Contribution) LooksLike() string {
	var all []string
	for _, a := range c.MayReplace() {
		all = append(all, fmt.Sprintf("%s, of whose words %d %% stand in it", titled(a.Title, a.Slug), a.Share))
	}
	return "this looks like a new version of " + strings.Join(all, ", or of ")
}

// whose refuses a document that looks like a new version of a recorded one until
// its sender has said whether it is: taken for another one, everything in it would
// be recorded twice.
func (c Contribution) whose() error {
	like := c.MayReplace()
	if len(like) == 0 || c.OwnDocument {
		return nil
	}
	return &norms.Error{Kind: norms.Conflict, Problems: []norms.Problem{{Field: replacesField, Message: c.LooksLike() +
		": say whether it is one (replaces, as in " + like[0].Slug + ") or a document of its own (own_document)"}}}
}

// AsksWhose tells whether a document was refused because nobody said whether it
// is a new version of another one.
func AsksWhose(err error) bool {
	refused, ok := errors.AsType[*norms.Error](err)
	return ok && refused.Kind == norms.Conflict && len(refused.Problems) == 1 && refused.Problems[0].Field == replacesField
}

// ownDocument is what whoever reviews the document has to look at first: that it is
// one of its own only because its sender said so, or that another version of it waits.
// It stands at the first words.
func (r Reader) ownDocument(ctx context.Context, by account.Actor, c Contribution) ([]intake.Problem, error) {
	says, err := r.alikeWaiting(ctx, by, c)
	if err != nil {
		return nil, err
	}
	if len(c.MayReplace()) > 0 && c.OwnDocument {
		says = c.LooksLike() + ownDocumentSaid + says
	}
	if says == "" {
		return nil, nil
	}
	first := c.firstLine()
	return []intake.Problem{{Span: first, Kind: OwnDocument, Text: string(LinesOf(c.Received.Text).runes[first.Start:first.End]), What: strings.TrimSpace(says)}}, nil
}

// alikeWaiting says that the same account sent a text like this one, which waits.
// It is no reason to refuse the document: nobody knows yet what is recorded of them.
func (r Reader) alikeWaiting(ctx context.Context, by account.Actor, c Contribution) (string, error) {
	if c.Edited != nil || c.Known != nil {
		return "", nil
	}
	texts, err := r.Store.WaitingTexts(ctx, by)
	if err != nil {
		return "", fmt.Errorf("looking for earlier versions that wait: %w", err)
	}
	limited, cancel := r.limited(ctx)
	defer cancel()
	sent := norms.Mask(c.Received.Text)
	for _, t := range texts {
		if limited.Err() != nil {
			break
		}
		waits := norms.Mask(t.Text)
		if there := share(waits, sent); there >= versionFrom && share(sent, waits) >= backFrom {
			return fmt.Sprintf(" %d %% of the words of a document that waited in proposal %d when this was sent stand in it. "+
				"Where that still waits, decide about it first; where this is a new version of it, reject this and have it sent again as that: else what both say is recorded twice.", there, t.Proposal), nil
		}
	}
	return "", nil
}

// firstLine is the first line with words of the document.
func (c Contribution) firstLine() intake.Span {
	at := 0
	for line := range strings.Lines(c.Received.Text) {
		words := strings.TrimSpace(line)
		if words != "" {
			start := at + len([]rune(line[:strings.Index(line, words)]))
			return intake.Span{Start: start, End: start + len([]rune(words))}
		}
		at += len([]rune(line))
	}
	return intake.Span{}
}

// KeptDocument is a document that waits for its sender to say what it is.
type KeptDocument struct {
	ID int64
	norms.Document
}

// KeepSent keeps a document for its sender until it is proposed, for a day at most.
func (r Reader) KeepSent(ctx context.Context, by account.Actor, c Contribution) (KeptDocument, error) {
	id, err := r.Store.KeepSent(ctx, by, kept.Sent{Document: c.Received, Sheets: []byte("[]"), Asked: []byte("{}")})
	return KeptDocument{id, c.Received}, err
}

// Sent is a document that its sender sent before.
func (r Reader) Sent(ctx context.Context, by account.Actor, id int64) (KeptDocument, error) {
	sent, err := r.Store.Sent(ctx, by, id)
	return KeptDocument{id, sent.Document}, err
}

// ReadKept reads a document that was sent before, as Read does.
func (r Reader) ReadKept(ctx context.Context, k KeptDocument, organization string) (Contribution, error) {
	return r.read(ctx, File{Name: k.Name}, organization, func(context.Context) (norms.Document, document.Document, error) {
		return k.Document, document.Document{Text: k.Text}, nil
	})
}
