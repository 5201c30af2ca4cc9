package api

import (
	"encoding/json"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"normmap/internal/document"
	"normmap/web/href"
)

// describeImports tells what the operation reads and writes by itself.
func describeImports(doc *huma.OpenAPI) {
	types := doc.Components.Schemas
	op := doc.Paths[href.APIImports()].Post
	sent := types.Schema(reflect.TypeFor[NewImport](), true, "")
	read, proposed := types.Schema(reflect.TypeFor[ReadContribution](), true, ""), types.Schema(reflect.TypeFor[ProposedContribution](), true, "")
	table := types.Schema(reflect.TypeFor[ReadTable](), true, "")
	for _, name := range []string{"ReadContribution", "ReadSource", "ReadInitiative", "ReadSub", "ReadProblem", "ReadVersion", "ProposedContribution", "ReadTable", "ReadRow", "Mapping"} {
		listsAreNeverNull(types.Map()[name])
	}
	op.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
		"application/json":    {Schema: sent, Example: exampleOf(NewImport{Text: "- We run a help desk (Paris Call principle 1).", Name: "letter.md", Organization: "microsoft", Reason: "It came by mail"})},
		"multipart/form-data": {Schema: formOfImport(types.Map()["NewImport"]), Encoding: map[string]*huma.Encoding{"file": {ContentType: "application/octet-stream"}}},
	}}
	either := &huma.Schema{OneOf: []*huma.Schema{read, proposed, table}}
	lines := &huma.MediaType{Schema: lineOfImport(either), Example: []any{
		exampleOf(ImportLine{Stage: "text"}), exampleOf(ImportLine{Stage: "staging", Done: 2, Of: 4}),
		exampleOf(ImportLine{Status: 201, Location: href.APIProposal(7), Result: exampleProposed}),
	}}
	op.Responses["200"] = &huma.Response{Description: "Nothing to change, or what was read; or, if asked for, lines that tell how far the work is",
		Content: map[string]*huma.MediaType{"application/json": {Schema: either}, linesType: lines}}
	op.Responses["201"] = &huma.Response{Description: "It is proposed",
		Headers: map[string]*huma.Param{"Location": {Description: "The proposal's address.", Schema: &huma.Schema{Type: huma.TypeString}}},
		Content: map[string]*huma.MediaType{"application/json": {Schema: &huma.Schema{OneOf: []*huma.Schema{proposed, table}}, Example: exampleOf(exampleProposed)}}}
	types.Map()["ErrorModel"].Properties["reason"] = &huma.Schema{Type: huma.TypeString, Description: "Why a file was refused.", Enum: []any{
		document.Empty, document.TooLarge, document.Bomb, document.TooLong, document.TooMany, document.Encrypted, document.Damaged,
		document.BadEncoding, document.Unsupported, document.NoText, document.TimedOut, document.OutOfMemory, document.Crashed}}
}

var exampleProposed = ProposedContribution{Proposal: 7, Source: "microsoft-contribution", Edits: 4, Alike: []ReadAlike{}, Problems: []ReadProblem{}, Left: []ReadProblem{}}

// formOfImport is an import as a form: its document is a file, or text as in
// JSON.
func formOfImport(sent *huma.Schema) *huma.Schema {
	s := &huma.Schema{Type: huma.TypeObject, AdditionalProperties: false, Properties: map[string]*huma.Schema{
		"file": {Type: huma.TypeString, Format: "binary", Description: "The document, at most 10 MiB; its own name says what its form is."},
	}}
	for name, p := range sent.Properties {
		s.Properties[name] = p
		if p.Type == huma.TypeObject {
			s.Properties[name] = &huma.Schema{Type: huma.TypeArray, Items: &huma.Schema{Type: huma.TypeString}, Description: p.Description + " A part for each, as in Web site=url."}
		}
	}
	return s
}

// lineOfImport is an answer of lines. Each is described, since no line is one
// alone.
func lineOfImport(result *huma.Schema) *huma.Schema {
	s := *huma.SchemaFromType(huma.NewMapRegistry("#/components/schemas/", huma.DefaultSchemaNamer), reflect.TypeFor[ImportLine]())
	s.Description = "One line; the last has a status."
	s.Properties["result"] = result
	s.Properties["problem"] = &huma.Schema{Ref: "#/components/schemas/ErrorModel"}
	return &s
}

// exampleOf is a value as it is written.
func exampleOf(v any) any {
	var out any
	b, err := json.Marshal(v)
	if err == nil {
		err = json.Unmarshal(b, &out)
	}
	if err != nil {
		panic(err) // examples are the same in every run; a test reads them
	}
	return out
}
