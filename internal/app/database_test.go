package app

import (
	"net/url"
	"testing"
)

func TestOfSeveralServersTheOneThatTakesChangesIsMeant(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"postgres://u@db/x":                                  "",
		"postgres://u@one,two:5433/x":                        "read-write",
		"postgres://u@one:5432,two:5433/x?sslmode=disable":   "read-write",
		"postgres:///x?host=/run/one,/run/two&port=1,2":      "read-write",
		"postgres:///x?host=/run/one":                        "",
		"postgres://u@one,two/x?target_session_attrs=any":    "any",
		"postgresql://u@one,two/x?target_session_attrs=prim": "prim",
	} {
		got, err := writable(address)
		if err != nil {
			t.Errorf("%s: %v", address, err)
			continue
		}
		u, err := url.Parse(got)
		if err != nil || u.Query().Get("target_session_attrs") != want {
			t.Errorf("%s became %s, %v", address, got, err)
		}
	}
}
