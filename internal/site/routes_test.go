package site

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"
	"github.com/google/go-cmp/cmp"

	"normmap/internal/account"
	"normmap/internal/site/serve"
	"normmap/web"
)

// Who may do what where: a change of the table shows in the golden file.
func TestRoutes(t *testing.T) {
	t.Parallel()
	var lines []string
	for _, r := range newBare(t).site.routes {
		role, known := r.Needs.Needs()
		if !known {
			t.Errorf("%s %s needs %q, which is not in the permission table", r.Method, r.Pattern, r.Needs)
		}
		if role == account.Visitor {
			role = "visitor"
		}
		lines = append(lines, fmt.Sprintf("%-4s %-80s %-20s %s\n", r.Method, r.Pattern, r.Needs, role))
	}
	slices.Sort(lines)
	golden(t, "routes.golden", strings.Join(lines, ""))
}

// No page is served past the table, and so past its permissions.
func TestEveryRouteIsInTheTable(t *testing.T) {
	t.Parallel()
	s := newBare(t).site
	machine := []string{"/healthz", "/readyz", "/robots.txt", "/opensearch.xml", "/static/*"}
	err := chi.Walk(s.router, func(method, pattern string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		if method == http.MethodHead {
			method = http.MethodGet
		}
		known := slices.ContainsFunc(s.routes, func(r serve.Route) bool { return r.Method == method && r.Pattern == pattern })
		if !known && !slices.Contains(machine, pattern) {
			t.Errorf("%s %s is not in the table", method, pattern)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Monitors ask with HEAD.
func TestMachinesAnswerHeadLikeGet(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(newBare(t).handler)
	t.Cleanup(server.Close)
	for _, address := range []string{"/healthz", "/readyz", "/robots.txt", "/opensearch.xml", web.Asset("site.css")} {
		asked := map[string]http.Header{}
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			r, err := http.NewRequestWithContext(t.Context(), method, server.URL+address, nil)
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Accept-Encoding", "identity")
			res, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			_ = res.Body.Close()
			if res.StatusCode != http.StatusOK {
				t.Errorf("%s %s answers %d", method, address, res.StatusCode)
			}
			asked[method] = res.Header
			res.Header.Del("X-Request-Id")
			res.Header.Del("Date")
		}
		if d := cmp.Diff(asked[http.MethodGet], asked[http.MethodHead]); d != "" {
			t.Errorf("%s has other headers by HEAD (+):\n%s", address, d)
		}
	}
}

var placeholder = regexp.MustCompile(`\{[a-z]+\}`)

// someAddress is an address that a pattern matches.
func someAddress(pattern string) string { return placeholder.ReplaceAllString(pattern, "9") }

// A visitor at a guarded address is led to the sign-in page, and to the same
// address afterwards; a program is told so.
func TestVisitorsAreLedToSignIn(t *testing.T) {
	t.Parallel()
	h := newBare(t)
	for _, r := range h.site.routes {
		if r.Needs == account.Read {
			continue
		}
		address := someAddress(r.Pattern)
		req := httptest.NewRequest(r.Method, address, nil)
		h.do(req).leads(http.StatusSeeOther, "/login?next="+strings.ReplaceAll(address, "/", "%2F"))
		req = httptest.NewRequest(r.Method, address, nil)
		req.Header.Set("Accept", "application/json")
		h.do(req).status(http.StatusUnauthorized)
	}
}

// A form that another site's page sends changes nothing; our own pages and
// programs pass. No route is left out.
func TestOnlyOurOwnPagesSendForms(t *testing.T) {
	t.Parallel()
	h := newBare(t, func(d *Deps) {
		d.API = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) })
	})
	tests := []struct {
		name, header, value string
		refused             bool
	}{
		{"another site", "Sec-Fetch-Site", "cross-site", true},
		{"another host of the same site", "Sec-Fetch-Site", "same-site", true},
		{"an old browser on another site", "Origin", "https://elsewhere.example", true},
		{"a sandboxed page", "Origin", "null", true},
		{"our own page", "Sec-Fetch-Site", "same-origin", false},
		{"typed by the reader", "Sec-Fetch-Site", "none", false},
		{"an old browser on our own page", "Origin", "http://example.com", false},
		{"no browser", "", "", false},
	}
	writes := []serve.Route{{Method: "POST", Pattern: "/api/v1/links"}, {Method: "PATCH", Pattern: "/api/v1/links/1"}, {Method: "DELETE", Pattern: "/api/v1/links/1"}}
	for _, r := range h.site.routes {
		if r.Method != http.MethodGet {
			writes = append(writes, r)
		}
	}
	for _, tt := range tests {
		for _, r := range writes {
			// With a body that is refused next, so that nothing else happens.
			req := httptest.NewRequest(r.Method, someAddress(r.Pattern), strings.NewReader("x"))
			req.Header.Set("Content-Type", "text/plain")
			if tt.header != "" {
				req.Header.Set(tt.header, tt.value)
			}
			if got := h.do(req).StatusCode == http.StatusForbidden; got != tt.refused {
				t.Errorf("%s at %s %s: refused %v, want %v", tt.name, r.Method, r.Pattern, got, tt.refused)
			}
		}
	}
}
