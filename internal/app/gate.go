package app

import (
	"context"
	"errors"
	"io"
	"net/http"
	"sync/atomic"

	"normmap/web/href"
)

// gate stands before the site: it answers while the database is being made
// ready, and tells balancers when the program is about to stop.
type gate struct {
	site     atomic.Pointer[http.Handler]
	stopping atomic.Bool
}

func (g *gate) open(site http.Handler) { g.site.Store(&site) }

// ServeHTTP implements http.Handler.
func (g *gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if g.stopping.Load() { // a balancer chooses anew for the next request
		w.Header().Set("Connection", "close")
	}
	if site := g.site.Load(); site != nil {
		(*site).ServeHTTP(w, r)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	if r.URL.Path == href.Healthz() {
		_, _ = io.WriteString(w, "ok\n")
		return
	}
	w.Header().Set("Retry-After", "1")
	w.WriteHeader(http.StatusServiceUnavailable)
	_, _ = io.WriteString(w, "starting\n")
}

// ready is what the site asks before it says that it is: the database, unless
// the program is about to stop.
func (g *gate) ready(database func(context.Context) error) func(context.Context) error {
	return func(ctx context.Context) error {
		if g.stopping.Load() {
			return errors.New("the program is stopping")
		}
		return database(ctx)
	}
}
