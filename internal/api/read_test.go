package api_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"
	"github.com/google/go-cmp/cmp"
)

func TestStats(t *testing.T) {
	t.Parallel()
	s := start(t)
	got := s.get(t, "/stats").wants(t, 200).body
	for field, want := range map[string]float64{
		"initiatives": 17, "references": 29, "citations": 38, "links": 34, "unresolved": 4, "revision": 1,
	} {
		if got[field] != want {
			t.Errorf("%s: %v, want %v", field, got[field], want)
		}
	}
	for _, field := range []string{"agreements", "editions", "principles", "organizations"} {
		if n, _ := got[field].(float64); n < 1 {
			t.Errorf("%s: %v", field, got[field])
		}
	}
}

func TestLists(t *testing.T) {
	t.Parallel()
	s := start(t)
	for address, test := range map[string]struct {
		total  int // -1: any but none
		fields string
	}{
		"/agreements":                      {-1, "slug title short_title legal_nature links"},
		"/principles":                      {-1, "ref agreement edition number title summary addressees links"},
		"/principles?agreement=paris-call": {9, "ref"},
		"/principles?agreement=gcsc&edition=singapore-2018": {6, "ref"},
		"/principles?agreement=paris-call&evidence=none":    {2, "ref"},
		"/organizations":                                      {2, "slug name kind links"},
		"/organizations?q=accord":                             {1, "slug"},
		"/initiatives":                                        {17, "slug title organization principles links"},
		"/initiatives?principle=paris-call/1":                 {10, "slug"},
		"/initiatives?organization=microsoft&agreement=manrs": {0, ""},
		"/links":                        {34, "id initiative principle relation property origin strength rationale citation version"},
		"/links?principle=paris-call/1": {10, "id"},
		"/links?agreement=tech-accord":  {12, "id"},
		"/links?origin=curator":         {0, ""},
		"/links?organization=microsoft&relation=supports&origin=contributor": {34, "id"},
		"/citations":                       {38, "id label resolution principle candidates reference version"},
		"/citations?resolution=ambiguous":  {4, "id"},
		"/citations?resolution=unresolved": {4, "id"},
		"/adherences":                      {-1, "id organization agreement relation via source version"},
		"/adherences?organization=microsoft&agreement=manrs&relation=endorsed": {1, "id"},
		"/elements":                              {10, "slug number title summary yes partly assessed recurrence readings"},
		"/elements?legal_nature=binding&limit=3": {10, "slug"},
		"/elements?space=within_un":              {10, "slug"},
		"/sources":                               {-1, "slug title kind text_held"},
		"/changes":                               {1, "id by reason at rows"},
	} {
		got := s.get(t, address).wants(t, 200)
		total, _ := got.body["total"].(float64)
		if int(total) != test.total && !(test.total == -1 && total > 0) {
			t.Errorf("%s: total %v, want %d", address, got.body["total"], test.total)
		}
		if _, isList := got.body["items"].([]any); !isList {
			t.Errorf("%s: items is %v, want a list", address, got.body["items"])
		}
		if _, hasNext := got.body["next"]; !hasNext || len(got.body) != 3 {
			t.Errorf("%s: wants exactly items, total and next: %v", address, got.body)
		}
		for _, f := range strings.Fields(test.fields) {
			if _, ok := got.items()[0][f]; !ok {
				t.Errorf("%s: items have no %s", address, f)
			}
		}
	}
}

func TestWalkingThroughAList(t *testing.T) {
	t.Parallel()
	s := start(t)
	seen, address := map[any]bool{}, "/links?limit=10"
	for pages := 1; ; pages++ {
		got := s.get(t, address).wants(t, 200)
		for _, l := range got.items() {
			seen[l["id"]] = true
		}
		if got.body["next"] == nil {
			if pages != 4 || len(seen) != 34 {
				t.Errorf("%d links on %d pages, want 34 on 4", len(seen), pages)
			}
			return
		}
		if pages == 4 {
			t.Fatal("the list does not end")
		}
		address = fmt.Sprintf("/links?limit=10&cursor=%s", got.body["next"])
	}
}

func TestOneThing(t *testing.T) {
	t.Parallel()
	s := start(t)
	for address, want := range map[string]map[string]any{
		"/agreements/paris-call":              {"slug": "paris-call"},
		"/elements/human-rights":              {"slug": "human-rights", "number": 9.0, "yes": 3.0, "partly": 1.0, "assessed": 8.0, "recurrence": "several"},
		"/organizations/microsoft":            {"slug": "microsoft"},
		"/sources/microsoft-bpf-2019":         {"slug": "microsoft-bpf-2019", "text_held": false},
		"/principles/paris-call/1":            {"ref": "paris-call/1", "links": 10.0, "edition": "2018"},
		"/principles/gcsc@singapore-2018/5":   {"ref": "gcsc@singapore-2018/5", "number": "5"},
		"/principles/gcsc%40singapore-2018/5": {"ref": "gcsc@singapore-2018/5"},
		"/principles/gcsc/6":                  {"ref": "gcsc/6", "edition": "final-2019", "links": 0.0},
	} {
		got := s.get(t, address).wants(t, 200).body
		for field, value := range want {
			if !cmp.Equal(got[field], value) {
				t.Errorf("%s: %s is %v, want %v", address, field, got[field], value)
			}
		}
		if _, ok := got["$schema"]; ok {
			t.Errorf("%s: a $schema crept in", address)
		}
	}
	slug := s.get(t, "/initiatives").items()[0]["slug"]
	if got := s.get(t, fmt.Sprint("/initiatives/", slug)).wants(t, 200).body["slug"]; got != slug {
		t.Errorf("initiative %v, want %v", got, slug)
	}
}

