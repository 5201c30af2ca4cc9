package imports

import (
	"errors"
	"net/http"
	"net/url"
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
	leads   string // to the proposal
	settled *page.SettledImport
	read    *page.ReadDocument
	err     error
}

// work reads what was sent and does what the form asks for.
func (s *Site) work(r *http.Request, typed url.Values, tell func(contribution.Progress)) (outcome, error) {
	ctx, proposes := r.Context(), typed.Get("do") != "read"
	file, err := sent(r, typed, proposes)
	if err != nil {
		return outcome{}, err
	}
	reader := s.reader
	reader.Tell, reader.Replaces = tell, typed.Get("replaces")
	c, err := reader.Read(ctx, file, typed.Get("organization"))
	if err != nil {
		return outcome{}, explained(r, typed, err)
	}
	if !proposes {
		return outcome{read: shownReading(c)}, nil
	}
	c.TextAlone = typed.Get("text_alone") == "true"
	done, err := reader.Propose(ctx, serve.Actor(r), c, form.ReasonOf(typed), s.Now())
	switch {
	case contribution.FoundNothing(err):
		return outcome{read: shownReading(c)}, err
	case err != nil:
		return outcome{}, err
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

// pastedText is the text of a form letter for letter, but for the ends of lines,
// which forms change.
func pastedText(r *http.Request) string {
	return strings.ReplaceAll(r.PostForm.Get("text"), "\r\n", "\n")
}

// sent is the document of a form, as it was sent.
func sent(r *http.Request, typed url.Values, proposes bool) (contribution.File, error) {
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
	case file == nil && !pasted:
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
