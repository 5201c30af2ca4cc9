package site

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/site/serve"
)

// Every answer, of whatever status and from whichever part, carries the
// headers that protect readers.
func TestHeaders(t *testing.T) {
	t.Parallel()
	h := newBare(t, func(d *Deps) {
		d.PublicURL = "https://norms.example"
		d.Ready = func(context.Context) error { return errors.New("no database") }
		d.API = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) })
	})
	addTestRoutes(h)
	tests := []struct {
		name    string
		request *http.Request
		status  int
	}{
		{"a page", testGet("/test/page"), 200},
		{"its data", testGet("/test/page.json"), 200},
		{"its table", testGet("/test/page.csv"), 200},
		{"a form's page", testGet("/test/form"), 200},
		{"the programming interface", testGet("/api/v1/stats"), 200},
		{"a file", testGet("/robots.txt"), 200},
		{"health", testGet("/healthz"), 200},
		{"a slash too many", testGet("/test/page/"), 301},
		{"after a form", testForm("/test/form", "x=1"), 303},
		{"signing in first", testGet("/test/editors"), 303},
		{"bytes that are no text", testGet("/test/page?q=%ff"), 400},
		{"a program without rights", testGet("/test/editors.json"), 401},
		{"another site's form", crossSite(testForm("/test/form", "x=1")), 403},
		{"an unknown address", testGet("/nowhere"), 404},
		{"a file that is not there", testGet("/static/0/nothing.css"), 404},
		{"a wrong method", httptest.NewRequest("DELETE", "/test/page", nil), 405},
		{"a withdrawn thing", testGet("/test/error/gone"), 410},
		{"too much", testForm("/test/form", "x="+strings.Repeat("y", bodyLimit)), 413},
		{"not a form", testJSON("/test/form", `{}`), 415},
		{"invalid values", testGet("/test/error/invalid"), 422},
		{"too many", testGet("/test/error/too-many"), 429},
		{"a fault inside", testGet("/test/error/fault"), 500},
		{"a panic", testGet("/test/error/panic"), 500},
		{"no database", testGet("/test/error/away"), 503},
		{"not ready", testGet("/readyz"), 503},
	}
	var out strings.Builder
	all := h.get("/healthz").Header
	delete(all, "Cache-Control")
	delete(all, "Content-Type")
	writeHeaders(&out, "every answer", all, nil)
	for _, tt := range tests {
		a := h.do(tt.request)
		if a.StatusCode != tt.status {
			t.Errorf("%s: status %d, want %d", tt.name, a.StatusCode, tt.status)
		}
		for name := range all {
			if a.Header.Get(name) == "" {
				t.Errorf("%s: no %s", tt.name, name)
			}
		}
		writeHeaders(&out, fmt.Sprintf("%s: %d", tt.name, a.StatusCode), a.Header, all)
	}
	golden(t, "headers.golden", out.String())
}

// writeHeaders writes those headers that are not in known with the same value.
func writeHeaders(out *strings.Builder, name string, h, known http.Header) {
	fmt.Fprintf(out, "%s\n", name)
	for _, key := range slices.Sorted(maps.Keys(h)) {
		switch {
		case key == "X-Request-Id":
			fmt.Fprint(out, strings.Repeat("  X-Request-Id: …\n", 1-min(1, len(known))))
		case !slices.Equal(h[key], known[key]):
			fmt.Fprintf(out, "  %s: %s\n", key, strings.Join(h[key], " | "))
		}
	}
}

// Plain http has no HSTS to promise.
func TestNoHSTSWithoutHTTPS(t *testing.T) {
	t.Parallel()
	if got := newBare(t).get("/healthz").Header.Get("Strict-Transport-Security"); got != "" {
		t.Errorf("Strict-Transport-Security is %q", got)
	}
}

// addTestRoutes adds pages with every kind of answer.
func addTestRoutes(h *house) {
	s := h.site
	items := []norms.Thing{{Kind: "link", ID: 1, Name: "=1+1", Key: "1"}}
	s.get("/test/page", account.Read, func(w http.ResponseWriter, r *http.Request) error {
		s.server.BrowseFrame(r, "Page")
		return s.server.Show(w, r, serve.View{Page: templ.NopComponent, Data: items, Table: serve.TableOfItems("things", items)})
	})
	s.get("/test/form", account.Read, func(w http.ResponseWriter, r *http.Request) error {
		return s.server.Show(w, r, serve.View{Page: templ.NopComponent})
	})
	s.post("/test/form", account.Read, func(w http.ResponseWriter, r *http.Request) error {
		return serve.SeeOther(w, r, "/test/page")
	})
	s.get("/test/editors", account.EditMappings, func(w http.ResponseWriter, r *http.Request) error {
		return s.server.Show(w, r, serve.View{Page: templ.NopComponent})
	})
	for name, err := range map[string]error{
		"gone":     norms.Errorf(norms.Gone, "the link 4 was withdrawn in changeset 7"),
		"invalid":  norms.Field("title", "is missing"),
		"conflict": norms.Errorf(norms.Conflict, "it is recorded already"),
		"stale":    norms.Errorf(norms.Stale, "someone changed it"),
		"too-many": serve.Later(norms.Errorf(norms.TooMany, "slowly"), 90e9),
		"away":     fmt.Errorf("reading: %w", norms.Errorf(norms.Unavailable, "the database does not answer")),
		"fault":    errors.New(`ERROR: relation "secret_table" does not exist`),
	} {
		s.get("/test/error/"+name, account.Read, func(http.ResponseWriter, *http.Request) error { return err })
	}
	s.get("/test/error/panic", account.Read, func(http.ResponseWriter, *http.Request) error { panic("secret_table") })
}

func testGet(address string) *http.Request { return httptest.NewRequest("GET", address, nil) }

func testForm(address, body string) *http.Request {
	r := httptest.NewRequest("POST", address, strings.NewReader(body))
	r.Header.Set("Content-Type", urlEncoded)
	return r
}

func testJSON(address, body string) *http.Request {
	r := httptest.NewRequest("POST", address, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	return r
}

func crossSite(r *http.Request) *http.Request {
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	return r
}

// What a reader asked for is part of addresses in headers, and cannot end them.
func TestAddressesInHeadersAreWhole(t *testing.T) {
	t.Parallel()
	a := newHouse(t).get(`/initiatives?q=x>,rel="next",<y&unknown='`).status(http.StatusOK)
	want := `</initiatives.json?q=x%3E%2Crel%3D%22next%22%2C%3Cy&unknown=%27>; rel="alternate"; type="application/json"`
	if links := a.Header.Values("Link"); !slices.Contains(links, want) {
		t.Errorf("the links are %q, want %q", links, want)
	}
}
