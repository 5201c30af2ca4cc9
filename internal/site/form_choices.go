package site

import (
	"context"

	"normmap/internal/norms"
	"normmap/web/page"
	"normmap/web/ui"
)

// maxChoices is how many things a menu shows at most.
const maxChoices = norms.MaxLimit

// choices are recorded things that a field may name. Where there are more than
// a menu can show, the field is a line that takes a name in addresses.
type choices struct {
	options []ui.Option
	more    bool
}

// choices reads what fields may name, by kind: organization, agreement, source
// or initiative.
func (s *site) choices(ctx context.Context) (map[string]choices, error) {
	list, err := s.Store.Choices(ctx, maxChoices+1, "organization", "agreement", "source", "initiative")
	out := map[string]choices{}
	for _, i := range list {
		c := out[i.Kind]
		if len(c.options) < maxChoices {
			c.options = append(c.options, ui.Option{Value: i.Slug, Label: i.Title})
		} else {
			c.more = true
		}
		out[i.Kind] = c
	}
	return out, err
}

// control is the field f with the choices. None is the word for choosing
// nothing; without it something has to be chosen.
func (c choices) control(f ui.Field, none string) page.Control {
	if c.more {
		f.List = c.options
		f.Hint += " Type its name in addresses, such as paris-call."
		return page.Control{Shape: page.Line, Field: f}
	}
	f.Required = f.Required || none == ""
	if none == "" {
		none = "Choose one"
	}
	f.Options = ui.OrNone(none, c.options)
	return page.Control{Shape: page.Menu, Field: f}
}

// without leaves out one choice: a thing is not a part of itself.
func (c choices) without(value string) choices {
	out := choices{more: c.more}
	for _, o := range c.options {
		if o.Value != value {
			out.options = append(out.options, o)
		}
	}
	return out
}

func line(name, label, hint string) page.Control {
	return page.Control{Shape: page.Line, Field: ui.Field{Name: name, Label: label, Hint: hint}}
}

func lines(name, label, hint string, rows int) page.Control {
	return page.Control{Shape: page.Lines, Field: ui.Field{Name: name, Label: label, Hint: hint, Rows: rows}}
}

func required(c page.Control) page.Control {
	c.Required = true
	return c
}

func date(name, label, hint string) page.Control {
	if hint != "" {
		hint += " "
	}
	return line(name, label, hint+"A year, a month or a day: 2018, 2018-11 or 2018-11-12.")
}

// menu is one of a closed list; none as for choices.
func menu[T ~string](ctx context.Context, name, label, hint, none string, list []T, word func(context.Context, T) string) page.Control {
	return choices{options: ui.Options(ctx, list, word)}.control(ui.Field{Name: name, Label: label, Hint: hint}, none)
}

// word is the label of a choice, or the value itself where it is none.
func (c choices) word(value string) string {
	for _, o := range c.options {
		if o.Value == value {
			return o.Label
		}
	}
	return value
}

// fixed is a value that the form shows and does not send: it is read from the
// record when the form is taken.
func fixed(name, label, value, word string) page.Control {
	return page.Control{Shape: page.Fixed, Field: ui.Field{Name: name, Label: label, Value: value, Options: []ui.Option{{Value: value, Label: word}}}}
}
