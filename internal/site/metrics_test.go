package site

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"normmap/internal/account"
	"normmap/internal/api"
	"normmap/internal/metrics"
	"normmap/internal/site/serve"
)

// measured is a house whose figures can be read.
func measured(t *testing.T) (*house, func() string) {
	t.Helper()
	m := metrics.New(metrics.Build{})
	h := newHouse(t, func(d *Deps) {
		d.Metrics = m
		d.API = api.New(api.Deps{Store: d.Store, Log: d.Log, Now: d.Now, Fault: serve.NoteFault})
	})
	return h, func() string {
		rec := httptest.NewRecorder()
		m.Handler().ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/metrics", nil))
		return rec.Body.String()
	}
}

func counts(t *testing.T, text, metric string, want ...string) {
	t.Helper()
	var got []string
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, metric+"{") {
			got = append(got, strings.TrimPrefix(strings.TrimSpace(line), metric))
		}
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("%s is\n%s\nwant\n%s", metric, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// Pages and the API are counted alike, by route and never by address.
func TestRequestsAreCountedByRoute(t *testing.T) {
	t.Parallel()
	h, scrape := measured(t)
	for _, address := range []string{"/agreements/paris-call", "/agreements/gcsc.json", "/agreements/nothing-here", "/agreements?q=canary",
		"/setup/canary", "/canary/one", "/canary/two", "/api/v1/initiatives/microsoft-newsguard", "/api/v1/canary", "/static/canary", "/?q=%ff"} {
		h.get(address)
	}
	h.do(httptest.NewRequestWithContext(t.Context(), "CANARY", "/method", nil))
	text := scrape()
	counts(t, text, "normmap_http_requests_total",
		`{method="GET",route="/agreements",status="2xx"} 1`,
		`{method="GET",route="/agreements/{agreement}",status="2xx"} 2`,
		`{method="GET",route="/agreements/{agreement}",status="4xx"} 1`,
		`{method="GET",route="/api/v1/initiatives/{slug}",status="2xx"} 1`,
		`{method="GET",route="/setup/{secret}",status="4xx"} 1`,
		`{method="GET",route="/static/*",status="4xx"} 1`,
		`{method="GET",route="none",status="4xx"} 4`,
		`{method="other",route="none",status="4xx"} 1`)
	if strings.Contains(strings.ToLower(text), "canary") || !strings.Contains(text, "normmap_http_requests_in_flight 0\n") {
		t.Errorf("the figures are\n%s", text)
	}
}

func TestSignInsAreCounted(t *testing.T) {
	t.Parallel()
	h, scrape := measured(t)
	who := h.owner(account.Editor)
	h.another().login(who.Email, goodPassword).status(http.StatusSeeOther)
	// How many fail before one is asked to wait depends on how long each takes.
	failed := 0
	for h.post("/login", "email", who.Email, "password", "wrong password").StatusCode != http.StatusTooManyRequests {
		if failed++; failed > 30 {
			t.Fatal("nobody is asked to wait")
		}
	}
	counts(t, scrape(), "normmap_sign_in_attempts_total", fmt.Sprintf(`{result="failed"} %d`, failed), `{result="limited"} 1`, `{result="ok"} 1`)
}

func TestNumbersOfRequestsAreOurOwn(t *testing.T) {
	t.Parallel()
	h := newBare(t)
	r := testGet("/nowhere")
	r.Header.Set("X-Request-Id", "canary")
	a := h.do(r).status(http.StatusNotFound)
	id := a.Header.Get("X-Request-Id")
	if id == "" || id == "canary" || strings.Contains(h.log.String(), "canary") || !strings.Contains(h.log.String(), id) {
		t.Errorf("the number is %q, the log %s", id, h.log)
	}
	a.says("Reference number", id)
}
