package api

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"normmap/internal/norms"
)

// form reads one edit whose fields are sent without more around them, but for
// the reason of the changeset.
type form struct {
	editForms
	name    string   // of the edit
	title   string   // of the schema
	without []string // fields that are not sent: the request says them otherwise
	schema  *huma.Schema
}

func (f editForms) form(edit, title string, without []string) form {
	return form{f, edit, camel(title), without, trimmed(f.of[edit], without)}
}

// camel is a name of an operation as names of schemas are written.
func camel(s string) string {
	var b strings.Builder
	for word := range strings.SplitSeq(s, "-") {
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return b.String()
}

// trimmed is the schema of an edit without some fields, and with the reason.
func trimmed(edit *huma.Schema, without []string) *huma.Schema {
	s := &huma.Schema{Type: huma.TypeObject, AdditionalProperties: false, Properties: maps.Clone(edit.Properties)}
	maps.DeleteFunc(s.Properties, func(name string, _ *huma.Schema) bool { return slices.Contains(without, name) })
	s.Properties["reason"] = &huma.Schema{Type: huma.TypeString, Description: "Why the record is changed, for its history."}
	s.PrecomputeMessages()
	return s
}

// read reads the edit. more are the fields that are not sent.
func (f form) read(body []byte, more map[string]any) (e norms.Edit, reason string, err error) {
	problems := f.unfit(f.schema, body, "body.")
	if len(problems) > 0 {
		return nil, "", &norms.Error{Kind: norms.Invalid, Problems: problems}
	}
	var sent map[string]any
	if err := json.Unmarshal(body, &sent); err != nil {
		return nil, "", err
	}
	reason, _ = sent["reason"].(string)
	delete(sent, "reason")
	maps.Copy(sent, more)
	whole, err := json.Marshal(sent)
	if err != nil {
		return nil, "", err
	}
	e, problems = f.editForms.read(f.name, whole, "")
	if len(problems) > 0 {
		return nil, "", &norms.Error{Kind: norms.Invalid, Problems: problems}
	}
	return e, strings.TrimSpace(reason), nil
}

// describedBody is the body of an operation that reads a form.
type describedBody struct {
	method, path string
	form         form
}

// describeBodies tells the fields of each form.
func describeBodies(doc *huma.OpenAPI, bodies []describedBody, root string) {
	types := doc.Components.Schemas
	for _, b := range bodies {
		edit := types.Map()[typeName(b.form.name)]
		s := trimmed(edit, b.form.without)
		for _, r := range append(slices.Clone(edit.Required), "reason") {
			if s.Properties[r] != nil {
				s.Required = append(s.Required, r)
			}
		}
		types.Map()[b.form.title] = s
		op := doc.Paths[root+b.path].Put
		if op != nil && !strings.Contains(b.path, "{id}") {
			recorded := *op.Responses["200"]
			recorded.Description = "It is recorded now"
			op.Responses["201"] = &recorded
		}
		if b.method == "POST" {
			op = doc.Paths[root+b.path].Post
		}
		op.RequestBody.Content["application/json"].Schema = &huma.Schema{Ref: "#/components/schemas/" + b.form.title}
	}
}
