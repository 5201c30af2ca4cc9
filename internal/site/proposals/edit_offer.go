package proposals

import (
	"context"
	"errors"
	"net/url"
	"reflect"
	"slices"

	"normmap/internal/norms"
	"normmap/internal/site/form"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// namedKinds are the kinds of recorded things that fields of edits name.
var namedKinds = map[string]string{
	"organization": "organization", "reported_by": "organization", "via": "organization", "asserter": "organization",
	"principle": "principle", "subject": "principle", "object": "principle",
	"initiative": "initiative", "parent": "initiative", "source": "source", "agreement": "agreement", "element": "element",
}

// offer gives the controls of an edit the menus that entry forms have: recorded
// things by their names, and nothing to choose where something is needed.
func (s *Site) offer(ctx context.Context, e norms.Edit, controls []page.Control) ([]page.Control, error) {
	all, err := s.Choices(ctx)
	if err != nil {
		return nil, err
	}
	if all["principle"], err = s.principlesFor(ctx, controls); err != nil {
		return nil, err
	}
	editions, err := s.editionsOf(ctx, e)
	if err != nil {
		return nil, err
	}
	out := slices.Clone(controls)
	for i, c := range out {
		kind, named := namedKinds[c.Name]
		switch {
		case c.Name == "partners":
			out[i] = all["organization"].Suggest(c)
		case c.Name == "edition":
			out[i] = offered(ctx, editions, e, c)
		case named && c.Shape == page.Line:
			out[i] = offered(ctx, all[kind], e, c)
		case c.Shape == page.Menu && c.Options[0].Value == "" && needs(e, c.Name):
			out[i].Required = true
			out[i].Options = ui.OrNone(words.Text(ctx, "form.choose_one"), c.Options[1:])
		}
	}
	return out, nil
}

// principlesFor are the principles that controls may name; none where none of
// them does.
func (s *Site) principlesFor(ctx context.Context, controls []page.Control) (form.Choices, error) {
	names := func(c page.Control) bool { return namedKinds[c.Name] == "principle" && c.Shape == page.Line }
	if !slices.ContainsFunc(controls, names) {
		return form.Choices{}, nil
	}
	list, err := s.Store.Choices(ctx, form.MaxChoices+1, "principle")
	out := form.Choices{More: len(list) > form.MaxChoices}
	for _, p := range list[:min(len(list), form.MaxChoices)] {
		out.Options = append(out.Options, ui.Option{Value: p.Slug, Label: p.Title})
	}
	return out, err
}

// offered is the control c of an edit as a menu of the choices. What the edit
// names may be new, and then stands in the menu by the name it will have.
func offered(ctx context.Context, c form.Choices, e norms.Edit, of page.Control) page.Control {
	if now := of.Value; now != "" && c.Word(now) == now {
		c.Options = append(slices.Clone(c.Options), ui.Option{Value: now, Label: now})
	}
	none := words.Text(ctx, "common.none")
	if needs(e, of.Name) {
		none = ""
	}
	return c.Control(ctx, of.Field, none)
}

// editionsOf are the editions of the agreement that an edit names, by their own
// names.
func (s *Site) editionsOf(ctx context.Context, e norms.Edit) (form.Choices, error) {
	agreement := ""
	fields := editFields(reflect.ValueOf(e))
	for _, f := range fields {
		if f.name == "agreement" && f.value.Kind() == reflect.String {
			agreement = f.value.String()
		}
	}
	if !slices.ContainsFunc(fields, func(f formField) bool { return f.name == "edition" }) {
		return form.Choices{}, nil
	}
	all, err := s.EditionChoices(ctx, agreement)
	for i, o := range all.Options {
		if of, edition, both := form.CutSlug(o.Value); both && of == agreement {
			all.Options[i].Value = edition
		}
	}
	return all, err
}

// needs tells whether an edit cannot be without a field.
func needs(e norms.Edit, name string) bool {
	v := reflect.New(reflect.TypeOf(e)).Elem()
	v.Set(reflect.ValueOf(e))
	for _, f := range editFields(v) {
		if f.name == name {
			f.value.SetZero()
		}
	}
	wrong, ok := errors.AsType[*norms.Error](v.Interface().(norms.Edit).Check())
	return ok && ui.ProblemOf(wrong.Problems, name) != ""
}

// editDatesUnderstood says how the dates of an edit were read.
func editDatesUnderstood(ctx context.Context, e norms.Edit, typed url.Values) []string {
	var out []string
	for _, f := range editFields(reflect.ValueOf(e)) {
		if f.value.Type() == reflect.TypeFor[norms.Date]() {
			out = append(out, form.DateUnderstood(ctx, typed.Get(f.name), ui.FieldWord(ctx, f.name))...)
		}
	}
	return out
}
