package web_test

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"normmap/internal/coding"
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

// A file is sent in the coding that is asked for, each under its own tag.
func TestFilesAreCoded(t *testing.T) {
	t.Parallel()
	plain := get(t, web.Asset("site.css"))
	tags := map[string]bool{plain.Header().Get("ETag"): true}
	for _, c := range []coding.Coding{coding.Brotli, coding.Gzip} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, web.Asset("site.css"), nil)
		r.Header.Set("Accept-Encoding", c.Name())
		r.Header.Set("Range", "bytes=0-9")
		w := httptest.NewRecorder()
		web.Handler().ServeHTTP(w, r)
		body, err := coding.Decode(c, w.Body.Bytes())
		if w.Code != http.StatusOK || err != nil || string(body) != plain.Body.String() || w.Header().Get("Content-Encoding") != c.Name() {
			t.Errorf("%s: status %d, %v, coding %q", c.Name(), w.Code, err, w.Header().Get("Content-Encoding"))
		}
		if w.Header().Get("Content-Length") != strconv.Itoa(w.Body.Len()) || w.Header().Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s: %v", c.Name(), w.Header())
		}
		tags[w.Header().Get("ETag")] = true
		r.Header.Set("If-None-Match", w.Header().Get("ETag"))
		again := httptest.NewRecorder()
		if web.Handler().ServeHTTP(again, r); again.Code != http.StatusNotModified {
			t.Errorf("%s: status %d to who has it", c.Name(), again.Code)
		}
	}
	if len(tags) != 3 {
		t.Errorf("the tags are %v", tags)
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
