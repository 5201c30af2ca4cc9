package imports

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"normmap/internal/contribution"
	"normmap/internal/document"
	"normmap/internal/norms"
	"normmap/internal/site/form"
	"normmap/internal/site/serve"
	"normmap/internal/status"
	"normmap/internal/store/naming"
	"normmap/web/href"
	"normmap/web/page"
	"normmap/web/words"
)

// outcome is what came of a contribution, or why nothing did.
type outcome struct {
	leads   string                     // to the proposal
	asked   []contribution.Alike       // of which it is to be said, or was, whether it is a new version
	kept    *contribution.KeptDocument // that waits for its sender, who need not choose its file again
	settled *page.SettledImport
	read    *page.ReadDocument
	err     error
}

// ofItsOwn is what the form says of a document that is no new version. It is no
// slug.
const ofItsOwn = "of_its_own"

// work reads what was sent and does what the form asks for.
func (s *Site) work(r *http.Request, typed url.Values, tell func(contribution.Progress)) (outcome, error) {
	ctx, proposes := r.Context(), typed.Get("do") != "read"
	kept, err := s.sentBefore(r, typed)
	if err != nil {
		return outcome{}, err
	}
	file, err := sent(r, typed, proposes, kept != nil)
	if err != nil {
		return outcome{kept: kept}, err
	}
	reader, own := s.reader, typed.Get("replaces") == ofItsOwn
	reader.Tell = tell
	if !own {
		reader.Replaces = typed.Get("replaces")
	}
	var c contribution.Contribution
	if kept != nil {
		c, err = reader.ReadKept(ctx, *kept, typed.Get("organization"))
	} else {
		c, err = reader.Read(ctx, file, typed.Get("organization"))
	}
	if err != nil {
		return outcome{kept: kept}, explained(r, typed, err)
	}
	if !proposes {
		kept, err = keeps(r, reader, c, kept)
		return outcome{read: shownReading(c), kept: kept, asked: stillAsked(typed, c)}, err
	}
	c.TextAlone, c.OwnDocument = typed.Get("text_alone") == "true", own
	done, err := reader.Propose(ctx, serve.Actor(r), c, form.ReasonOf(typed), s.Now())
	if err == nil && kept != nil {
		err = reader.Drop(ctx, serve.Actor(r), kept.ID)
	}
	switch {
	case contribution.AsksWhose(err):
		return asks(r, reader, c, kept)
	case contribution.FoundNothing(err):
		kept, failed := keeps(r, reader, c, kept)
		return outcome{read: shownReading(c), kept: kept, asked: stillAsked(typed, c)}, cmp.Or(failed, err)
	case err != nil:
		return outcome{kept: kept, asked: stillAsked(typed, c)}, err
	case done.Proposal == 0 || done.Again:
		settled := &page.SettledImport{Source: done.Source, Proposal: done.Proposal, SameText: done.SameText, Left: places(c, done.Left)}
		switch {
		case c.Earlier != nil:
			settled.Earlier, settled.SourceTitle = true, c.Earlier.Title
		case c.Known != nil:
			settled.SourceTitle = c.Known.Title
		}
		if c.Edited != nil && done.Source == "" {
			settled.Dossier = c.Edited.Revision
		}
		return outcome{settled: settled}, nil
	}
	if done.Source == "" {
		return outcome{leads: href.Proposal(done.Proposal)}, nil // it brings no text
	}
	return outcome{leads: href.ProposalText(done.Proposal)}, nil
}

// stillAsked are the documents about which the form answered whether this is a new
// version of one: the answer stays where something else is wrong.
func stillAsked(typed url.Values, c contribution.Contribution) []contribution.Alike {
	like, said := c.MayReplace(), typed.Get("replaces")
	if said == ofItsOwn || slices.ContainsFunc(like, func(a contribution.Alike) bool { return a.Slug == said }) {
		return like
	}
	return nil
}

