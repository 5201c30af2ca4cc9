package metrics

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Pool is how a pool of connections is used.
type Pool struct {
	Acquired, Idle, Total, Max int32 // connections
	Acquires, Empty, Canceled  int64 // so far: taken, taken after waiting, given up
	Waited                     time.Duration
}

// Source is what is asked at each scrape.
type Source struct {
	Pools    func() map[string]Pool               // by what they are for
	Written  func() int64                         // changesets that this service wrote
	Revision func(context.Context) (int64, error) // of the record, whoever wrote it
}

// patience is how long a scrape waits for the database, which may be away or
// busy; the other figures are wanted then most of all.
const patience = time.Second

// Watch adds the figures of a source, once there is one.
func (m *Metrics) Watch(s Source) { m.registry.MustRegister(watched{s}) }

// watched implements prometheus.Collector.
type watched struct{ Source }

// Pages is how the memory for finished pages is used.
type Pages struct {
	Hits, Misses int64 // so far: pages that were there, and that had to be made
	Pages, Bytes int   // that are kept
	Most         int   // bytes that may be kept
}

// WatchPages adds the figures of finished pages.
func (m *Metrics) WatchPages(stats func() Pages) {
	counter := func(name, help string, of func(Pages) int64) prometheus.Collector {
		return prometheus.NewCounterFunc(prometheus.CounterOpts{Name: "normmap_page_cache_" + name, Help: help}, func() float64 { return float64(of(stats())) })
	}
	gauge := func(name, help string, of func(Pages) int) prometheus.Collector {
		return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "normmap_page_cache_" + name, Help: help}, func() float64 { return float64(of(stats())) })
	}
	m.registry.MustRegister(
		counter("hits_total", "Answers that were given out of memory.", func(p Pages) int64 { return p.Hits }),
		counter("misses_total", "Pages that had to be made and were put into memory.", func(p Pages) int64 { return p.Misses }),
		gauge("pages", "Finished pages in memory.", func(p Pages) int { return p.Pages }),
		gauge("bytes", "Memory that finished pages take up.", func(p Pages) int { return p.Bytes }),
		gauge("max_bytes", "Memory that finished pages may take up.", func(p Pages) int { return p.Most }),
	)
}

var (
	acquired = desc("db_pool_acquired_connections", "Connections in use.", "pool")
	idle     = desc("db_pool_idle_connections", "Connections that wait for use.", "pool")
	total    = desc("db_pool_connections", "Connections, in use or not.", "pool")
	limit    = desc("db_pool_max_connections", "Connections that there may be.", "pool")
	acquires = desc("db_pool_acquires_total", "Connections taken from the pool.", "pool")
	empty    = desc("db_pool_empty_acquires_total", "Connections that had to be waited for.", "pool")
	canceled = desc("db_pool_canceled_acquires_total", "Connections that were given up before one was free.", "pool")
	waited   = desc("db_pool_acquire_wait_seconds_total", "Time spent waiting for a connection.", "pool")
	up       = desc("db_up", "Whether the database answered this scrape.")
	revision = desc("revision", "Number of the last changeset of the record, whoever wrote it.")
	written  = desc("changesets_written_total", "Changesets that this service wrote.")
)

func desc(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc("normmap_"+name, help, labels, nil)
}

// Describe implements prometheus.Collector.
func (watched) Describe(out chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{acquired, idle, total, limit, acquires, empty, canceled, waited, up, revision, written} {
		out <- d
	}
}

// Collect implements prometheus.Collector. While the database is away there is
// no revision, rather than an old or a wrong one.
func (w watched) Collect(out chan<- prometheus.Metric) {
	gauge := func(d *prometheus.Desc, v float64, labels ...string) {
		out <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	counter := func(d *prometheus.Desc, v float64, labels ...string) {
		out <- prometheus.MustNewConstMetric(d, prometheus.CounterValue, v, labels...)
	}
	for name, p := range w.Pools() {
		gauge(acquired, float64(p.Acquired), name)
		gauge(idle, float64(p.Idle), name)
		gauge(total, float64(p.Total), name)
		gauge(limit, float64(p.Max), name)
		counter(acquires, float64(p.Acquires), name)
		counter(empty, float64(p.Empty), name)
		counter(canceled, float64(p.Canceled), name)
		counter(waited, p.Waited.Seconds(), name)
	}
	counter(written, float64(w.Written()))

	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	rev, err := w.Revision(ctx)
	if err != nil {
		gauge(up, 0)
		return
	}
	gauge(up, 1)
	gauge(revision, float64(rev))
}
