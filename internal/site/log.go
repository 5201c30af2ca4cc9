package site

import (
	"cmp"
	"encoding/base32"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/go-chi/chi/v5/middleware"

	"normmap/internal/metrics"
)

// observe gives each request a number, writes one line about it, counts it, and
// turns a panic into a 500. A number that the client sends is not taken over:
// it could be anything, such as another request's.
func (s *site) observe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := &visit{id: s.requestID()}
		r = withVisit(r, v)
		seen := middleware.NewWrapResponseWriter(w, r.ProtoMajor)
		seen.Header().Set("X-Request-Id", v.id)
		start := s.Now()
		s.Metrics.RequestBegan()
		defer func() {
			p := recover()
			if p != nil && p != http.ErrAbortHandler {
				s.panicked(seen, r, p)
			}
			took := s.Now().Sub(start)
			s.logVisit(r, seen, took)
			s.Metrics.RequestEnded(r.Method, v.pattern, v.counted(statusOf(seen)), took)
			if p == http.ErrAbortHandler {
				panic(p) // a download that broke off: the server cuts the connection
			}
		}()
		next.ServeHTTP(seen, r)
	})
}

// requestID names a request in the log and to the reader; it is no secret.
func (s *site) requestID() string {
	raw := make([]byte, 5)
	if _, err := io.ReadFull(s.Rand, raw); err != nil {
		return "none"
	}
	return strings.ToLower(base32.StdEncoding.EncodeToString(raw))
}

// panicked answers instead of a handler that gave up, unless its answer has
// begun and cannot be taken back.
func (s *site) panicked(w middleware.WrapResponseWriter, r *http.Request, p any) {
	v := visitOf(r)
	v.fault = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
	v.hasSession = false // r is from before the session was loaded
	if w.Status() == 0 {
		s.fail(w, r, v.fault)
	}
}

// logVisit writes the line. What went wrong inside is part of it, so that it
// is logged once.
func (s *site) logVisit(r *http.Request, w middleware.WrapResponseWriter, took time.Duration) {
	v, level, status := visitOf(r), slog.LevelInfo, statusOf(w)
	attrs := []slog.Attr{
		slog.String("request", v.id),
		slog.String("method", r.Method),
		slog.String("route", v.pattern),
		slog.Int("status", status),
		slog.Int("bytes", w.BytesWritten()),
		slog.Float64("ms", float64(took.Microseconds())/1000),
		slog.Int64("account", v.actor.ID),
	}
	if v.cut {
		attrs = append(attrs, slog.Bool("cut", true)) // the status was sent before
	}
	if v.fault != nil {
		attrs = append(attrs, slog.String("error", v.fault.Error()))
		level = slog.LevelWarn
		if status == http.StatusInternalServerError {
			level = slog.LevelError
		}
	}
	s.Log.LogAttrs(r.Context(), level, "request", attrs...)
}

// counted is the status under which the figures have an answer that was sent
// with status. One that broke off is none of the good ones.
func (v *visit) counted(status int) int {
	switch {
	case !v.cut:
		return status
	case v.fault != nil:
		return http.StatusInternalServerError
	}
	return metrics.Cut
}

// statusOf is what the client was told, which without a word is 200.
func statusOf(w middleware.WrapResponseWriter) int {
	return cmp.Or(w.Status(), http.StatusOK)
}
