package app

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"normmap/internal/config"
)

// asked is what the second listener answers under a host's name, "" for its own.
func asked(t *testing.T, address, host string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Host = host
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

// What is recorded for a while is whole, however short the time is in which a
// request must have come in.
func TestProfilesOutlastTheTimeForARequest(t *testing.T) {
	t.Parallel()
	server := httptest.NewUnstartedServer(aside(newMetrics()))
	server.Config.ReadTimeout = 100 * time.Millisecond
	server.Start()
	t.Cleanup(server.Close)
	if status, body := asked(t, server.URL+"/debug/pprof/goroutine?seconds=1", ""); status != http.StatusOK {
		t.Errorf("answers %d %s", status, body)
	}
}

func TestNamesOfTheSecondListener(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(aside(newMetrics()))
	t.Cleanup(server.Close)
	for host, want := range map[string]int{
		"LocalHost": 200, "localhost.": 200, "LOCALHOST.:9464": 200, "[::1]:9464": 200, "localhost.example.org": 421, "example.org.": 421,
	} {
		if status, _ := asked(t, server.URL+"/debug/pprof/symbol", host); status != want {
			t.Errorf("as %s it answers %d, want %d", host, status, want)
		}
	}
	if status, body := asked(t, server.URL+"/debug/pprof/cmdline", ""); status != http.StatusNotFound || !strings.Contains(body, "a password may be on it") {
		t.Errorf("the command line: %d %s", status, body)
	}
}

func TestWhoHasThePortOfMetrics(t *testing.T) {
	t.Parallel()
	ours, other, gone := httptest.NewServer(aside(newMetrics())), httptest.NewServer(http.NotFoundHandler()), httptest.NewServer(nil)
	t.Cleanup(ours.Close)
	t.Cleanup(other.Close)
	gone.Close()
	for _, c := range []struct {
		address string
		usual   bool
		want    verdict
		says    string
	}{
		{"", false, well, "off"},
		{"http://127.0.0.1:0", false, well, "on, at a port of 127.0.0.1 that serve chooses"},
		{ours.URL, false, well, "on; a serve answers at " + ours.URL + "/metrics, which may be another one"},
		{gone.URL, false, well, "on; serve would listen on "},
		{other.URL, true, doubt, "serve starts without metrics"},
		{other.URL, false, ill, "serve does not start"},
	} {
		d := &doctor{settings: config.Config{MetricsListen: strings.TrimPrefix(c.address, "http://"), MetricsDefault: c.usual}}
		d.checkMetrics(t.Context())
		if got := d.findings[0]; got.Verdict != c.want || !strings.Contains(got.Message, c.says) {
			t.Errorf("%+v: %+v", c, got)
		}
	}
}
