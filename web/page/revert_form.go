package page

import (
	"context"

	"normmap/internal/norms"
	"normmap/web/words"
)

// RevertForm shows what taking a changeset back will do.
type RevertForm struct {
	Refusal
	Changeset norms.Changeset
	Action    string
	Cancel    string
	Reason    string
}

// undoing says what taking a change back does.
func undoing(ctx context.Context, action string) string {
	switch action {
	case "added":
		return words.Text(ctx, "revert_form.undoing.added")
	case "withdrawn":
		return words.Text(ctx, "revert_form.undoing.withdrawn")
	}
	return words.Text(ctx, "revert_form.undoing.changed")
}
