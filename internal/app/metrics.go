package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/pprof"
	"net/url"
	"runtime"
	"syscall"
	"time"

	"normmap/internal/metrics"
	"normmap/internal/store/schema"
)

// profileTime is how long an answer of the second listener may take: profiles
// are recorded while the client waits. pprof refuses by itself to record longer.
const profileTime = 2 * time.Minute

func newMetrics() *metrics.Metrics {
	schema, _ := schema.LatestMigration() // of embedded files, which a test reads
	return metrics.New(metrics.Build{Version: build(), Go: runtime.Version(), Schema: schema})
}

// listenAside opens the second listener, which only this machine reaches. One
// that was asked for must be there; the usual one is done without when its
// port is taken, so that a second service starts too.
func (i *instance) listenAside(ctx context.Context) (*webServer, error) {
	address := i.settings.MetricsListen
	if address == "" {
		return nil, nil
	}
	w, err := bind(ctx, address, aside(i.metrics), profileTime, i.log)
	switch {
	case err != nil && i.settings.MetricsDefault:
		i.log.Warn("no metrics: the usual address cannot be listened on; choose another with --metrics-listen", "address", address, "problem", err)
		return nil, nil
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("%s is in use by another program; choose another port for metrics: %s serve --metrics-listen 127.0.0.1:9465, or off", address, i.name)
	case err != nil:
		return nil, fmt.Errorf("listening on %s for metrics: %w; choose a loopback address of this machine with --metrics-listen, or off", address, err)
	}
	i.log.Info("metrics", "address", local(w.addr.String())+"/metrics")
	return w, nil
}

// aside is what the second listener serves: metrics, and profiles of the
// running program. The command line, which pprof would show too, is left out,
// though pprof's list leads there: the address of the database may be on it.
func aside(m *metrics.Metrics) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", m.Handler())
	mux.HandleFunc("GET /debug/pprof/", recorded(pprof.Index))
	mux.HandleFunc("GET /debug/pprof/profile", recorded(pprof.Profile))
	mux.HandleFunc("GET /debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("GET /debug/pprof/trace", recorded(pprof.Trace))
	mux.HandleFunc("GET /debug/pprof/cmdline", func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "the command line is not shown: a password may be on it", http.StatusNotFound)
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if host := (&url.URL{Host: r.Host}).Hostname(); beyondLoopback(net.JoinHostPort(host, "80")) { // a name that a web page had its reader's browser take for this machine
			http.Error(w, "this is served under loopback addresses only", http.StatusMisdirectedRequest)
			return
		}
		mux.ServeHTTP(w, r)
	})
}

// recorded is for what takes its time. The server looks out for a client who
// leaves by reading on, and takes the end of the time for reading a request for
// that; so that time is put off. The one for the answer still holds.
func recorded(h http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		_ = http.NewResponseController(w).SetReadDeadline(time.Time{}) // where there is none, there is nothing to put off
		h(w, r)
	}
}

// watchDatabase adds the figures of the database, now that there is one.
func (i *instance) watchDatabase() {
	i.metrics.Watch(metrics.Source{
		Pools: func() map[string]metrics.Pool {
			pools := map[string]metrics.Pool{}
			for name, used := range i.db.store.Pools() {
				pools[name] = metrics.Pool(used)
			}
			return pools
		},
		Written:  i.db.store.Written,
		Revision: i.db.store.Revision,
	})
}
