package api_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
)

// Filters lead on to what their things are called; those that name nothing are
// refused, field by field.
func TestNamesInFilters(t *testing.T) {
	t.Parallel()
	s := start(t)
	err := pgx.BeginFunc(t.Context(), s.pool, func(tx pgx.Tx) error {
		for _, sql := range []string{
			"select open_changeset('seed', null, 'renamed by a test', '[]', null)",
			"update agreement set slug = 'paris-appeal', version = 2 where slug = 'paris-call'",
		} {
			if _, err := tx.Exec(t.Context(), sql); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for address, to := range map[string]string{
		"/links?agreement=paris-call&limit=1":           "/links?agreement=paris-appeal&limit=1",
		"/links?principle=paris-call/1":                 "/links?principle=paris-appeal%2F1",
		"/links?agreement=paris-appeal&as_of=1":         "/links?agreement=paris-call&as_of=1",
		"/initiatives?agreement=paris-call":             "/initiatives?agreement=paris-appeal",
		"/principles?agreement=paris-call":              "/principles?agreement=paris-appeal",
		"/citations?agreement=paris-call":               "/citations?agreement=paris-appeal",
		"/adherences?agreement=paris-call":              "/adherences?agreement=paris-appeal",
		"/organizations?agreement=paris-call":           "/organizations?agreement=paris-appeal",
		"/coverage?agreement=gcsc&agreement=paris-call": "/coverage?agreement=gcsc&agreement=paris-appeal",
		"/search?agreement=paris-call&q=security":       "/search?agreement=paris-appeal&q=security",
	} {
		if got := s.get(t, address).wants(t, 301).Header().Get("Location"); got != "/api/v1"+to {
			t.Errorf("%s leads to %s, want %s", address, got, to)
		}
		s.get(t, to).wants(t, 200)
	}
	for address, field := range map[string]string{
		"/links?agreement=zzz": "agreement", "/links?initiative=zzz": "initiative", "/citations?source=zzz": "source",
		"/links?principle=gcsc/77": "principle", "/principles?agreement=gcsc&edition=zzz": "edition", "/coverage?organization=zzz": "organization",
		"/search?q=a&agreement=zzz": "agreement", "/adherences?organization=zzz&as_of=1": "organization",
	} {
		if d := cmp.Diff([]string{"query." + field}, s.get(t, address).wants(t, 422).locations()); d != "" {
			t.Errorf("%s (-want +got): %s", address, d)
		}
	}
}
