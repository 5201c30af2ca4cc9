package site

import (
	"context"
	"io"
	"net/http"
	"time"

	"normmap/internal/site/serve"
)

// readyWait bounds the question whether the database answers.
const readyWait = 2 * time.Second

// healthz answers as long as the process runs, whatever the database does.
func (s *site) healthz(w http.ResponseWriter, _ *http.Request) {
	plain(w, http.StatusOK, "ok\n")
}

// readyz tells balancers and start scripts whether to send readers here.
func (s *site) readyz(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), readyWait)
	defer cancel()
	if s.Ready != nil {
		if err := s.Ready(ctx); err != nil {
			serve.NoteFault(r.Context(), err)
			w.Header().Set("Retry-After", "5")
			plain(w, http.StatusServiceUnavailable, "not ready\n")
			return
		}
	}
	plain(w, http.StatusOK, "ready\n")
}

// robots lets everybody read: the record is public.
func robots(w http.ResponseWriter, _ *http.Request) {
	plain(w, http.StatusOK, "User-agent: *\nAllow: /\n")
}

func plain(w http.ResponseWriter, status int, text string) {
	h := w.Header()
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text) // whoever hung up cannot be told
}
