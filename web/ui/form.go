package ui

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"normmap/internal/norms"
)

// Option is one choice of a select, of radio buttons or of checkboxes.
type Option struct {
	Value string
	Label string
	Hint  string // radio buttons and checkboxes only
}

// Field is one field of a form with what was typed and what is wrong with it.
type Field struct {
	Name     string
	ID       string // of the control, "" means one made of the name
	Label    string
	Hint     string
	Value    string
	Values   []string // checkboxes: those that are ticked
	Problem  string   // "" when it is right
	Required bool
	Rows     int      // of an area, 0 means 4
	Max      int      // length in characters, 0 means no limit
	Type     string   // of an input: "" means text; email, password, url, search …
	Complete string   // autocomplete, "" means on
	Options  []Option // select, radio buttons, checkboxes
	List     []Option // text: suggestions, any other text is allowed too
}

// Options turns a closed list into choices with their words.
func Options[T ~string](ctx context.Context, list []T, word func(context.Context, T) string) []Option {
	out := make([]Option, len(list))
	for i, v := range list {
		out[i] = Option{Value: string(v), Label: word(ctx, v)}
	}
	return out
}

// OrNone puts the empty choice in front of others.
func OrNone(label string, options []Option) []Option {
	return append([]Option{{Label: label}}, options...)
}

// ProblemOf is the message about one field, "" when it has none.
func ProblemOf(problems []norms.Problem, field string) string {
	i := slices.IndexFunc(problems, func(p norms.Problem) bool { return p.Field == field })
	if i < 0 {
		return ""
	}
	return problems[i].Message
}

// FieldID is the id of a field's control in its page; problems link to it.
func FieldID(name string) string { return "field-" + norms.LabelSlug(name) }

func (f Field) id() string        { return cmp.Or(f.ID, FieldID(f.Name)) }
func (f Field) hintID() string    { return f.id() + "-hint" }
func (f Field) problemID() string { return f.id() + "-problem" }
func (f Field) listID() string    { return f.id() + "-list" }

// optionID gives the first option the field's own id, so that a link from the
// error summary arrives at it.
func (f Field) optionID(i int) string {
	if i == 0 {
		return f.id()
	}
	return f.id() + "-" + Number(i+1)
}

func (f Field) describedBy() string {
	var ids []string
	if f.Hint != "" {
		ids = append(ids, f.hintID())
	}
	if f.Problem != "" {
		ids = append(ids, f.problemID())
	}
	return strings.Join(ids, " ")
}

func (f Field) inputType() string {
	if f.Type == "" {
		return "text"
	}
	return f.Type
}

// complete is on by default: a field with off is empty again when one comes back
// to its form by the browser's back button.
func (f Field) complete() string {
	if f.Complete == "" {
		return "on"
	}
	return f.Complete
}

func (f Field) rows() string {
	if f.Rows == 0 {
		return "4"
	}
	return Number(f.Rows)
}

func (f Field) ticked(o Option) bool { return slices.Contains(f.Values, o.Value) }
