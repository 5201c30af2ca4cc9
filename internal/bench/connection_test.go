package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// The raw client reads what the standard library sends, whichever way.
func TestAnswersAreReadWhole(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("long ", 20_000)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"7"`)
		switch r.URL.Path {
		case "/short":
			_, _ = w.Write([]byte("short"))
		case "/chunked":
			for part := range strings.SplitSeq(long, "g") {
				_, _ = w.Write([]byte(part + "g"))
			}
		case "/same":
			w.WriteHeader(http.StatusNotModified)
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(s.Close)
	address := strings.TrimPrefix(s.URL, "http://")
	c, err := dial(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.close()
	c.keep = true
	for range 2 { // one connection serves all
		for path, want := range map[string]struct {
			status int
			body   string
		}{"/short": {200, "short"}, "/chunked": {200, long + "g"}, "/same": {304, ""}, "/nowhere": {404, "404 page not found\n"}} {
			a, err := c.ask(get(address, path))
			if err != nil || a.status != want.status || string(c.body) != want.body || a.size <= len(want.body) || c.header("etag") != `"7"` {
				t.Fatalf("%s: %+v, %d bytes, %v", path, a, len(c.body), err)
			}
		}
	}
}

func TestBareServerSendsWhatItIsGivenAndItsTimeIsCounted(t *testing.T) {
	t.Parallel()
	s, err := startBare(t.Context(), []byte("bytes"))
	if err != nil {
		t.Fatal(err)
	}
	l, err := s.work(2).run(t.Context(), 200*time.Millisecond)
	if err != nil || l.requests == 0 || len(l.latencies) != l.requests {
		t.Errorf("%d requests, %v", l.requests, err)
	}
	f, err := page(t.Context(), s.address, "/")
	if err != nil || string(f.body) != "bytes" {
		t.Errorf("%q, %v", f.body, err)
	}
	w := s.work(1)
	w.status = http.StatusNotModified
	if _, err := w.run(t.Context(), 10*time.Millisecond); err == nil {
		t.Error("an answer that is another than it must be is counted")
	}
	if err := s.stop(); err != nil {
		t.Error(err)
	}
}
