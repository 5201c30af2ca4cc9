package site

import (
	"context"
	"strings"

	"normmap/internal/norms"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// maxChoices is how many things a menu shows at most.
const maxChoices = norms.MaxLimit

// choices are recorded things that a field may name. Where there are more than
// a menu can show, the field is a line that takes a name in addresses.
type choices struct {
	options []ui.Option
	more    bool
}

// recordedChoices reads recorded things by kind: organization, agreement,
// source, initiative or element.
func (s *formSite) recordedChoices(ctx context.Context) (map[string]choices, error) {
	list, err := s.Store.Choices(ctx, maxChoices+1, "organization", "agreement", "source", "initiative", "element")
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
func (c choices) control(ctx context.Context, f ui.Field, none string) page.Control {
	if c.more {
		f.List = c.options
		f.Hint = sentences(f.Hint, words.Text(ctx, "form.name_of_many"))
		return page.Control{Shape: page.Line, Field: f}
	}
	f.Required = f.Required || none == ""
	if none == "" {
		none = words.Text(ctx, "form.choose_one")
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

// field is a field of a form. Its id in the catalogue ends with its name and
// has a label below it and, where there is more to say, a hint.
func field(ctx context.Context, id string) ui.Field {
	hint, _ := words.Known(ctx, id+".hint")
	return ui.Field{Name: id[strings.LastIndexByte(id, '.')+1:], Label: words.Text(ctx, id+".label"), Hint: hint}
}

func line(ctx context.Context, id string) page.Control {
	return page.Control{Shape: page.Line, Field: field(ctx, id)}
}

func lines(ctx context.Context, id string, rows int) page.Control {
	f := field(ctx, id)
	f.Rows = rows
	return page.Control{Shape: page.Lines, Field: f}
}

func required(c page.Control) page.Control {
	c.Required = true
	return c
}

func date(ctx context.Context, id string) page.Control {
	c := line(ctx, id)
	c.Hint = sentences(c.Hint, words.Text(ctx, "form.date_hint"))
	return dated(c)
}

// dated is a line that takes a date, and says so in a hint of its own.
func dated(c page.Control) page.Control {
	c.Dated = true
	return c
}

// slugLine is the name in addresses of a new thing; hint says what it is made
// from when it is left empty.
func slugLine(ctx context.Context, hint string) page.Control {
	c := line(ctx, "form.slug")
	c.Hint = hint
	return c
}

// menu is one of a closed list; none as for choices.
func menu[T ~string](ctx context.Context, id, none string, list []T, word func(context.Context, T) string) page.Control {
	return choices{options: ui.Options(ctx, list, word)}.control(ctx, field(ctx, id), none)
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
func fixed(ctx context.Context, id, value, word string) page.Control {
	f := field(ctx, id)
	f.Value, f.Options = value, []ui.Option{{Value: value, Label: word}}
	return page.Control{Shape: page.Fixed, Field: f}
}

// suggest lists recorded organizations as lines for partners, so that they can
// be copied.
func (c choices) suggest(to page.Control) page.Control {
	for _, o := range c.options {
		to.List = append(to.List, ui.Option{Value: o.Label + " | " + o.Value, Label: o.Label})
	}
	return to
}
