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

var promised = []string{
	"GET /adherences", "GET /agreements", "GET /agreements/{slug}", "GET /changes", "POST /changesets", "GET /changesets/{id}", "GET /citations", "POST /citations/parse",
	"GET /cocitations", "GET /coverage", "GET /crosswalk", "GET /statements", "GET /elements", "GET /elements/{slug}",
	"GET /initiatives", "GET /initiatives/{slug}", "GET /initiatives/{slug}/suggestions", "GET /suggestions", "GET /links", "POST /links", "DELETE /links/{id}", "GET /links/{id}", "PATCH /links/{id}",
	"GET /organizations", "GET /organizations/{slug}", "GET /principles", "GET /principles/{agreement}/{label}",
	"GET /search", "GET /sources", "GET /sources/{slug}", "GET /stats",
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
	byPath := func(a, b string) int {
		_, p, _ := strings.Cut(a, " ")
		_, q, _ := strings.Cut(b, " ")
		return strings.Compare(p+" "+a, q+" "+b)
	}
	slices.SortFunc(got, byPath)
	want := slices.SortedFunc(slices.Values(promised), byPath)
	if d := cmp.Diff(want, got); d != "" {
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
	if writes != (o["security"] != nil) {
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
