package api

import (
	"encoding/json"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"normmap/internal/norms"
	"normmap/web/href"
)

// config turns off what the interface does not have: huma's page about itself,
// which loads scripts from elsewhere, and links to schemas in every answer.
func (a *api) config() huma.Config {
	c := huma.DefaultConfig("Norms to Evidence", a.Build)
	c.DocsPath, c.SchemasPath, c.OpenAPIPath = "", "", ""
	c.CreateHooks = nil
	c.Transformers = []huma.Transformer{told}
	c.Info.Description = "Agreements on behaviour in cyberspace, their numbered principles, and what organizations do about them. " +
		"None recorded does not mean not done. Data under CC BY 4.0. " + aboutLimits()
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"token": {Type: "http", Scheme: "bearer", Description: "An API token of an account, made on the account page."},
	}
	types := c.Components.Schemas
	types.RegisterTypeAlias(reflect.TypeFor[norms.LinkRelation](), reflect.TypeFor[relation]())
	types.RegisterTypeAlias(reflect.TypeFor[norms.LinkProperty](), reflect.TypeFor[property]())
	types.RegisterTypeAlias(reflect.TypeFor[norms.Strength](), reflect.TypeFor[strength]())
	types.RegisterTypeAlias(reflect.TypeFor[norms.Origin](), reflect.TypeFor[origin]())
	return c
}

// describe says in the description what huma cannot know, once all operations
// are there, and gives it as JSON.
func (a *api) describe() []byte {
	doc := a.huma.OpenAPI()
	types := doc.Components.Schemas.Map()
	for _, t := range types {
		listsAreNeverNull(t)
	}
	defer describeEdits(doc.Components.Schemas)()
	describeProposed(types)
	describeBodies(doc, a.bodies, href.API())
	describeImports(doc)
	types["NewLink"].Required = []string{"initiative", "principle", "relation", "rationale", "reason"}
	types["LinkChange"].Required = []string{"reason"}
	types["CitedText"].Required = []string{"text"}
	types["ErrorModel"].Properties["reference"] = &huma.Schema{Type: huma.TypeString, Description: "Number of the request, under which the log has it; the header X-Request-Id says it too."}
	for _, neighbor := range []string{"previous", "next"} {
		p := types["Principle"].Properties
		p[neighbor] = &huma.Schema{OneOf: []*huma.Schema{p[neighbor], {Type: "null"}}}
	}
	assessed := types["AssessmentRow"].Properties
	assessed["answer"] = &huma.Schema{OneOf: []*huma.Schema{assessed["answer"], {Type: "null"}}}
	assessed["relation"] = words(norms.LinkRelations, "")
	link := doc.Paths[href.API()+"/links/{id}"]
	for _, op := range []*huma.Operation{link.Patch, link.Delete} {
		for _, p := range op.Parameters {
			p.Required = p.Name != keyHeader
		}
	}
	body, err := json.Marshal(doc)
	if err != nil {
		panic(err) // the description is the same in every run; a test reads it
	}
	return body
}

// listsAreNeverNull: the store gives empty lists.
func listsAreNeverNull(t *huma.Schema) {
	for _, p := range t.Properties {
		if p.Type == huma.TypeArray {
			p.Nullable = false
		}
	}
}