func TestUnqualifiedLabelOfSeveralCurrentEditions(t *testing.T) {
	t.Parallel()
	got := start(t).get(t, "/principles/manrs/1").wants(t, http.StatusConflict)
	var refs []string
	for _, e := range got.body["errors"].([]any) {
		ref, _, _ := strings.Cut(e.(map[string]any)["message"].(string), ":")
		refs = append(refs, ref)
	}
	slices.Sort(refs)
	want := []string{"manrs@cdn-cloud/1", "manrs@ixps/1", "manrs@network-operators/1", "manrs@vendors/1"}
	if d := cmp.Diff(want, refs); d != "" {
		t.Error(d)
	}
}

func TestHeadAndETag(t *testing.T) {
	t.Parallel()
	s := start(t)
	l := s.get(t, "/links?limit=1").items()[0]
	address := fmt.Sprint("/links/", l["id"])
	want := fmt.Sprintf("\"%v\"", l["version"])
	if got := s.get(t, address).wants(t, 200).Header().Get("ETag"); got != want {
		t.Errorf("ETag %s, want %s", got, want)
	}
	if got := s.ask(t, http.MethodHead, address, "").wants(t, 200).Header().Get("ETag"); got != want {
		t.Errorf("ETag of HEAD %s, want %s", got, want)
	}
}

func TestOuterRouterLearnsTheOperation(t *testing.T) {
	t.Parallel()
	var pattern string
	outer := chi.NewRouter()
	outer.Use(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			next.ServeHTTP(w, r)
			pattern = chi.RouteContext(r.Context()).RoutePattern()
		})
	})
	outer.Mount("/api/v1", start(t))
	w := httptest.NewRecorder()
	outer.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/api/v1/principles/paris-call/1", nil))
	if want := "/api/v1/principles/{agreement}/{label}"; w.Code != 200 || pattern != want {
		t.Errorf("status %d, route %s, want %s", w.Code, pattern, want)
	}
}

// Lists of a thing are given a few rows at a time, with their number, and go on
// from where they say.
func TestTheListsOfAThingGoOn(t *testing.T) {
	t.Parallel()
	s := start(t)
	s.owner(t, `begin;
select open_changeset('seed', null, 'several', '[]', null);
insert into statement (kind, title, principle_id, organization_id, stance, summary, source_id, version)
select 'position', 'Position ' || g, p.id, o.id, 'for', 'A position.', s.id, current_setting('normmap.changeset')::bigint
from principle_name p, organization o, source s, generate_series(1, 7) g
where p.ref = 'paris-call/1' and o.slug = 'microsoft' and s.slug = 'microsoft-bpf-2019';
commit`)
	const address = "/principles/paris-call/1"
	first := s.get(t, address).wants(t, 200).body
	more := first["more"].(map[string]any)
	next, _ := more["next"].(map[string]any)["statements"].(string)
	if total := more["totals"].(map[string]any)["statements"]; len(first["statements"].([]any)) != 5 || total != 7.0 || next == "" {
		t.Fatalf("statements: %v, %v", first["statements"], more)
	}
	rest := s.get(t, address+"?part=statements&cursor="+next).wants(t, 200).body
	if n := len(rest["statements"].([]any)); n != 2 {
		t.Errorf("%d more statements, want 2", n)
	}
	if all := s.get(t, address+"?part=statements").wants(t, 200).body; len(all["statements"].([]any)) != 7 {
		t.Errorf("all at once: %v", all["statements"])
	}
	s.get(t, address+"?part=nope").wants(t, 422)
	for thing, part := range map[string]string{"/organizations/microsoft": "statements", "/sources/microsoft-bpf-2019": "initiatives", "/agreements/paris-call": "adherences"} {
		first := s.get(t, thing+"?limit=1").wants(t, 200).body
		more := first["more"].(map[string]any)
		next, _ := more["next"].(map[string]any)[part].(string)
		rest := s.get(t, thing+"?limit=200&part="+part+"&cursor="+next).wants(t, 200).body
		if all := more["totals"].(map[string]any)[part].(float64); next == "" || all < 2 || len(first[part].([]any)) != 1 || len(rest[part].([]any)) != int(all)-1 {
			t.Errorf("%s: of %v %s there are %d after %q", thing, all, part, len(rest[part].([]any)), next)
		}
		s.get(t, thing+"?part=nope").wants(t, 422)
	}
}
