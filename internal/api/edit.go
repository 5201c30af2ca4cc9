package api

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"normmap/internal/norms"
	"normmap/internal/text"
)

// SentEdit is one edit in its stable form. Its schema is told kind by kind, by
// describeEdits.
type SentEdit struct {
	Edit string          `json:"edit" doc:"The kind of edit."`
	With json.RawMessage `json:"with" doc:"What it says."`
}

// editForms reads edits: each kind has the fields of its type in package norms
// and no others. Which of them must be there, and what they may say, is left to
// the edits' own checks.
type editForms struct {
	registry huma.Registry
	of       map[string]*huma.Schema // by stable name
}

func newEditForms() editForms {
	f := editForms{registry: huma.NewMapRegistry("#/edits/", huma.DefaultSchemaNamer), of: map[string]*huma.Schema{}}
	for _, name := range norms.EditNames() {
		f.of[name] = f.registry.Schema(reflect.TypeOf(norms.EmptyEdit(name)), false, name)
	}
	for _, s := range f.registry.Map() {
		s.Required = nil
		s.PrecomputeMessages()
	}
	return f
}

// read reads an edit of a kind. Its problems are at places that begin with at.
func (f editForms) read(name string, body []byte, at string) (norms.Edit, []norms.Problem) {
	schema, ok := f.of[name]
	if !ok {
		return nil, []norms.Problem{{Field: at + "edit", Message: "there is no such kind of edit; the kinds are " + strings.Join(norms.EditNames(), ", ")}}
	}
	if problems := f.unfit(schema, body, at); len(problems) > 0 {
		return nil, problems
	}
	v := reflect.New(reflect.TypeOf(norms.EmptyEdit(name)))
	if err := json.Unmarshal(body, v.Interface()); err != nil { // a number too large, a name in two spellings
		return nil, []norms.Problem{{Field: at + "with", Message: "cannot be read as " + name + ": a value does not fit its field"}}
	}
	text.NormalizeFields(v.Interface())
	return v.Elem().Interface().(norms.Edit), nil
}

// unfit is what does not fit a schema: fields that it does not know, values of
// another type.
func (f editForms) unfit(schema *huma.Schema, body []byte, at string) []norms.Problem {
	var sent any
	if err := json.Unmarshal(body, &sent); err != nil {
		return []norms.Problem{{Field: at + "with", Message: "cannot be read as JSON"}}
	}
	var found huma.ValidateResult
	huma.Validate(f.registry, schema, huma.NewPathBuffer(nil, 0), huma.ModeWriteToServer, sent, &found)
	var problems []norms.Problem
	for _, err := range found.Errors {
		if d, ok := err.(*huma.ErrorDetail); ok {
			problems = append(problems, norms.Problem{Field: strings.TrimSuffix(at+d.Location, "."), Message: d.Message})
		}
	}
	slices.SortFunc(problems, func(a, b norms.Problem) int { return strings.Compare(a.Field, b.Field) })
	return problems
}

// describeEdits tells each kind of edit: the fields that an edit without them
// would be refused for are required, closed lists are listed. It returns how
// the schema of [SentEdit] is put back, by which requests are checked: that an
// edit matches none of so many kinds would not help anybody.
func describeEdits(types huma.Registry) (restore func()) {
	sent := &huma.Schema{
		Description:   "One edit in its stable form.",
		Discriminator: &huma.Discriminator{PropertyName: "edit", Mapping: map[string]string{}},
	}
	for _, name := range norms.EditNames() {
		edit := norms.EmptyEdit(name)
		with := types.Schema(reflect.TypeOf(edit), true, name)
		types.SchemaFromRef(with.Ref).Required = missing(edit)
		listWords(types.SchemaFromRef(with.Ref), reflect.TypeOf(edit))
		variant := typeName(name) + "Edit"
		types.Map()[variant] = &huma.Schema{
			Type:                 huma.TypeObject,
			AdditionalProperties: false,
			Required:             []string{"edit", "with"},
			Properties: map[string]*huma.Schema{
				"edit": {Type: huma.TypeString, Enum: []any{name}},
				"with": with,
			},
		}
		ref := "#/components/schemas/" + variant
		sent.OneOf = append(sent.OneOf, &huma.Schema{Ref: ref})
		sent.Discriminator.Mapping[name] = ref
	}
	checked := types.Map()["SentEdit"]
	types.Map()["SentEdit"] = sent
	return func() { types.Map()["SentEdit"] = checked }
}

// typeName is the name of the type of a kind of edit, and so of its schema.
func typeName(edit string) string { return reflect.TypeOf(norms.EmptyEdit(edit)).Name() }

// missing are the fields that an edit says are missing when it says nothing.
func missing(empty norms.Edit) []string {
	var fields []string
	for _, p := range problemsOf(empty.Check()) {
		if !slices.Contains(fields, p.Field) {
			fields = append(fields, p.Field)
		}
	}
	return fields
}
