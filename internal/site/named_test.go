package site

import (
	"net/http"
	"testing"

	"github.com/jackc/pgx/v5"
)

// renameThings gives an agreement and an organization other slugs, as the
// second changeset.
func (h *house) renameThings() {
	h.t.Helper()
	err := pgx.BeginFunc(h.t.Context(), h.pool, func(tx pgx.Tx) error {
		for _, sql := range []string{
			"select open_changeset('seed', null, 'renamed by a test', '[]', null)",
			"update agreement set slug = 'paris-appeal', version = 2 where slug = 'paris-call'",
			"update organization set slug = 'msft', version = 2 where slug = 'microsoft'",
		} {
			if _, err := tx.Exec(h.t.Context(), sql); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		h.t.Fatal(err)
	}
}

// A list, a matrix and a search lead on to what the things of their filter are
// called, in the same form and at the same time.
func TestFiltersFollowRenamedThings(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.renameThings()
	for address, want := range map[string]string{
		"/initiatives?organization=microsoft&q=a+b":                      "/initiatives?organization=msft&q=a+b",
		"/initiatives.json?organization=microsoft":                       "/initiatives.json?organization=msft",
		"/initiatives.csv?principle=paris-call/1":                        "/initiatives.csv?principle=paris-appeal%2F1",
		"/initiatives?agreement=paris-call&organization=microsoft":       "/initiatives?agreement=paris-appeal&organization=msft",
		"/initiatives?organization=msft&as_of=1":                         "/initiatives?as_of=1&organization=microsoft",
		"/organizations?agreement=paris-call":                            "/organizations?agreement=paris-appeal",
		"/coverage?agreement=gcsc&agreement=paris-call&by=organization":  "/coverage?agreement=gcsc&agreement=paris-appeal&by=organization",
		"/coverage.csv?by=stakeholder_group&organization=microsoft":      "/coverage.csv?by=stakeholder_group&organization=msft",
		"/coverage.json?agreement=paris-appeal&as_of=1":                  "/coverage.json?agreement=paris-call&as_of=1",
		"/search?agreement=paris-call&q=security":                        "/search?agreement=paris-appeal&q=security",
		"/search.json?organization=microsoft&q=paris+call+5":             "/search.json?organization=msft&q=paris+call+5",
		"/changes?agreement=paris-call&happened_since=2001":              "/changes?agreement=paris-appeal&happened_since=2001",
		"/search.json?agreement=paris-appeal&as_of=1&q=security&limit=1": "/search.json?agreement=paris-call&as_of=1&limit=1&q=security",
	} {
		h.get(address).leads(http.StatusMovedPermanently, want)
		h.get(want).status(http.StatusOK)
	}
}

func TestFiltersThatNameNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for address, says := range map[string]string{
		"/initiatives?organization=nope":                     "no organization &#34;nope&#34; is recorded",
		"/initiatives.csv?agreement=nope":                    `no agreement "nope" is recorded`,
		"/initiatives.json?principle=paris-call/77":          `no principle \"paris-call/77\" is recorded`,
		"/organizations?agreement=nope":                      "no agreement &#34;nope&#34; is recorded",
		"/coverage.json?agreement=nope":                      `no agreement \"nope\" is recorded`,
		"/coverage.json?agreement=gcsc&agreement=nope":       `no agreement \"nope\" is recorded`,
		"/coverage.json?organization=nope":                   `no organization \"nope\" is recorded`,
		"/coverage?by=stakeholder_group&organization=nope":   "no organization &#34;nope&#34; is recorded",
		"/coverage.json?agreement=gcsc&edition=nope":         `no edition \"nope\" is recorded`,
		"/coverage.json?agreement=gcsc&edition=nope&as_of=1": `no edition \"nope\" is recorded`,
		"/search.json?q=a&agreement=nope":                    `no agreement \"nope\" is recorded`,
		"/search?q=paris+call+5&organization=nope":           "no organization &#34;nope&#34; is recorded",
		"/changes?happened_since=2001&agreement=nope":        "no agreement &#34;nope&#34; is recorded",
		"/initiatives.json?agreement=nope&as_of=1":           `no agreement \"nope\" is recorded`,
	} {
		h.get(address).status(http.StatusUnprocessableEntity).says(says)
		if n := len(h.queries.take()); n > maxStatements {
			t.Errorf("%s runs %d statements", address, n)
		}
	}
}
