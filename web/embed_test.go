package web_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"normmap/web"
)

func get(t *testing.T, address string) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	web.Handler().ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, address, nil))
	return w
}

func TestFilesAreServedToBeKept(t *testing.T) {
	t.Parallel()
	for name, contentType := range map[string]string{
		"site.css":                 "text/css; charset=utf-8",
		"editing.css":              "text/css; charset=utf-8",
		"mark.svg":                 "image/svg+xml",
		"vendor/htmx-4.0.1.min.js": "text/javascript; charset=utf-8",
	} {
		w := get(t, web.Asset(name))
		if w.Code != http.StatusOK || w.Body.Len() == 0 {
			t.Errorf("%s: status %d with %d bytes", name, w.Code, w.Body.Len())
		}
		if got := w.Header().Get("Content-Type"); got != contentType {
			t.Errorf("%s: content type %q, want %q", name, got, contentType)
		}
		if got := w.Header().Get("Cache-Control"); !strings.Contains(got, "immutable") {
			t.Errorf("%s: cache control %q", name, got)
		}
	}
}

func TestOtherContentIsNotFound(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"/static/", "/static/0000000000000000/site.css", "/static/site.css", "/static/x/../../embed.go"} {
		if w := get(t, address); w.Code != http.StatusNotFound {
			t.Errorf("%s: status %d, want 404", address, w.Code)
		}
	}
}

func TestStyleSheetStaysSmall(t *testing.T) {
	t.Parallel()
	const limit = 32_000 // bytes
	if n := get(t, web.Asset("site.css")).Body.Len(); n > limit {
		t.Errorf("the style sheet has %d bytes; at most %d", n, limit)
	}
}
