package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// promised is what can be asked of each address.
var promised = map[string]string{
	"/adherences": "GET POST", "/adherences/{id}": "GET PUT DELETE",
	"/agreements": "GET", "/agreements/{slug}": "GET PUT DELETE",
	"/agreements/{agreement}/editions/{edition}": "GET PUT DELETE",
	"/assessments": "POST", "/assessments/{id}": "GET PUT DELETE", "/assessments/{id}/answer": "PUT",
	"/changes": "GET", "/changesets": "POST", "/changesets/{id}": "GET",
	"/citations": "GET", "/citations/{id}": "GET", "/citations/{id}/resolution": "PUT", "/citations/parse": "POST",
	"/coverage": "GET",
	"/elements": "GET", "/elements/{slug}": "GET PUT DELETE", "/element-readings": "POST", "/element-readings/{id}": "GET PUT DELETE",
	"/events": "POST", "/events/{id}": "GET PUT DELETE", "/facts": "POST", "/facts/{id}": "GET PUT DELETE",
	"/imports": "POST", "/initiatives": "GET", "/initiatives/{slug}": "GET PUT DELETE",
	"/links": "GET POST", "/links/{id}": "GET PUT PATCH DELETE",
	"/numberings": "POST", "/numberings/{id}": "GET PUT DELETE",
	"/organizations": "GET", "/organizations/{slug}": "GET PUT DELETE",
	"/proposals": "POST", "/proposals/{id}": "GET",
	"/principles": "GET", "/principles/{agreement}/{label}": "GET PUT DELETE",
	"/cocitations": "GET", "/crosswalk": "GET POST", "/crosswalk/{id}": "GET PUT DELETE", "/statements": "GET POST", "/statements/{id}": "GET PUT DELETE",
	"/initiatives/{slug}/suggestions": "GET", "/suggestions": "GET", "/search": "GET", "/sources": "GET", "/sources/{slug}": "GET PUT DELETE", "/stats": "GET",
}

func TestDescription(t *testing.T) {
	t.Parallel()
	doc := start(t).get(t, "/openapi.json").wants(t, 200).body
	if v, _ := doc["openapi"].(string); !regexp.MustCompile(`^3\.1\.\d+$`).MatchString(v) {
		t.Errorf("openapi %q, want 3.1", v)
	}
	info := doc["info"].(map[string]any)
	if info["title"] == "" || info["version"] != "test" {
		t.Errorf("info: %v", info)
	}
	var got []string
	ids := map[any]bool{}
	for path, item := range doc["paths"].(map[string]any) {
		for method, op := range item.(map[string]any) {
			name := strings.ToUpper(method) + " " + strings.TrimPrefix(path, "/api/v1")
			got = append(got, name)
			o := op.(map[string]any)
			ids[o["operationId"]] = true
			checkOperation(t, name, path, o)
		}
	}
	var want []string
	for path, methods := range promised {
		for method := range strings.FieldsSeq(methods) {
			want = append(want, method+" "+path)
		}
	}
	if d := cmp.Diff(sorted(want), sorted(got)); d != "" {
		t.Error(d)
	}
	if len(ids) != len(got) {
		t.Error("operationIds are not unique")
	}
	checkReferences(t, doc)
}

func checkOperation(t *testing.T, name, path string, o map[string]any) {
	if o["summary"] == nil || o["operationId"] == nil || o["tags"] == nil {
		t.Errorf("%s: no summary, operationId or tags", name)
	}
	responses := o["responses"].(map[string]any)
	for _, status := range []string{"400", "500", "503"} {
		r, _ := responses[status].(map[string]any)
		content, _ := r["content"].(map[string]any)
		if r["description"] == nil || content["application/problem+json"] == nil {
			t.Errorf("%s: status %s is not described as a problem document", name, status)
		}
	}
	inPath := map[string]bool{}
	parameters, _ := o["parameters"].([]any)
	for _, p := range parameters {
		p := p.(map[string]any)
		if p["schema"] == nil || p["description"] == nil {
			t.Errorf("%s: parameter %v is not described", name, p["name"])
		}
		if p["in"] == "path" {
			inPath[fmt.Sprint("{", p["name"], "}")] = p["required"] == true
		}
	}
	for _, part := range strings.Split(path, "/") {
		if strings.HasPrefix(part, "{") && !inPath[part] {
			t.Errorf("%s: %s is no required parameter", name, part)
		}
	}
	writes := !strings.HasPrefix(name, http.MethodGet) && path != "/api/v1/citations/parse"
	if writes = writes || path == "/api/v1/proposals/{id}"; writes != (o["security"] != nil) {
		t.Errorf("%s: security %v", name, o["security"])
	}
}

// checkReferences looks every $ref up.
func checkReferences(t *testing.T, doc map[string]any) {
	raw, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	schemas := doc["components"].(map[string]any)["schemas"].(map[string]any)
	for _, m := range regexp.MustCompile(`"\$ref":"#/components/schemas/([^"]+)"`).FindAllStringSubmatch(string(raw), -1) {
		if schemas[m[1]] == nil {
			t.Errorf("nothing is called %s", m[1])
		}
	}
	required := schemas["NewLink"].(map[string]any)["required"]
	if d := cmp.Diff([]any{"initiative", "principle", "relation", "rationale", "reason"}, required); d != "" {
		t.Errorf("required to add a link: %s", d)
	}
}

func TestNothingElseIsServed(t *testing.T) {
	t.Parallel()
	s := start(t)
	for _, address := range []string{"/docs", "/openapi.yaml", "/openapi-3.0.json", "/schemas/NewLink.json", "", "/"} {
		s.get(t, address).wants(t, http.StatusNotFound)
	}
}

func sorted(list []string) []string { return slices.Sorted(slices.Values(list)) }
