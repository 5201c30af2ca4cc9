package site

import (
	"bytes"
	"context"
	"crypto/rand"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"normmap/internal/account"
	"normmap/internal/document"
	"normmap/internal/norms"
	"normmap/internal/password"
	"normmap/internal/pgtest"
	"normmap/internal/store"
	"normmap/internal/store/postgres"
)

// childCommand has the test binary play the child that reads documents.
const childCommand = "read-document"

func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == childCommand {
		if err := document.Child(os.Stdin, os.Stdout); err != nil {
			os.Exit(1)
		}
		return
	}
	pgtest.Main(m)
}

// house is a site on a database of its own that holds the seeds, and a browser
// that keeps its cookies.
type house struct {
	t       testing.TB
	site    *site
	handler http.Handler
	store   *store.Store
	pool    *pgxpool.Pool
	queries *tracer
	log     *lockedBuffer
	cookies map[string]*http.Cookie
}

// newHouse makes a house; set changes what the site is made of.
func newHouse(t testing.TB, set ...func(*Deps)) *house {
	t.Helper()
	h := &house{t: t, queries: &tracer{}, log: &lockedBuffer{}, cookies: map[string]*http.Cookie{}}
	var err error
	url, traced := pgtest.Founding(t), func(c *pgxpool.Config) { c.ConnConfig.Tracer = h.queries }
	if h.pool, err = postgres.Open(t.Context(), url, traced, patient); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.pool.Close)
	past, err := postgres.OpenPast(t.Context(), url, traced, patient)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(past.Close)
	h.store = store.New(h.pool).WithPast(past)
	d := testDeps(h.store, h.log)
	for _, f := range set {
		f(&d)
	}
	h.site = newSite(d)
	h.handler = h.site.handler()
	return h
}

// patient lets statements and connections take longer than readers are kept
// waiting: how soon a page comes on a machine that tests everything at once is not
// what a test asks.
func patient(c *pgxpool.Config) {
	c.ConnConfig.ConnectTimeout = time.Minute
	for _, name := range []string{"statement_timeout", "idle_in_transaction_session_timeout"} {
		c.ConnConfig.RuntimeParams[name] = "60000" // milliseconds
	}
}

func testDeps(st *store.Store, log io.Writer) Deps {
	return Deps{
		Store: st, Hasher: password.NewHasher(2), Log: slog.New(slog.NewJSONHandler(log, nil)),
		Now: time.Now, Rand: rand.Reader,
	}
}

// SignIn makes an account with a role and a session of it for the browser.
func (h *house) signIn(role account.Role) account.Actor {
	h.t.Helper()
	a, err := h.store.AddAccount(h.t.Context(), pgtest.Slug(h.t)+"@example.org", "Ada "+string(role), role)
	if err != nil {
		h.t.Fatal(err)
	}
	rec := httptest.NewRecorder()
	begin := h.site.server.WithSession(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if err := h.site.server.Begin(r, a); err != nil {
			h.t.Error(err)
		}
	}))
	begin.ServeHTTP(rec, httptest.NewRequestWithContext(h.t.Context(), http.MethodGet, "/", nil))
	h.keep(rec.Result().Cookies())
	return a.Actor()
}

func (h *house) keep(cookies []*http.Cookie) {
	for _, c := range cookies {
		if c.MaxAge < 0 {
			delete(h.cookies, c.Name)
			continue
		}
		h.cookies[c.Name] = c
	}
}

// apply writes edits as an editor whom nobody else is.
func (h *house) apply(edits ...norms.Edit) norms.Applied {
	h.t.Helper()
	a, err := h.store.AddAccount(h.t.Context(), pgtest.Slug(h.t)+"@example.org", "Grace Editor", account.Editor)
	if err != nil {
		h.t.Fatal(err)
	}
	done, err := h.store.Apply(h.t.Context(), a.Actor(), "for a test", edits)
	if err != nil {
		h.t.Fatal(err)
	}
	return done
}

