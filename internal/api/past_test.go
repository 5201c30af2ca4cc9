package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/pgtest"
)

// apply writes edits as an editor.
func (s *service) apply(t testing.TB, edits ...norms.Edit) {
	t.Helper()
	a, err := s.store.AddAccount(t.Context(), pgtest.Slug(t)+"@example.org", "Grace", account.Editor)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.store.Apply(t.Context(), a.Actor(), "for a test", edits); err != nil {
		t.Fatal(err)
	}
}

func curated(principle string) norms.PutLink {
	return norms.PutLink{Initiative: "microsoft-cvd-policy", Principle: principle, Relation: "supports", Origin: "curator", Rationale: "It keeps finders safe."}
}

// reading is every read that takes no name, and some that do.
var reading = []string{
	"/stats", "/agreements", "/principles?agreement=paris-call", "/organizations", "/initiatives?principle=paris-call/8", "/sources", "/adherences",
	"/citations?resolution=unresolved", "/links?principle=paris-call/8", "/changes", "/agreements/paris-call", "/principles/paris-call/8",
	"/initiatives/microsoft-cvd-policy", "/organizations/microsoft", "/sources/microsoft-bpf-2019", "/links/1", "/search?q=security+or+Grace",
	"/coverage?agreement=paris-call", "/elements",
}

// What every read says as of a revision is what it said at that revision.
func TestReadsOfThePast(t *testing.T) {
	t.Parallel()
	s := start(t)
	dumps := map[string]map[string]any{}
	for rev := 1; rev <= 3; rev++ {
		for _, address := range reading {
			dumps[fmt.Sprint(rev, address)] = s.get(t, address).wants(t, 200).body
		}
		s.apply(t, curated(fmt.Sprintf("paris-call/%d", rev+6)))
	}
	different := 0
	for rev := 1; rev <= 3; rev++ {
		for _, address := range reading {
			got := s.get(t, with(address, fmt.Sprint("as_of=", rev))).wants(t, 200)
			if d := cmp.Diff(dumps[fmt.Sprint(rev, address)], got.body); d != "" {
				t.Errorf("%s as of %d (-then +now): %s", address, rev, d)
			}
			if _, err := http.ParseTime(got.Header().Get("Memento-Datetime")); err != nil {
				t.Errorf("%s: Memento-Datetime: %v", address, err)
			}
			if !cmp.Equal(got.body, s.get(t, address).body) {
				different++
			}
		}
	}
	if different < 10 {
		t.Errorf("only %d answers differ from the present: the check sees nothing", different)
	}
	if got := s.get(t, "/stats").Header().Get("Memento-Datetime"); got != "" {
		t.Errorf("the present is dated %s", got)
	}
}

func with(address, parameter string) string {
	if strings.Contains(address, "?") {
		return address + "&" + parameter
	}
	return address + "?" + parameter
}

// Every read takes as_of, by the description; a day and an instant, too.
func TestEveryReadTakesAsOf(t *testing.T) {
	t.Parallel()
	s := start(t)
	for path, item := range s.get(t, "/openapi.json").wants(t, 200).body["paths"].(map[string]any) {
		for method, op := range item.(map[string]any) {
			if path == "/api/v1/proposals/{id}" {
				continue // is no part of the record
			}
			takes := false
			parameters, _ := op.(map[string]any)["parameters"].([]any)
			for _, p := range parameters {
				takes = takes || p.(map[string]any)["name"] == "as_of"
			}
			if takes != (method == "get") {
				t.Errorf("%s %s takes as_of: %v", method, path, takes)
			}
			if method == "get" {
				s.answersThePast(t, path)
			}
		}
	}
	for _, asked := range []string{time.Now().UTC().Format(time.DateOnly), time.Now().UTC().Format(time.RFC3339Nano), "1"} {
		got := s.get(t, "/stats?as_of="+asked).wants(t, 200)
		if got.body["revision"] != 1.0 {
			t.Errorf("as of %s: revision %v", asked, got.body["revision"])
		}
	}
}

