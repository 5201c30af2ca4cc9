package page

import (
	"context"

	"normmap/internal/norms"
	"normmap/web/href"
	"normmap/web/ui"
	"normmap/web/words"
)

// RevertForm shows what taking a changeset back will do.
type RevertForm struct {
	Refusal
	Changeset norms.Changeset // its head
	Outcome   norms.Outcome   // of taking it back now
	Action    string
	Cancel    string
	Reason    string
}

// problem is why nothing can be taken back.
func (m RevertForm) problem(ctx context.Context) string {
	if m.Outcome.Problem.Kind == norms.Forbidden {
		return words.Text(ctx, "revert_form.founding")
	}
	return m.Outcome.Problem.Error()
}

// possible says whether anything is there that this writer may take back. A
// form that was refused stays as it is, with what was typed.
func (m RevertForm) possible() bool {
	return m.Outcome.Problem == nil && len(m.Outcome.Changes) > 0 || len(m.Problems) > 0
}

// undoing says what an action does that takes a change back.
func undoing(ctx context.Context, action string) string {
	switch action {
	case "withdrawn":
		return words.Text(ctx, "revert_form.undoing.added")
	case "added":
		return words.Text(ctx, "revert_form.undoing.withdrawn")
	}
	return words.Text(ctx, "revert_form.undoing.changed")
}

// upTo is a list up to n things of it.
func upTo[T any](list []T, n int) []T { return list[:min(n, len(list))] }

// thingAddress is where a row is shown or, for those without a page that may be
// changed by themselves, the form that an editor has for it.
func thingAddress(f ui.Frame, t norms.Thing) string {
	if address := href.Thing(t); address != "" || !f.Editor() || t.ID == 0 {
		return address
	}
	switch t.Kind {
	case "link":
		return href.LinkEdit(t.ID)
	case "citation":
		return href.CitationEdit(t.ID)
	case "adherence":
		return href.AdherenceEdit(t.ID)
	}
	return ""
}
