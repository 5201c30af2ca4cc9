package api_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"normmap/internal/account"
	"normmap/internal/api"
	"normmap/internal/norms"
)

func TestRefusedReads(t *testing.T) {
	t.Parallel()
	s := start(t)
	for address, want := range map[string]struct {
		status   int
		location string
	}{
		"/nowhere":                      {404, ""},
		"/agreements/nowhere":           {404, ""},
		"/organizations/nowhere":        {404, ""},
		"/principles/nowhere/1":         {404, ""},
		"/principles/paris-call/77":     {404, ""},
		"/principles/paris-call@1999/1": {404, ""},
		"/links/999999":                 {404, ""},
		"/links/word":                   {422, "path.id"},
		"/links?relation=loves":         {422, "query.relation"},
		"/links?principle=paris-call":   {422, "query.principle"},
		"/links?agreement=Paris%20Call": {422, "query.agreement"},
		"/links?limit=0":                {422, "query.limit"},
		"/links?limit=many":             {422, "query.limit"},
		"/links?sort=title":             {422, "query.sort"},
		"/links?cursor=yesterday":       {400, ""},
		"/principles?evidence=some":     {422, "query.evidence"},
		"/initiatives?q=%ff":            {400, ""},
		"/initiatives?q=%00":            {400, ""},
		"/organizations/%ff":            {400, ""},
	} {
		got := s.get(t, address).wants(t, want.status)
		if l := strings.Join(got.locations(), " "); l != want.location {
			t.Errorf("%s: names %q, want %q", address, l, want.location)
		}
	}
}

func TestMethodThatAnAddressDoesNotTake(t *testing.T) {
	t.Parallel()
	s := start(t)
	got := s.ask(t, http.MethodDelete, "/stats", "").wants(t, http.StatusMethodNotAllowed)
	if allow := got.Header().Get("Allow"); allow != "GET, HEAD" {
		t.Errorf("Allow: %s", allow)
	}
}

func TestRenamedAndWithdrawnThings(t *testing.T) {
	t.Parallel()
	s := start(t)
	owner, err := pgx.Connect(t.Context(), s.url)
	if err != nil {
		t.Fatal(err)
	}
	defer owner.Close(t.Context())
	if _, err := owner.Exec(t.Context(), `insert into address (kind, slug, id) select 'organization', 'msft', id from organization where slug = 'microsoft'`); err != nil {
		t.Fatal(err)
	}
	got := s.get(t, "/organizations/msft").wants(t, http.StatusMovedPermanently)
	if to := got.Header().Get("Location"); to != "/api/v1/organizations/microsoft" {
		t.Errorf("Location: %s", to)
	}
	by := account.SeedFiles()
	id := s.get(t, "/links?limit=1").items()[0]
	put := norms.PutLink{Initiative: id["initiative"].(string), Principle: "paris-call/8", Relation: "supports", Origin: "curator", Rationale: "because"}
	done, err := s.store.Apply(t.Context(), by, "test", []norms.Edit{put})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.store.Apply(t.Context(), by, "test", []norms.Edit{norms.WithdrawLink{ID: done.IDs[0], Version: done.Revision}}); err != nil {
		t.Fatal(err)
	}
	got = s.get(t, fmt.Sprint("/links/", done.IDs[0])).wants(t, http.StatusGone)
	if detail := got.body["detail"].(string); !strings.Contains(detail, "changeset 3") {
		t.Errorf("gone, but not how: %s", detail)
	}
}

func TestDatabaseIsAway(t *testing.T) {
	t.Parallel()
	s := start(t)
	s.pool.Close()
	got := s.get(t, "/stats").wants(t, http.StatusServiceUnavailable)
	if got.Header().Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
	got = s.ask(t, http.MethodPost, "/links", "{}", "Authorization", "Bearer nte_"+strings.Repeat("A", 43))
	got.wants(t, http.StatusServiceUnavailable)
}

func TestFaultsAreHiddenBehindAReference(t *testing.T) {
	t.Parallel()
	s := start(t)
	owner, err := pgx.Connect(t.Context(), s.url)
	if err != nil {
		t.Fatal(err)
	}
	defer owner.Close(t.Context())
	if _, err := owner.Exec(t.Context(), `alter table link rename to lost`); err != nil {
		t.Fatal(err)
	}
	got := s.get(t, "/links").wants(t, http.StatusInternalServerError)
	ref, _ := got.body["reference"].(string)
	if ref == "" || !strings.Contains(s.log.String(), ref) || !strings.Contains(s.log.String(), "does not exist") {
		t.Errorf("reference %q, log %q", ref, s.log)
	}
	if strings.Contains(got.Body.String(), "relation") {
		t.Errorf("the fault is told: %s", got.Body)
	}
	var noted []error
	s.log.Reset()
	s.Handler = api.New(api.Deps{Store: s.store, Log: slog.New(slog.NewTextHandler(s.log, nil)), Now: time.Now, Fault: func(_ context.Context, err error) bool {
		noted = append(noted, err)
		return true
	}})
	s.get(t, "/links").wants(t, http.StatusInternalServerError)
	if len(noted) != 1 || s.log.Len() != 0 {
		t.Errorf("noted %v, log %q", noted, s.log)
	}
}

func TestBodiesOfOtherTypes(t *testing.T) {
	t.Parallel()
	s := start(t)
	for kind, want := range map[string]int{
		"application/json": 200, "application/json; charset=utf-8": 200, "application/json; charset=latin1": 415,
		"text/plain": 415, "application/x-www-form-urlencoded": 415, "multipart/form-data; boundary=x": 415, "nonsense": 415,
	} {
		s.ask(t, http.MethodPost, "/citations/parse", `{"text":"x"}`, "Content-Type", kind).wants(t, want)
	}
}

func TestBodiesThatCannotBeRead(t *testing.T) {
	t.Parallel()
	s := start(t)
	for body, want := range map[string]struct {
		status   int
		location []string
	}{
		`{`:                              {400, []string{"body"}},
		`[]`:                             {422, []string{"body"}},
		`null`:                           {422, []string{"body"}},
		`{"text":1}`:                     {422, []string{"body.text"}},
		`{}`:                             {422, []string{"body.text"}},
		`{"text":"x","size":1}`:          {422, []string{"body.size"}},
		`{"text":"x","date":"tomorrow"}`: {422, []string{"body.date"}},
	} {
		got := s.ask(t, http.MethodPost, "/citations/parse", body).wants(t, want.status)
		if d := cmp.Diff(want.location, got.locations()); d != "" {
			t.Errorf("%s: %s", body, d)
		}
		if strings.Contains(got.Body.String(), `"value"`) {
			t.Errorf("%s is echoed: %s", body, got.Body)
		}
	}
	s.ask(t, http.MethodPost, "/citations/parse", "").wants(t, http.StatusBadRequest)
}