// answer is what came back.
type answer struct {
	*http.Response
	t    testing.TB
	body string
}

func (h *house) get(address string) answer {
	h.t.Helper()
	return h.do(httptest.NewRequestWithContext(h.t.Context(), http.MethodGet, address, nil))
}

// post sends a form of pairs of name and value.
func (h *house) post(address string, pairs ...string) answer {
	h.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	r := httptest.NewRequestWithContext(h.t.Context(), http.MethodPost, address, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", urlEncoded)
	return h.do(r)
}

func (h *house) do(r *http.Request) answer {
	h.t.Helper()
	for _, c := range h.cookies {
		r.AddCookie(c)
	}
	rec := httptest.NewRecorder()
	h.handler.ServeHTTP(rec, r)
	h.keep(rec.Result().Cookies())
	return answer{rec.Result(), h.t, rec.Body.String()}
}

// status fails the test unless the answer has the status.
func (a answer) status(want int) answer {
	a.t.Helper()
	if a.StatusCode != want {
		a.t.Fatalf("status %d, want %d; location %q\n%.1500s", a.StatusCode, want, a.Header.Get("Location"), a.body)
	}
	return a
}

// leads fails the test unless the answer leads to an address.
func (a answer) leads(status int, to string) answer {
	a.t.Helper()
	a.status(status)
	if got := a.Header.Get("Location"); got != to {
		a.t.Errorf("leads to %q, want %q", got, to)
	}
	return a
}

// says fails the test unless the body holds every text.
func (a answer) says(texts ...string) answer {
	a.t.Helper()
	for _, text := range texts {
		if !strings.Contains(a.body, text) {
			a.t.Errorf("does not say %q:\n%.2500s", text, a.body)
		}
	}
	return a
}

// has fails the test unless an element with that text is on the page.
func (a answer) has(selector, text string) answer {
	a.t.Helper()
	found := a.page().Find(selector)
	if !strings.Contains(strings.Join(strings.Fields(found.Text()), " "), text) || found.Length() == 0 {
		a.t.Errorf("%d elements %q say %q, want %q", found.Length(), selector, found.Text(), text)
	}
	return a
}

// lacks fails the test if there is such an element on the page.
func (a answer) lacks(selector string) answer {
	a.t.Helper()
	if found := a.page().Find(selector); found.Length() > 0 {
		a.t.Errorf("%d elements %q say %q", found.Length(), selector, found.Text())
	}
	return a
}

func (a answer) page() *goquery.Document {
	a.t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(a.body))
	if err != nil {
		a.t.Fatal(err)
	}
	return doc
}

// tracer counts the statements that a page runs; those that only begin or end
// a transaction are not counted.
type tracer struct {
	mu   sync.Mutex
	seen []string
}

func (q *tracer) note(sql string) {
	switch first, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(sql)), " "); first {
	case "begin", "commit", "rollback", "savepoint", "release", "set":
		return
	}
	if strings.Contains(sql, "set_config('normmap.as_of'") {
		return // travels with the statement that it is for
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	q.seen = append(q.seen, sql)
}

// take returns the statements since the last call.
func (q *tracer) take() []string {
	q.mu.Lock()
	defer q.mu.Unlock()
	seen := q.seen
	q.seen = nil
	return seen
}

func (q *tracer) TraceQueryStart(ctx context.Context, _ *pgx.Conn, d pgx.TraceQueryStartData) context.Context {
	q.note(d.SQL)
	return ctx
}

func (q *tracer) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

func (q *tracer) TraceBatchStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceBatchStartData) context.Context {
	return ctx
}

func (q *tracer) TraceBatchQuery(_ context.Context, _ *pgx.Conn, d pgx.TraceBatchQueryData) {
	q.note(d.SQL)
}

func (q *tracer) TraceBatchEnd(context.Context, *pgx.Conn, pgx.TraceBatchEndData) {}

// lockedBuffer is a log that several requests may write at once.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}
