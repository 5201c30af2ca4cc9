package api_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"normmap/internal/account"
	"normmap/internal/api"
	"normmap/internal/contribution"
	"normmap/internal/document"
	"normmap/internal/pgtest"
	"normmap/internal/store"
	"normmap/internal/store/postgres"
)

// childCommand makes the test binary the child that reads spreadsheets.
const childCommand = "read-document"

func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == childCommand {
		if err := document.Child(os.Stdin, os.Stdout); err != nil {
			os.Exit(1)
		}
		os.Exit(0)
	}
	pgtest.Main(m)
}

// documents are read in children, as a program does.
func documents() document.Reader {
	limits := document.DefaultLimits()
	limits.Memory = 1 << 50 // the race detector lays claim to most of the address space
	return document.Reader{Limits: limits, Command: func(ctx context.Context) *exec.Cmd { return exec.CommandContext(ctx, os.Args[0], childCommand) }}
}

// service is the interface on a database of its own with the seeds in it.
type service struct {
	http.Handler
	store *store.Store
	pool  *pgxpool.Pool
	url   string        // of the database, as its owner
	log   *bytes.Buffer // read only when no request is under way

	secret string // of the one account that a test needs
}

func start(t testing.TB) *service {
	t.Helper()
	return startWith(t, contribution.NewTurns(2, time.Minute))
}

func startWith(t testing.TB, turns *contribution.Turns) *service {
	t.Helper()
	s := &service{log: &bytes.Buffer{}, url: pgtest.Founding(t)}
	var err error
	if s.pool, err = postgres.Open(t.Context(), s.url); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.pool.Close)
	past, err := postgres.OpenPast(t.Context(), s.url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(past.Close)
	s.store = store.New(s.pool).WithPast(past)
	s.Handler = api.New(api.Deps{Store: s.store, Log: slog.New(slog.NewTextHandler(s.log, nil)), Build: "test", Now: time.Now,
		Contributions: contribution.Reader{Documents: documents(), Turns: turns}})
	return s
}

// token makes an account with a role and a token that acts for it.
func (s *service) token(t testing.TB, role account.Role) string {
	t.Helper()
	return s.scoped(t, role, "propose publish")
}

func (s *service) scoped(t testing.TB, role account.Role, scopes account.Scopes) string {
	t.Helper()
	a, err := s.store.AddAccount(t.Context(), pgtest.Slug(t)+"@example.org", "Ada", role)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := s.store.AddToken(t.Context(), a.ID, account.Grant{Name: "test", Scopes: scopes, Life: time.Hour}, rand.Reader, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return secret
}

// owner runs a statement as the database's owner.
func (s *service) owner(t testing.TB, sql string) {
	t.Helper()
	c, err := pgx.Connect(t.Context(), s.url)
	if err == nil {
		_, err = c.Exec(t.Context(), sql)
		err = errors.Join(err, c.Close(t.Context()))
	}
	if err != nil {
		t.Fatal(err)
	}
}

func (s *service) count(t testing.TB, sql string) (n int) {
	t.Helper()
	if err := s.pool.QueryRow(t.Context(), sql).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// reply is an answer with its body read as JSON.
type reply struct {
	*httptest.ResponseRecorder
	body map[string]any
}

// ask sends a request; headers are pairs of name and value.
func (s *service) ask(t testing.TB, method, address, body string, headers ...string) reply {
	t.Helper()
	var reader io.Reader
	if body != "" {
		reader = strings.NewReader(body)
	}
	r := httptest.NewRequestWithContext(t.Context(), method, "/api/v1"+address, reader)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	out := reply{ResponseRecorder: httptest.NewRecorder()}
	s.ServeHTTP(out, r)
	holds(t, r, body, out.ResponseRecorder)
	if out.Body.Len() > 0 && method != http.MethodHead {
		if err := json.Unmarshal(out.Body.Bytes(), &out.body); err != nil {
			t.Errorf("%s %s: the body is not a JSON object: %v\n%s", method, address, err, out.Body)
		}
	}
	return out
}

func (s *service) get(t testing.TB, address string) reply {
	t.Helper()
	return s.ask(t, http.MethodGet, address, "")
}

// wants checks the status, and that an error is a problem document under the
// request's number.
func (r reply) wants(t testing.TB, status int) reply {
	t.Helper()
	if r.Code != status {
		t.Errorf("status %d, want %d: %s", r.Code, status, r.Body)
	}
	kind := r.Header().Get("Content-Type")
	if r.Code >= 300 && (kind != "application/problem+json" || r.body["status"] != float64(r.Code) || r.body["title"] == nil || r.body["detail"] == nil) {
		t.Errorf("%s is not a problem document: %s", kind, r.Body)
	}
	if id := r.Header().Get("X-Request-Id"); r.Code >= 300 && (id == "" || r.body["reference"] != id) {
		t.Errorf("request %q has the reference %v", id, r.body["reference"])
	}
	return r
}

// locations are the wrong fields that a problem document names.
func (r reply) locations() []string {
	var out []string
	list, _ := r.body["errors"].([]any)
	for _, e := range list {
		out = append(out, e.(map[string]any)["location"].(string))
	}
	return out
}

func (r reply) items() []map[string]any {
	var out []map[string]any
	list, _ := r.body["items"].([]any)
	for _, e := range list {
		out = append(out, e.(map[string]any))
	}
	return out
}