// sentBefore is the document that waits for its sender, nil where none does or
// another one was chosen.
func (s *Site) sentBefore(r *http.Request, typed url.Values) (*contribution.KeptDocument, error) {
	id, err := form.NumberIn(typed, "sent")
	file, unread := serve.Uploaded(r)
	if err != nil || id == 0 || file != nil || unread != nil || strings.TrimSpace(pastedText(r)) != "" {
		return nil, err
	}
	kept, err := s.reader.Sent(r.Context(), serve.Actor(r), id)
	if norms.KindOf(err) == norms.NotFound {
		return nil, norms.Field(serve.FileField, "%s", words.Text(r.Context(), "import.file.gone"))
	}
	return &kept, err
}

// asks has the sender of a document say whether it is a new version of one that is
// recorded. A file waits for the answer; a text stands in the form.
func asks(r *http.Request, reader contribution.Reader, c contribution.Contribution, kept *contribution.KeptDocument) (outcome, error) {
	kept, err := keeps(r, reader, c, kept)
	if err != nil {
		return outcome{}, err
	}
	return outcome{asked: c.MayReplace(), kept: kept}, &norms.Error{Kind: norms.Conflict,
		Problems: []norms.Problem{{Field: "replaces", Message: words.Text(r.Context(), "import.replaces.asked")}}}
}

// keeps has a file that was read wait for its sender, who need not choose it again.
// A dossier is more than its text, and is sent again.
func keeps(r *http.Request, reader contribution.Reader, c contribution.Contribution, kept *contribution.KeptDocument) (*contribution.KeptDocument, error) {
	if file, _ := serve.Uploaded(r); file == nil || c.Edited != nil {
		return kept, nil
	}
	waits, err := reader.KeepSent(r.Context(), serve.Actor(r), c)
	return &waits, err
}

// pastedText is the text of a form letter for letter, but for the ends of lines,
// which forms change.
func pastedText(r *http.Request) string {
	return strings.ReplaceAll(r.PostForm.Get("text"), "\r\n", "\n")
}

// sent is the document of a form, as it was sent; none where one was sent before.
func sent(r *http.Request, typed url.Values, proposes, before bool) (contribution.File, error) {
	ctx := r.Context()
	file, err := serve.Uploaded(r)
	if err != nil {
		return contribution.File{}, err
	}
	text := pastedText(r)
	pasted := strings.TrimSpace(text) != ""
	wrong := &norms.Error{Kind: norms.Invalid}
	say := func(field, id string) {
		wrong.Problems = append(wrong.Problems, norms.Problem{Field: field, Message: words.Text(ctx, id)})
	}
	switch {
	case file == nil && !pasted && !before:
		say("text", "import.no_document")
	case file != nil && pasted:
		say(serve.FileField, "import.two_documents")
	}
	if typed.Get("organization") == "" {
		say("organization", "import.no_organization")
	}
	if bad, ok := errors.AsType[*norms.Error](norms.CheckReason(form.ReasonOf(typed))); ok && proposes {
		wrong.Problems = append(wrong.Problems, bad.Problems...)
	}
	switch {
	case len(wrong.Problems) > 0:
		return contribution.File{}, wrong
	case file != nil:
		return contribution.File{Name: file.Name, Data: file.Data}, nil
	}
	return contribution.File{Data: []byte(text)}, nil
}

// explained says of an error in reading which field it is about.
func explained(r *http.Request, typed url.Values, err error) error {
	ctx := r.Context()
	renamed, ok := errors.AsType[*naming.MovedError](err)
	switch kind := norms.KindOf(err); {
	case ok:
		return norms.Field("organization", "%s", words.Text(ctx, "import.moved_organization", "Name", renamed.Slug))
	case kind == norms.NotFound || kind == norms.Gone:
		return norms.Field("organization", "%s", words.Text(ctx, "import.unknown_organization", "Name", typed.Get("organization")))
	}
	return err
}

// problemsOf are what of a failure can be mended in the form, and the status
// that says so; ok is false of all other failures.
func problemsOf(r *http.Request, err error) (problems []norms.Problem, answers int, ok bool) {
	if refusal, is := errors.AsType[*document.Refusal](err); is {
		field := "text"
		if file, unread := serve.Uploaded(r); file != nil || unread != nil {
			field = serve.FileField
		}
		return []norms.Problem{{Field: field, Message: refusal.What}}, status.OfRefusal(refusal.Reason), true
	}
	u, ok := form.Mendable(r.Context(), err)
	return u.Problems, u.Status, ok
}
