package serve

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strconv"
	"sync"
	"time"

	"github.com/go-chi/chi/v5/middleware"

	"normmap/internal/metrics"
)

// observe gives each request a number, writes one line about it, counts it, and
// turns a panic into a 500. A number that the client sends is not taken over:
// it could be anything, such as another request's.
func (s *Server) observe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := s.Now()
		var room [keyRoom]byte
		q, keepable := s.question(r, room[:0], start)
		if keepable && s.answerKept(w, r, &q, start) {
			return
		}
		v := &Visit{id: s.ids.next()}
		if keepable {
			v.asks = q.lasting()
		}
		r = withVisit(r, v)
		seen := middleware.NewWrapResponseWriter(w, r.ProtoMajor)
		seen.Header().Set("X-Request-Id", v.id)
		s.Metrics.RequestBegan()
		defer func() {
			p := recover()
			if p != nil && p != http.ErrAbortHandler {
				s.panicked(seen, r, p)
			}
			took := s.Now().Sub(start)
			s.logVisit(r, seen, start.Add(took), took)
			s.Metrics.RequestEnded(r.Method, v.pattern, v.counted(statusOf(seen)), took)
			if p == http.ErrAbortHandler {
				panic(p) // a download that broke off: the server cuts the connection
			}
		}()
		next.ServeHTTP(seen, r)
	})
}

// answerKept answers out of memory, if the page is there and what is newest is
// known: with all that observe does, and nothing else of what is done for a
// request that has to be worked on.
func (s *Server) answerKept(w http.ResponseWriter, r *http.Request, q *question, start time.Time) bool {
	if !q.known || q.behind() {
		return false
	}
	p := s.Cache.Get(q.key, q.version)
	if p == nil {
		return false
	}
	s.Metrics.RequestBegan()
	id := s.ids.next()
	w.Header()["X-Request-Id"] = []string{id}
	status, sent := s.sendKept(w, r, q, p)
	took := s.Now().Sub(start)
	s.logLine(r.Context(), logged{at: start.Add(took), id: id, method: r.Method, route: p.Route, status: status, bytes: sent, took: took})
	s.Metrics.RequestEnded(r.Method, p.Route, status, took)
	return true
}

// panicked answers instead of a handler that gave up, unless its answer has
// begun and cannot be taken back.
func (s *Server) panicked(w middleware.WrapResponseWriter, r *http.Request, p any) {
	v := VisitOf(r)
	v.Fault = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
	v.hasSession = false // r is from before the session was loaded
	if w.Status() == 0 {
		s.Fail(w, r, v.Fault)
	}
}

func (s *Server) logVisit(r *http.Request, w middleware.WrapResponseWriter, at time.Time, took time.Duration) {
	v := VisitOf(r)
	s.logLine(r.Context(), logged{at: at, id: v.id, method: r.Method, route: v.pattern, status: statusOf(w), bytes: w.BytesWritten(),
		took: took, account: v.Actor.ID, cut: v.Cut, fault: v.Fault})
}

// logged is what the log gets about a request.
type logged struct {
	at                time.Time
	id, method, route string
	status, bytes     int
	took              time.Duration
	account           int64
	cut               bool // the status was sent before
	fault             error
}

// logLine writes it. What went wrong inside is part of it, so that it is logged
// once. A request in which nothing did has a line of numbers and of words of
// ours, which needs no logger to be written.
func (s *Server) logLine(ctx context.Context, l logged) {
	if s.Requests != nil && l.fault == nil && inJSON(l.method) {
		line := logLines.Get().(*[]byte)
		*line = l.appendTo((*line)[:0])
		_, _ = s.Requests.Write(*line) // there is no other place to complain
		logLines.Put(line)
		return
	}
	level := slog.LevelInfo
	switch {
	case l.fault != nil && l.status == http.StatusInternalServerError:
		level = slog.LevelError
	case l.fault != nil:
		level = slog.LevelWarn
	}
	to := s.Log.Handler()
	if to.Enabled(ctx, level) {
		_ = to.Handle(ctx, l.record(level))
	}
}

// record is made by hand: the logger would look up who calls it, which takes as
// long as the rest.
func (l logged) record(level slog.Level) slog.Record {
	record := slog.NewRecord(l.at, level, "request", 0)
	record.AddAttrs(
		slog.String("request", l.id),
		slog.String("method", l.method),
		slog.String("route", l.route),
		slog.Int("status", l.status),
		slog.Int("bytes", l.bytes),
		slog.Float64("ms", l.milliseconds()),
		slog.Int64("account", l.account),
	)
	if l.cut {
		record.AddAttrs(slog.Bool("cut", true))
	}
	if l.fault != nil {
		record.AddAttrs(slog.String("error", l.fault.Error()))
	}
	return record
}

var logLines = sync.Pool{New: func() any { return new(make([]byte, 0, 512)) }}

// inJSON tells whether text means itself in JSON. Routes and numbers of requests
// are ours, and always do.
func inJSON(text string) bool {
	for _, c := range []byte(text) {
		if c < ' ' || c >= 0x7f || c == '"' || c == '\\' {
			return false
		}
	}
	return true
}

// appendTo writes the line that a logger makes of a record without a fault.
func (l logged) appendTo(b []byte) []byte {
	b = l.at.AppendFormat(append(b, `{"time":"`...), time.RFC3339Nano)
	b = append(append(b, `","level":"INFO","msg":"request","request":"`...), l.id...)
	b = append(append(b, `","method":"`...), l.method...)
	b = append(append(b, `","route":"`...), l.route...)
	b = strconv.AppendInt(append(b, `","status":`...), int64(l.status), 10)
	b = strconv.AppendInt(append(b, `,"bytes":`...), int64(l.bytes), 10)
	b = strconv.AppendFloat(append(b, `,"ms":`...), l.milliseconds(), 'f', -1, 64)
	b = strconv.AppendInt(append(b, `,"account":`...), l.account, 10)
	if l.cut {
		b = append(b, `,"cut":true`...)
	}
	return append(b, "}\n"...)
}

func (l logged) milliseconds() float64 { return float64(l.took.Microseconds()) / 1000 }

// counted is the status under which the figures have an answer that was sent
// with status. One that broke off is none of the good ones.
func (v *Visit) counted(status int) int {
	switch {
	case !v.Cut:
		return status
	case v.Fault != nil:
		return http.StatusInternalServerError
	}
	return metrics.Cut
}

// statusOf is what the client was told, which without a word is 200.
func statusOf(w middleware.WrapResponseWriter) int {
	return cmp.Or(w.Status(), http.StatusOK)
}
