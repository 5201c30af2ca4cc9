package metrics_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"
	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"

	"normmap/internal/metrics"
)

func scrape(t *testing.T, m *metrics.Metrics) string {
	t.Helper()
	rec := httptest.NewRecorder()
	m.Handler().ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/metrics", nil))
	if rec.Code != http.StatusOK {
		t.Fatalf("%d %s", rec.Code, rec.Body)
	}
	return rec.Body.String()
}

func parse(t *testing.T, text string) map[string]*dto.MetricFamily {
	t.Helper()
	parser := expfmt.NewTextParser(model.UTF8Validation)
	families, err := parser.TextToMetricFamilies(strings.NewReader(text))
	if err != nil {
		t.Fatalf("%v:\n%s", err, text)
	}
	return families
}

// source is a database that answers, unless err says why not.
func source(err error) metrics.Source {
	return metrics.Source{
		Pools: func() map[string]metrics.Pool {
			return map[string]metrics.Pool{"present": {Acquired: 3, Max: 12, Waited: 1500 * time.Millisecond}}
		},
		Written: func() int64 { return 2 },
		Revision: func(context.Context) (int64, error) {
			return 7, err
		},
	}
}

func TestNamesFollowTheConventions(t *testing.T) {
	t.Parallel()
	m := metrics.New(metrics.Build{Version: "v1", Go: "go1", Schema: 6})
	m.RequestBegan()
	m.RequestEnded("GET", "/", 200, time.Millisecond)
	m.Watch(source(nil))
	problems, err := promlint.New(strings.NewReader(scrape(t, m))).Lint()
	if err != nil || len(problems) > 0 {
		t.Errorf("%v %v", problems, err)
	}
	if problems, _ := promlint.New(strings.NewReader("# TYPE bad_total gauge\nbad_total 1\n")).Lint(); len(problems) == 0 {
		t.Error("the check finds nothing wrong with a bad name")
	}
}

// Whatever clients make up ends in the same few labels.
func TestLabelsDoNotGrowWithWhatClientsSend(t *testing.T) {
	t.Parallel()
	m := metrics.New(metrics.Build{})
	for _, method := range []string{"GET", "BREW", "HACK", "X-SECRET"} {
		m.RequestBegan()
		m.RequestEnded(method, "", 404, time.Millisecond)
	}
	requests := parse(t, scrape(t, m))["normmap_http_requests_total"].GetMetric()
	if len(requests) != 2 {
		t.Fatalf("%v", requests)
	}
	for _, r := range requests {
		labels := map[string]string{}
		for _, l := range r.GetLabel() {
			labels[l.GetName()] = l.GetValue()
		}
		want := map[string]float64{"GET": 1, "other": 3}[labels["method"]]
		if labels["route"] != "none" || labels["status"] != "4xx" || r.GetCounter().GetValue() != want {
			t.Errorf("%v: %v", labels, r.GetCounter())
		}
	}
}

func TestFiguresOfTheDatabase(t *testing.T) {
	t.Parallel()
	here, gone := metrics.New(metrics.Build{}), metrics.New(metrics.Build{})
	here.Watch(source(nil))
	gone.Watch(source(errors.New("away")))
	for line, in := range map[string]string{
		"normmap_db_up 1\n":                                                  scrape(t, here),
		"normmap_revision 7\n":                                               scrape(t, here),
		"normmap_changesets_written_total 2\n":                               scrape(t, here),
		"normmap_db_pool_acquired_connections{pool=\"present\"} 3\n":         scrape(t, here),
		"normmap_db_pool_acquire_wait_seconds_total{pool=\"present\"} 1.5\n": scrape(t, here),
		"normmap_db_up 0\n":                                                  scrape(t, gone),
		"normmap_db_pool_max_connections{pool=\"present\"} 12\n":             scrape(t, gone),
	} {
		if !strings.Contains(in, line) {
			t.Errorf("no line %q in\n%s", line, in)
		}
	}
	if strings.Contains(scrape(t, gone), "normmap_revision ") {
		t.Error("a revision is told while the database is away")
	}
}

func TestNilCountsNothing(t *testing.T) {
	t.Parallel()
	var m *metrics.Metrics
	m.RequestBegan()
	m.RequestEnded("GET", "/", 200, time.Second)
	m.SignedIn(metrics.SignInOK)
}
