package metrics

import (
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Metrics are the figures of one running service. They are safe for concurrent
// use. A nil *Metrics counts nothing.
type Metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	duration *prometheus.HistogramVec
	inFlight prometheus.Gauge
	signIns  *prometheus.CounterVec

	mu   sync.RWMutex
	seen map[labels]figures // what requests and duration have, found with one look
}

// labels are those of an answer; the status by its first digit.
type labels struct {
	method, route string
	class         int
}

type figures struct {
	count prometheus.Counter
	took  prometheus.Observer
}

// Build says what program is running.
type Build struct {
	Version string // of the program
	Go      string // that compiled it
	Schema  uint   // number of the newest migration that it knows
}

// SignIn is how an attempt to sign in ended.
type SignIn string

// Every end of an attempt to sign in.
const (
	SignInOK      SignIn = "ok"
	SignInFailed  SignIn = "failed"  // address and password do not go together
	SignInLimited SignIn = "limited" // asked to wait before the password was looked at
)

// pageSeconds are the bounds of the histogram: pages take milliseconds, and a
// request is given up after ten seconds.
var pageSeconds = []float64{.0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}

// New makes the figures of a service that starts now.
func New(b Build) *Metrics {
	m := &Metrics{
		seen:     map[labels]figures{},
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "normmap_http_requests_total",
			Help: "Requests answered, by method, route pattern and class of the status; cut where the reader left in the middle."}, []string{"method", "route", "status"}),
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "normmap_http_request_duration_seconds",
			Help: "Time from a request to the end of its answer, by method and route pattern.", Buckets: pageSeconds}, []string{"method", "route"}),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{Name: "normmap_http_requests_in_flight",
			Help: "Requests that are being answered."}),
		signIns: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "normmap_sign_in_attempts_total",
			Help: "Attempts to sign in: ok, failed, or limited, which had to wait first."}, []string{"result"}),
	}
	build := prometheus.NewGauge(prometheus.GaugeOpts{Name: "normmap_build_info", Help: "What runs; always 1.",
		ConstLabels: prometheus.Labels{"version": b.Version, "goversion": b.Go, "schema": fmt.Sprint(b.Schema)}})
	build.Set(1)
	m.registry.MustRegister(m.requests, m.duration, m.inFlight, m.signIns, build,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	for _, end := range []SignIn{SignInOK, SignInFailed, SignInLimited} {
		m.signIns.WithLabelValues(string(end)) // so that a rate is known from the first one on
	}
	return m
}

// Handler answers a scrape.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{Registry: m.registry})
}

// RequestBegan notes that a request came in.
func (m *Metrics) RequestBegan() {
	if m != nil {
		m.inFlight.Inc()
	}
}

// Cut stands for the status of an answer that its reader left, or took too
// slowly, after it had begun.
const Cut = 0

// RequestEnded notes its answer. Route is the pattern of the route, "" when the
// request was answered before one was found.
func (m *Metrics) RequestEnded(method, route string, status int, took time.Duration) {
	if m == nil {
		return
	}
	m.inFlight.Dec()
	f := m.figures(labels{knownMethod(method), routeLabel(route), status / 100})
	f.count.Inc()
	f.took.Observe(took.Seconds())
}

func (m *Metrics) figures(l labels) figures {
	m.mu.RLock()
	f, ok := m.seen[l]
	m.mu.RUnlock()
	if ok {
		return f
	}
	f = figures{m.requests.WithLabelValues(l.method, l.route, class(l.class)), m.duration.WithLabelValues(l.method, l.route)}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.seen[l] = f
	return f
}

// SignedIn notes how an attempt to sign in ended.
func (m *Metrics) SignedIn(end SignIn) {
	if m != nil {
		m.signIns.WithLabelValues(string(end)).Inc()
	}
}

// knownMethod keeps clients from making up values of the label.
func knownMethod(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions, http.MethodTrace:
		return method
	}
	return "other"
}

func class(digit int) string {
	if digit == Cut {
		return "cut"
	}
	return fmt.Sprintf("%dxx", digit)
}

func routeLabel(pattern string) string {
	if pattern == "" {
		return "none"
	}
	return pattern
}
