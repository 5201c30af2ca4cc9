package api_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"normmap/internal/api"
	"normmap/internal/store"
	"normmap/internal/store/postgres"
)

func TestParse(t *testing.T) {
	t.Parallel()
	s := start(t)
	got := s.ask(t, http.MethodPost, "/citations/parse", `{"text":"See Paris Call principles 1 and 5."}`).wants(t, 200)
	citation := func(label string) map[string]any {
		c := map[string]any{"label": label, "status": "resolved", "principle": "paris-call/" + label}
		return c
	}
	want := map[string]any{"references": []any{map[string]any{
		"text": "Paris Call principles 1 and 5", "start": 4.0, "end": 33.0, "agreement": "paris-call",
		"labels": []any{"1", "5"}, "citations": []any{citation("1"), citation("5")},
	}}}
	for _, c := range got.body["references"].([]any)[0].(map[string]any)["citations"].([]any) {
		candidates, ok := c.(map[string]any)["candidates"].([]any)
		if !ok || len(candidates) != 1 || len(candidates[0].(map[string]any)) != 2 || candidates[0].(map[string]any)["reason"] == "" {
			t.Errorf("candidates %v, want one with its reason", candidates)
		}
		delete(c.(map[string]any), "candidates")
	}
	if d := cmp.Diff(want, got.body); d != "" {
		t.Error(d)
	}
}

func TestParseSaysWhatIsNotCertain(t *testing.T) {
	t.Parallel()
	s := start(t)
	for text, want := range map[string]string{
		"GCSC norm 5":                 "gcsc [5] ambiguous <nil> gcsc/5 gcsc/6 gcsc@singapore-2018/5",
		"GCSC norm 7":                 "gcsc [7] ambiguous <nil> gcsc/7 gcsc/8 gcsc/1",
		"Paris Call principle 77":     "paris-call [77] out_of_range <nil>",
		"Harmony Charter principle 3": "<nil> [3] unknown_agreement <nil>",
		"Paris Call principles 1-3":   "paris-call [1 2 3] resolved paris-call/1 paris-call/1",
	} {
		got := s.ask(t, http.MethodPost, "/citations/parse", fmt.Sprintf(`{"text":%q}`, text)).wants(t, 200)
		r := got.body["references"].([]any)[0].(map[string]any)
		c := r["citations"].([]any)[0].(map[string]any)
		said := fmt.Sprint(r["agreement"], " ", r["labels"], " ", c["status"], " ", c["principle"])
		for _, k := range c["candidates"].([]any) {
			said += " " + k.(map[string]any)["principle"].(string)
		}
		if said != want {
			t.Errorf("%s: %s, want %s", text, said, want)
		}
	}
	if got := s.ask(t, http.MethodPost, "/citations/parse", `{"text":"nothing"}`); got.Body.String() != "{\"references\":[]}\n" {
		t.Errorf("nothing reads as %s", got.Body)
	}
}

// Places are those of the text as it was sent.
func TestParseReadsLetterForLetter(t *testing.T) {
	t.Parallel()
	got := start(t).ask(t, http.MethodPost, "/citations/parse", `{"text":"  e\u0301\r\nParis Call principle 1"}`).wants(t, 200)
	if r := got.body["references"].([]any)[0].(map[string]any); r["start"] != 6.0 || r["end"] != 28.0 {
		t.Errorf("found from %v to %v", r["start"], r["end"])
	}
}

// However many labels a text cites, the record is asked for them once.
func TestParseAsksOnce(t *testing.T) {
	t.Parallel()
	s, asked := start(t), &statements{}
	pool, err := postgres.Open(t.Context(), s.url, func(c *pgxpool.Config) { c.ConnConfig.Tracer = asked })
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	s.Handler = api.New(api.Deps{Store: store.New(pool), Log: slog.New(slog.DiscardHandler), Now: time.Now})
	s.ask(t, http.MethodPost, "/citations/parse", `{"text":"Paris Call principles 1-9, GCSC norms 1-8"}`).wants(t, 200)
	if n := asked.n.Load(); n != 2 {
		t.Errorf("%d statements, want 2: names and numberings", n)
	}
}

// statements counts what a database is asked.
type statements struct{ n atomic.Int64 }

func (s *statements) TraceQueryStart(ctx context.Context, _ *pgx.Conn, d pgx.TraceQueryStartData) context.Context {
	if !strings.HasPrefix(strings.ToLower(d.SQL), "set ") {
		s.n.Add(1)
	}
	return ctx
}

func (*statements) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

func TestParseWritesNothing(t *testing.T) {
	t.Parallel()
	s := start(t)
	before := s.get(t, "/stats").body
	s.ask(t, http.MethodPost, "/citations/parse", `{"text":"Paris Call principle 4"}`).wants(t, 200)
	if d := cmp.Diff(before, s.get(t, "/stats").body); d != "" {
		t.Error(d)
	}
}

func TestParseIsBounded(t *testing.T) {
	t.Parallel()
	s := start(t)
	long := func(n int) string { return fmt.Sprintf(`{"text":%q}`, strings.Repeat("a", n-len(`{"text":""}`))) }
	s.ask(t, http.MethodPost, "/citations/parse", long(64<<10)).wants(t, 200)
	s.ask(t, http.MethodPost, "/citations/parse", long(64<<10+1)).wants(t, http.StatusRequestEntityTooLarge)
}

// A short text can cite very many numbers, and each is answered at length.
func TestParseAnswersSoManyCitationsOnly(t *testing.T) {
	t.Parallel()
	s := start(t)
	for name, cite := range map[string]func(n int) string{
		"one label again and again": func(n int) string { return "MANRS action 1" + strings.Repeat(", 1", n-1) },
		"different labels": func(n int) string {
			var b strings.Builder
			for i := range n {
				fmt.Fprintf(&b, "Paris Call principle %d; ", i%900+1)
			}
			return b.String()
		},
	} {
		text := func(n int) string { return fmt.Sprintf(`{"text":%q}`, cite(n)) }
		if all := s.ask(t, http.MethodPost, "/citations/parse", text(1000)).wants(t, 200); all.Body.Len() > 1<<20 {
			t.Errorf("%s: the answer has %d bytes", name, all.Body.Len())
		}
		got := s.ask(t, http.MethodPost, "/citations/parse", text(1001)).wants(t, 422)
		if d := cmp.Diff([]string{"body.text"}, got.locations()); d != "" || !strings.Contains(got.Body.String(), "in parts") {
			t.Errorf("%s: %s %s", name, d, got.Body)
		}
	}
}

func TestParseIsRateLimitedByClient(t *testing.T) {
	t.Parallel()
	s := start(t)
	ask := func(from string) *httptest.ResponseRecorder {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/api/v1/citations/parse", strings.NewReader(`{"text":""}`))
		r.RemoteAddr = from
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		return w
	}
	for i := range 120 {
		if w := ask("192.0.2.1:4000"); w.Code != 200 {
			t.Fatalf("text %d: %d", i+1, w.Code)
		}
	}
	w := ask("192.0.2.1:4001")
	if w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") != "60" || w.Header().Get("Content-Type") != "application/problem+json" {
		t.Errorf("text 121: %d %v", w.Code, w.Header())
	}
	if w := ask("192.0.2.2:4000"); w.Code != 200 {
		t.Errorf("another client: %d", w.Code)
	}
}
