package schema

import (
	"strings"
	"testing"
)

func TestServersWithoutTheExtensionsAreToldSo(t *testing.T) {
	t.Parallel()
	trgm := extension{Name: "pg_trgm", Available: true}
	for want, unaccent := range map[string]extension{
		"":                                {Name: "unaccent", Available: true, Schema: "public"},
		"has no unaccent":                 {Name: "unaccent"},
		"extension unaccent set schema p": {Name: "unaccent", Available: true, Schema: "tools"},
	} {
		err := extensionProblem([]extension{trgm, unaccent})
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v, want %q", unaccent, err, want)
		}
	}
}
