package app_test

import (
	"io"
	"net"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"normmap/internal/pgtest"
)

// aside is the address of the second listener, which the log names.
func (s *service) aside() string {
	s.t.Helper()
	m := regexp.MustCompile(`"msg":"metrics","address":"(http://[^"]+)/metrics"`).FindStringSubmatch(s.err.String())
	if m == nil {
		s.t.Fatalf("the log names no second listener: %s", s.err)
	}
	return m[1]
}

// fetch asks an address, under the name of a host if it is not "".
func fetch(t *testing.T, address, host string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	if host != "" {
		r.Host = host
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(body)
}

func TestMetricsHaveAListenerOfTheirOwn(t *testing.T) {
	t.Parallel()
	s := start(t, vars{"DATABASE_URL": pgtest.Founding(t), "NORMMAP_METRICS_LISTEN": "127.0.0.1:0"})
	s.get("/agreements/paris-call")
	for _, path := range []string{"/metrics", "/debug/pprof/", "/debug/pprof/heap"} {
		if status, _ := s.get(path); status != http.StatusNotFound {
			t.Errorf("the public listener answers %s with %d", path, status)
		}
		if status, body := fetch(t, s.aside()+path, ""); status != http.StatusOK {
			t.Errorf("%s answers %d: %.300s", path, status, body)
		}
		if status, _ := fetch(t, s.aside()+path, "rebound.example.org"); status != http.StatusMisdirectedRequest {
			t.Errorf("under a foreign name %s answers %d", path, status)
		}
	}
	if status, _ := fetch(t, s.aside()+"/debug/pprof/cmdline", ""); status != http.StatusNotFound {
		t.Errorf("the command line, which may hold a password, answers %d", status)
	}
	_, text := fetch(t, s.aside()+"/metrics", "localhost")
	for _, want := range []string{`normmap_http_requests_total{method="GET",route="/agreements/{agreement}",status="2xx"} 1`, "normmap_revision 1\n",
		"normmap_changesets_written_total 0\n", `normmap_db_pool_max_connections{pool="present"} 16`, `normmap_db_pool_max_connections{pool="past"} 8`, "normmap_build_info{", "go_goroutines ", "process_resident_memory_bytes "} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in\n%s", want, text)
		}
	}
}

func TestMetricsWhosePortIsTaken(t *testing.T) {
	t.Parallel()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	r := command(t, vars{"DATABASE_URL": pgtest.URL(t)}, "", "serve", "--listen", "127.0.0.1:0", "--metrics-listen", ln.Addr().String())
	if r.code != 1 || !strings.Contains(r.err, ln.Addr().String()+" is in use by another program; choose another port for metrics: ") {
		t.Errorf("%d %s", r.code, r.err)
	}
}

// Nobody asked for the usual port, so two services start beside each other.
func TestTheUsualPortOfMetricsMayBeTaken(t *testing.T) {
	t.Parallel()
	env := vars{"DATABASE_URL": pgtest.URL(t), "NORMMAP_METRICS_LISTEN": ""}
	start(t, env)
	if second := start(t, env); !strings.Contains(second.err.String(), `"msg":"no metrics: the usual address cannot be listened on; choose another with --metrics-listen","address":"127.0.0.1:9464"`) {
		t.Errorf("the second service says %s", second.err)
	}
}
