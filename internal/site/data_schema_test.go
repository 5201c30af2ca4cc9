package site

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dlclark/regexp2"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// The dictionary is held against the official schema, which lies in the folder
// that NORMMAP_FIXTURES names; it is no part of the repository.
func TestTheDictionaryIsADataPackage(t *testing.T) {
	t.Parallel()
	text := unzip(t, newHouse(t, func(d *Deps) { d.PublicURL = "https://norms.example.org" }).get("/data/everything.zip").body)["datapackage.json"]
	folder := os.Getenv("NORMMAP_FIXTURES")
	if folder == "" {
		t.Log("NORMMAP_FIXTURES is not set: the dictionary is only read as JSON")
		if !json.Valid([]byte(text)) {
			t.Error("the dictionary is no JSON")
		}
		return
	}
	compiler := jsonschema.NewCompiler()
	compiler.UseRegexpEngine(perlRegexp)
	schema, err := compiler.Compile(filepath.Join(folder, "schemas", "frictionless", "datapackage-2.0.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := validates(t, schema, text); err != nil {
		t.Errorf("%#v", err)
	}
	for _, broken := range []string{
		strings.Replace(text, `"type": "integer"`, `"type": "number-ish"`, 1),
		strings.Replace(text, `"path": "links.csv"`, `"path": "/links.csv"`, 1),
		strings.Replace(text, `"resources"`, `"tables"`, 1),
	} {
		if broken == text || validates(t, schema, broken) == nil {
			t.Error("the check finds nothing wrong with a broken dictionary")
		}
	}
}

// perlPattern is a regular expression with what the schema uses and package regexp
// has not, such as looking ahead.
type perlPattern struct{ *regexp2.Regexp }

// MatchString implements jsonschema.Regexp.
func (p perlPattern) MatchString(s string) bool {
	matched, err := p.Regexp.MatchString(s)
	return err == nil && matched
}

func perlRegexp(s string) (jsonschema.Regexp, error) {
	re, err := regexp2.Compile(s, regexp2.ECMAScript)
	if err != nil {
		return nil, err
	}
	return perlPattern{re}, nil
}

func validates(t *testing.T, schema *jsonschema.Schema, text string) error {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return schema.Validate(v)
}
