package page

import (
	"context"

	"normmap/internal/norms"
	"normmap/web/ui"
	"normmap/web/words"
)

// Shape is how a control looks.
type Shape int

// The shapes of controls.
const (
	Line  Shape = iota // one line of text
	Lines              // several lines
	Menu               // one of a list
	Ticks              // several of a short list
	Fixed              // shown, neither changed nor sent
)

// Control is a field of a form in its shape.
type Control struct {
	Shape Shape
	Dated bool // a line that takes a date
	ui.Field
}

// word is the label of the control's value.
func (c Control) word() string {
	for _, o := range c.Options {
		if o.Value == c.Value {
			return o.Label
		}
	}
	return c.Value
}

// Refusal is why a form that was sent is shown again. Its zero value is a form
// that is shown for the first time.
type Refusal struct {
	Problems []norms.Problem
	Stale    bool               // someone saved the same thing meanwhile
	Known    bool               // Stale: it is known what the form held when the writer began
	Theirs   norms.ChangesetRow // Stale: what someone else saved; its ID is 0 when that is not told
	Own      bool               // Stale: what was saved meanwhile is the writer's own
	Clashes  []Clash            // Stale: where the sides differ

	Labels map[string]string // what the form calls its fields; others have their usual names
}

// Outcome is what a form holds in a field in which the sides differ.
type Outcome int

// The outcomes.
const (
	Same       Outcome = iota // both sides say the same, or it is not told
	TheirsOnly                // only the other side changed it: the form holds theirs
	YoursOnly                 // only the writer changed it: the form holds what was typed
	Both                      // both changed it: the form holds what was typed, and offers theirs
)

// TakePrefix and the name of a field is the name of the choice between what was
// typed and what someone else saved; Theirs is the latter.
const (
	TakePrefix = "take-"
	Theirs     = "theirs"
	yours      = "yours"
)

// Clash is one field in which what is recorded now differs from what was
// typed.
type Clash struct {
	Name     string // of the control, "" when there is nothing to choose
	Field    string // its label
	Before   string // when the writer began
	Recorded string
	Typed    string
	Outcome  Outcome
}

// choice lets the writer choose between the sides.
func (c Clash) choice(ctx context.Context) ui.Field {
	return ui.Field{Name: TakePrefix + c.Name, Label: words.Text(ctx, "form.clash.choose", "Field", c.Field), Value: yours, Options: []ui.Option{
		{Value: yours, Label: words.Text(ctx, "form.clash.keep_yours")}, {Value: Theirs, Label: words.Text(ctx, "form.clash.take_theirs")},
	}}
}

// clashWords are the words of a message about what was saved meanwhile: those
// for what the writer saved by the same form before, or those for someone else.
func (r Refusal) clashWords(ctx context.Context, id string) string {
	switch {
	case len(r.Clashes) == 0:
		return words.Text(ctx, "form.clash_none."+id)
	case r.Own:
		return words.Text(ctx, "form.clash_own."+id)
	}
	return words.Text(ctx, "form.clash."+id)
}

// EditForm is a plain form for one thing.
type EditForm struct {
	Refusal
	Heading  string
	Lead     string // what the form is for, in a sentence; may be empty
	Action   string // where it is sent
	Cancel   string // where it leads without saving
	Controls []Control
	Version  int64 // of the thing as the form shows it, 0 for a new one
	Reason   string
	Save     string // words on the button
	Withdraw string // words on the button that takes the thing back, "" when there is none
	Besides  Besides
	AtOnce   string // what becomes of what is saved, for a form that is never proposed; "" for all others
}

// ReasonProblem is what is wrong with the reason.
func (r Refusal) ReasonProblem() string { return ui.ProblemOf(r.Problems, "reason") }
