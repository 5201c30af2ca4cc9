package form

import (
	"context"
	"strings"

	"normmap/internal/norms"
	"normmap/internal/site/serve"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// MaxChoices is how many things a menu shows at most.
const MaxChoices = norms.MaxLimit

// Choices are recorded things that a field may name. Where there are more than
// a menu can show, the field is a line that takes a name in addresses.
type Choices struct {
	Options []ui.Option
	More    bool
}

// RecordedChoices reads recorded things by kind: organization, agreement,
// source, initiative or element.
func (s *Site) RecordedChoices(ctx context.Context) (map[string]Choices, error) {
	list, err := s.Store.Choices(ctx, MaxChoices+1, "organization", "agreement", "source", "initiative", "element")
	out := map[string]Choices{}
	for _, i := range list {
		c := out[i.Kind]
		if len(c.Options) < MaxChoices {
			c.Options = append(c.Options, ui.Option{Value: i.Slug, Label: i.Title})
		} else {
			c.More = true
		}
		out[i.Kind] = c
	}
	return out, err
}

// Control is the field f with the choices. None is the word for choosing
// nothing; without it something has to be chosen.
func (c Choices) Control(ctx context.Context, f ui.Field, none string) page.Control {
	if c.More {
		f.List = c.Options
		f.Hint = serve.Sentences(f.Hint, words.Text(ctx, "form.name_of_many"))
		return page.Control{Shape: page.Line, Field: f}
	}
	f.Required = f.Required || none == ""
	if none == "" {
		none = words.Text(ctx, "form.choose_one")
	}
	f.Options = ui.OrNone(none, c.Options)
	return page.Control{Shape: page.Menu, Field: f}
}

// Without leaves out one choice: a thing is not a part of itself.
func (c Choices) Without(value string) Choices {
	out := Choices{More: c.More}
	for _, o := range c.Options {
		if o.Value != value {
			out.Options = append(out.Options, o)
		}
	}
	return out
}

// Field is a field of a form. Its id in the catalogue ends with its name and
// has a label below it and, where there is more to say, a hint.
func Field(ctx context.Context, id string) ui.Field {
	hint, _ := words.Known(ctx, id+".hint")
	return ui.Field{Name: id[strings.LastIndexByte(id, '.')+1:], Label: words.Text(ctx, id+".label"), Hint: hint}
}

// Line is a field of one line.
func Line(ctx context.Context, id string) page.Control {
	return page.Control{Shape: page.Line, Field: Field(ctx, id)}
}

// Lines is a field of several lines.
func Lines(ctx context.Context, id string, rows int) page.Control {
	f := Field(ctx, id)
	f.Rows = rows
	return page.Control{Shape: page.Lines, Field: f}
}

// Required is a control that may not be left empty.
func Required(c page.Control) page.Control {
	c.Required = true
	return c
}

// Date is a line that takes a date.
func Date(ctx context.Context, id string) page.Control {
	c := Line(ctx, id)
	c.Hint = serve.Sentences(c.Hint, words.Text(ctx, "form.date_hint"))
	return Dated(c)
}

// Dated is a line that takes a date, and says so in a hint of its own.
func Dated(c page.Control) page.Control {
	c.Dated = true
	return c
}

// SlugLine is the name in addresses of a new thing; hint says what it is made
// from when it is left empty.
func SlugLine(ctx context.Context, hint string) page.Control {
	c := Line(ctx, "form.slug")
	c.Hint = hint
	return c
}

// Menu is one of a closed list; none as for choices.
func Menu[T ~string](ctx context.Context, id, none string, list []T, word func(context.Context, T) string) page.Control {
	return Choices{Options: ui.Options(ctx, list, word)}.Control(ctx, Field(ctx, id), none)
}

// Word is the label of a choice, or the value itself where it is none.
func (c Choices) Word(value string) string {
	for _, o := range c.Options {
		if o.Value == value {
			return o.Label
		}
	}
	return value
}

// Fixed is a value that the form shows and does not send: it is read from the
// record when the form is taken.
func Fixed(ctx context.Context, id, value, word string) page.Control {
	f := Field(ctx, id)
	f.Value, f.Options = value, []ui.Option{{Value: value, Label: word}}
	return page.Control{Shape: page.Fixed, Field: f}
}

// Suggest lists recorded organizations as lines for partners, so that they can
// be copied.
func (c Choices) Suggest(to page.Control) page.Control {
	for _, o := range c.Options {
		to.List = append(to.List, ui.Option{Value: o.Label + " | " + o.Value, Label: o.Label})
	}
	return to
}
