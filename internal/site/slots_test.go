package site

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"
	"time"

	"normmap/internal/site/browse"
	"normmap/internal/site/serve"
)

// One reader's many downloads keep no other waiting.
func TestPlacesForDownloads(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	rules := browse.DownloadRules()
	rules.Own = time.Millisecond
	h.site.pages.Downloads = serve.NewSlots(rules)
	get := func(from string) answer {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/data/links.csv", nil)
		r.RemoteAddr = from + ":4711"
		return h.do(r)
	}
	take := func(from string) (release func()) {
		release, err := h.site.pages.Downloads.Take(t.Context(), from)
		if err != nil {
			t.Fatal(err)
		}
		return release
	}
	var end func()
	for range rules.Each {
		end = take("192.0.2.1")
	}
	const wait = "15"
	if after := get("192.0.2.1").status(http.StatusTooManyRequests).says("wait until one of them ends").Header.Get("Retry-After"); after != wait {
		t.Errorf("Retry-After is %q", after)
	}
	get("192.0.2.2").status(http.StatusOK)
	end()
	for range 2 { // the answer gives its place back
		get("192.0.2.1").status(http.StatusOK)
	}
	for i := range rules.All - rules.Each + 1 {
		take("198.51.100." + strconv.Itoa(i))
	}
	if after := get("192.0.2.2").status(http.StatusServiceUnavailable).says("many downloads are under way").Header.Get("Retry-After"); after != wait {
		t.Errorf("Retry-After is %q", after)
	}
}
