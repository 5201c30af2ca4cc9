package api_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"normmap/internal/api"
)

// contract is the published description, against which every answer that a
// test gets is held, and every body that was accepted.
type contract struct {
	mu       sync.Mutex
	doc      map[string]any
	compiler *jsonschema.Compiler
	paths    map[string]*regexp.Regexp
}

const described = "https://normmap.example/openapi.json"

// published is the description, read once: it is the same in every test.
var published = sync.OnceValues(func() (*contract, error) {
	h := api.New(api.Deps{Log: slog.New(slog.DiscardHandler), Build: "test", Now: time.Now})
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/api/v1/openapi.json", nil))
	doc, err := jsonschema.UnmarshalJSON(rec.Body)
	if err != nil {
		return nil, err
	}
	c := &contract{doc: doc.(map[string]any), compiler: jsonschema.NewCompiler(), paths: map[string]*regexp.Regexp{}}
	for path := range c.doc["paths"].(map[string]any) {
		pattern := regexp.MustCompile(`\\\{[a-z]+\\\}`).ReplaceAllString(regexp.QuoteMeta(path), `[^/]+`)
		c.paths[path] = regexp.MustCompile("^" + pattern + "$")
	}
	return c, c.compiler.AddResource(described, doc)
})

// operation finds what was asked for; the path without parameters wins.
func (c *contract) operation(r *http.Request) (pointer string, op map[string]any) {
	for path, pattern := range c.paths {
		item := c.doc["paths"].(map[string]any)[path].(map[string]any)
		method := strings.ToLower(r.Method)
		found, ok := item[method].(map[string]any)
		if !ok || !pattern.MatchString(r.URL.EscapedPath()) || op != nil && strings.Contains(path, "{") {
			continue
		}
		pointer, op = "#/paths/"+strings.NewReplacer("~", "~0", "/", "~1", "{", "%7B", "}", "%7D").Replace(path)+"/"+method, found
	}
	return pointer, op
}

// fits says what is wrong with a JSON text by the schema at a pointer.
func (c *contract) fits(pointer string, body []byte) error {
	c.mu.Lock()
	schema, err := c.compiler.Compile(described + pointer)
	c.mu.Unlock()
	if err != nil {
		return err
	}
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(string(body)))
	if err != nil {
		return err
	}
	return schema.Validate(value)
}

// breach says how an answer breaks the description; nil when it does not, or
// when nothing is described at that address.
func (c *contract) breach(r *http.Request, sent string, rec *httptest.ResponseRecorder) error {
	pointer, op := c.operation(r)
	if op == nil {
		return nil
	}
	answer, ok := op["responses"].(map[string]any)[fmt.Sprint(rec.Code)].(map[string]any)
	if !ok {
		return fmt.Errorf("the status %d is not described", rec.Code)
	}
	if rec.Code < 300 && sent != "" && json.Valid([]byte(sent)) {
		if err := c.fits(pointer+"/requestBody/content/application~1json/schema", []byte(sent)); err != nil {
			return fmt.Errorf("what was accepted is not described: %w", err)
		}
	}
	content, _ := answer["content"].(map[string]any)
	kind, _, _ := strings.Cut(rec.Header().Get("Content-Type"), ";")
	switch {
	case rec.Body.Len() == 0 && content == nil:
		return nil
	case content[kind] == nil:
		return fmt.Errorf("the type %q is not described for the status %d", kind, rec.Code)
	}
	escaped := strings.NewReplacer("~", "~0", "/", "~1", "+", "%2B").Replace(kind)
	return c.fits(fmt.Sprintf("%s/responses/%d/content/%s/schema", pointer, rec.Code, escaped), rec.Body.Bytes())
}

// holds fails the test when an answer breaks the description.
func holds(t testing.TB, r *http.Request, sent string, rec *httptest.ResponseRecorder) {
	t.Helper()
	c, err := published()
	if err == nil {
		err = c.breach(r, sent, rec)
	}
	if err != nil {
		t.Errorf("%s %s: %v\n%.1000s", r.Method, r.URL, err, rec.Body)
	}
}

// The check must see what is not described.
func TestBreachesAreSeen(t *testing.T) {
	t.Parallel()
	c, err := published()
	if err != nil {
		t.Fatal(err)
	}
	answer := func(status int, kind, body string) *httptest.ResponseRecorder {
		rec := httptest.NewRecorder()
		rec.Header().Set("Content-Type", kind)
		rec.WriteHeader(status)
		_, _ = rec.WriteString(body)
		return rec
	}
	stats := httptest.NewRequest(http.MethodGet, "/api/v1/stats", nil)
	for name, rec := range map[string]*httptest.ResponseRecorder{
		"status": answer(418, "application/problem+json", `{}`),
		"type":   answer(200, "text/plain", `{}`),
		"field":  answer(200, "application/json", `{"agreements":"many"}`),
		"body":   answer(503, "application/problem+json", `[]`),
	} {
		if c.breach(stats, "", rec) == nil {
			t.Errorf("%s: not seen", name)
		}
	}
	post := httptest.NewRequest(http.MethodPost, "/api/v1/changesets", nil)
	done := `{"revision":2,"written":1,"ids":[1],"conflicts":[]}`
	if err := c.breach(post, `{"reason":"x","edits":[{"edit":"withdraw_link","with":{"id":1,"version":1}}]}`, answer(201, "application/json", done)); err != nil {
		t.Errorf("a good one: %v", err)
	}
	if c.breach(post, `{"reason":"x","edits":[{"edit":"withdraw_link","with":{"name":1}}]}`, answer(201, "application/json", done)) == nil {
		t.Error("a request that is not described: not seen")
	}
}
