package page

import (
	"context"

	"normmap/internal/norms"
	"normmap/web/ui"
	"normmap/web/words"
)

// Besides leads from the form of a thing to what else can be done to it. The
// addresses are empty where that cannot be done.
type Besides struct{ Rename, Withdraw string }

// ThingForm does something to a thing of any kind.
type ThingForm struct {
	Kind, Key string // as edits name it
	Thing     norms.Thing
	Version   int64
	Cancel    string
	Departure norms.Departure // what goes with it, and what keeps it

	Renames bool
	To      string // its name in addresses, or what was typed
	Number  bool   // that name is made from a number as printed

	Reason   string
	Problems []norms.Problem
}

// to is the field for the new name.
func (m ThingForm) to(ctx context.Context) ui.Field {
	f := ui.Field{Name: "to", Label: words.Text(ctx, "thing_form.rename.slug.label"), Hint: words.Text(ctx, "thing_form.rename.slug.hint")}
	if m.Number {
		f.Label, f.Hint = words.Text(ctx, "thing_form.rename.number.label"), words.Text(ctx, "thing_form.rename.number.hint")
	}
	f.Value, f.Problem, f.Required = m.To, ui.ProblemOf(m.Problems, "to"), true
	return f
}

// WithdrawnThing is a thing that is not recorded any more.
type WithdrawnThing struct {
	Kind, Key  string // as edits name it
	Thing      norms.Thing
	Changeset  norms.ChangesetRow // that took it
	History    string             // address, "" when it has none of its own
	MayRestore bool
	Reason     string // that was typed
	Problems   []norms.Problem
}