// answersThePast fails the test unless a read takes as_of at its word.
func (s *service) answersThePast(t *testing.T, path string) {
	t.Helper()
	path = strings.NewReplacer("{slug}", "nobody", "{id}", "1", "{ref}", "nobody/1").Replace(strings.TrimPrefix(path, "/api/v1"))
	s.get(t, path+"?as_of=banana").wants(t, 400)
	if got := s.get(t, path+"?as_of=99").wants(t, 404).body["detail"]; !strings.Contains(fmt.Sprint(got), "no revision 99") {
		t.Errorf("%s as of a revision that is not there: %v", path, got)
	}
}

func TestAsksAboutThePastThatHaveNoAnswer(t *testing.T) {
	t.Parallel()
	s := start(t)
	for asked, status := range map[string]int{"yesterday": 400, "": 400, "0": 400, "2": 404, "2001-09-09": 404, "2999-01-01": 404, "1&as_of=1": 400} {
		for _, address := range []string{"/stats", "/links", "/principles/paris-call/1", "/agreements/paris-call", "/links/1"} {
			s.get(t, with(address, "as_of="+asked)).wants(t, status)
		}
	}
	if got := s.get(t, "/stats?as_of=2").body["detail"].(string); !strings.Contains(got, "no revision 2") {
		t.Error(got)
	}
	key := s.token(t, account.Editor)
	for _, write := range []struct{ method, address, body string }{
		{http.MethodPost, "/links?as_of=1", `{"reason":"x"}`}, {http.MethodPatch, "/links/1?as_of=1", `{"reason":"x"}`},
		{http.MethodDelete, "/links/1?reason=x&as_of=1", ""}, {http.MethodPost, "/citations/parse?as_of=1", `{"text":"x"}`},
	} {
		got := s.ask(t, write.method, write.address, write.body, "Authorization", "Bearer "+key).wants(t, 422)
		if d := cmp.Diff([]string{"query.as_of"}, got.locations()); d != "" {
			t.Errorf("%s %s: %s", write.method, write.address, d)
		}
	}
}

// What had another slug then is found under that; what was not there yet is
// not found; what was withdrawn since is still there.
func TestThingsOfThePast(t *testing.T) {
	t.Parallel()
	s := start(t)
	s.apply(t, curated("paris-call/8"))
	id := s.get(t, "/links?principle=paris-call/8").items()[0]["id"]
	link := fmt.Sprint("/links/", id)
	s.get(t, link+"?as_of=1").wants(t, 404)
	version := s.get(t, link).Header().Get("ETag")
	key := s.token(t, account.Editor)
	s.ask(t, http.MethodDelete, link+"?reason=x", "", "Authorization", "Bearer "+key, "If-Match", version).wants(t, 204)
	s.get(t, link).wants(t, 410)
	if got := s.get(t, link+"?as_of=2").wants(t, 200).Header().Get("ETag"); got != version {
		t.Errorf("version %s then, want %s", got, version)
	}
	tx, err := s.pool.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, sql := range []string{`select open_changeset('seed', null, 'renamed by a test', '[]', null)`, `update organization set slug = 'msft', version = 4 where slug = 'microsoft'`} {
		if _, err := tx.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	for address, to := range map[string]string{
		"/organizations/microsoft": "/organizations/msft", "/organizations/msft?as_of=3": "/organizations/microsoft?as_of=3",
	} {
		if got := s.get(t, address).wants(t, 301).Header().Get("Location"); got != "/api/v1"+to {
			t.Errorf("%s leads to %s", address, got)
		}
	}
	s.get(t, "/organizations/microsoft?as_of=3").wants(t, 200)
	s.get(t, "/organizations/msft?as_of=4").wants(t, 200)
}

func TestChangesAreFiltered(t *testing.T) {
	t.Parallel()
	s := start(t)
	s.apply(t, curated("paris-call/8"))
	s.apply(t, curated("gcsc/1"))
	for query, want := range map[string]float64{
		"?thing=agreement/paris-call": 2, "?thing=agreement/gcsc&since=1": 1, "?kind=link&since=1&until=2": 1, "?by=Grace": 2, "?since=2&as_of=2": 0, "": 3,
	} {
		if got := s.get(t, "/changes"+query).wants(t, 200).body["total"]; got != want {
			t.Errorf("%s: %v, want %v", query, got, want)
		}
	}
	s.get(t, "/changes?since=x").wants(t, 422)
	s.get(t, "/changes?until=3&as_of=2").wants(t, 404)
	s.get(t, "/changes?thing=agreement/nobody").wants(t, 404)
}
