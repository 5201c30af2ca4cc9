package site

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"normmap/internal/metrics"
)

// sink takes an answer as net/http's server does, and forgets it.
type sink struct {
	header http.Header
	status int
	bytes  int
}

func (s *sink) Header() http.Header { return s.header }

func (s *sink) WriteHeader(status int) { s.status = status }

func (s *sink) Write(b []byte) (int, error) {
	s.bytes += len(b)
	return len(b), nil
}

// BenchmarkKeptPage is all that is done for a page out of memory, but for what
// net/http does for any answer.
func BenchmarkKeptPage(b *testing.B) {
	h := newHouse(b, keepingPages, func(d *Deps) {
		d.Log = slog.New(slog.NewJSONHandler(io.Discard, nil))
		d.Metrics = metrics.New(metrics.Build{})
	})
	follow(b, h.store)
	r := httptest.NewRequestWithContext(b.Context(), http.MethodGet, "/agreements/paris-call/principles/1", nil)
	r.Header.Set("Accept-Encoding", "gzip, deflate, br")
	h.handler.ServeHTTP(&sink{header: http.Header{}}, r.Clone(b.Context()))
	for name, tag := range map[string]string{"200": "", "304": "*"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			r := r.Clone(b.Context())
			if tag != "" {
				r.Header.Set("If-None-Match", tag)
			}
			b.RunParallel(func(pb *testing.PB) {
				w := &sink{}
				for pb.Next() {
					w.header = make(http.Header)
					h.handler.ServeHTTP(w, r)
				}
			})
		})
	}
}
