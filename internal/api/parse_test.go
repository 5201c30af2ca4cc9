package api_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
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
	var many strings.Builder
	for i := range 501 {
		fmt.Fprintf(&many, "Paris Call principle %d; ", i+1)
	}
	got := s.ask(t, http.MethodPost, "/citations/parse", fmt.Sprintf(`{"text":%q}`, many.String())).wants(t, 422)
	if d := cmp.Diff([]string{"body.text"}, got.locations()); d != "" {
		t.Error(d)
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
