package page

import (
	"normmap/internal/norms"
	"normmap/web/ui"
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
	Stale    bool    // someone saved the same thing meanwhile
	Clashes  []Clash // Stale: where that differs from what was typed
}

// Clash is one field in which what is recorded now differs from what was
// typed.
type Clash struct {
	Field    string // its label
	Recorded string
	Typed    string
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
}

// ReasonProblem is what is wrong with the reason.
func (r Refusal) ReasonProblem() string { return ui.ProblemOf(r.Problems, "reason") }
