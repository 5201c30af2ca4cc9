package site

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/whole"
)

// overWire serves the site as the program does, on connections that send a
// page in one piece, and returns its address.
func (h *house) overWire() string {
	h.t.Helper()
	s := httptest.NewUnstartedServer(h.handler)
	s.Listener = whole.Listener{Listener: s.Listener}
	s.Config.ConnContext = whole.Context
	s.Start()
	h.t.Cleanup(s.Close)
	return s.URL
}

// A page is the same, with the same header, whether it goes past net/http or
// through it; made for this reader, or out of memory.
func TestPagesOverTheWireAreTheSame(t *testing.T) {
	t.Parallel()
	h := newKeeping(t, func(d *Deps) { d.PublicURL = "https://norms.example.org" })
	base := h.overWire()
	client := &http.Client{Transport: &http.Transport{DisableCompression: true}, Timeout: time.Minute}
	over := func(method, address, coding, tag string) (http.Header, string) {
		r, err := http.NewRequestWithContext(t.Context(), method, base+address, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Accept-Encoding", coding)
		if tag != "" {
			r.Header.Set("If-None-Match", tag)
		}
		res, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		body, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		for _, alone := range []string{"Date", "X-Request-Id"} {
			if len(res.Header[alone]) != 1 {
				t.Errorf("%s %s: %s is %q", method, address, alone, res.Header[alone])
			}
			res.Header.Del(alone)
		}
		return res.Header, string(body)
	}
	for _, address := range []string{principlePage, "/coverage", "/initiatives.csv", "/agreements.json", "/data"} {
		for _, coding := range []string{"br", "gzip", "identity"} {
			madeNow, body := over(http.MethodGet, address, coding, "")
			direct := h.with(address, "Accept-Encoding", coding).status(http.StatusOK)
			direct.Header.Del("X-Request-Id")
			if diff := cmp.Diff(direct.Header, madeNow); diff != "" || body != direct.body {
				t.Errorf("%s in %s, the first time: %s", address, coding, diff)
			}
			for range 2 {
				kept, body := over(http.MethodGet, address, coding, "")
				if diff := cmp.Diff(direct.Header, kept); diff != "" || body != direct.body {
					t.Errorf("%s in %s, out of memory: %s", address, coding, diff)
				}
				head, none := over(http.MethodHead, address, coding, "")
				if diff := cmp.Diff(direct.Header, head); diff != "" || none != "" {
					t.Errorf("HEAD of %s in %s: %s", address, coding, diff)
				}
				if short, none := over(http.MethodGet, address, coding, kept.Get("Etag")); len(short) != 3 || none != "" {
					t.Errorf("%s in %s again: %v", address, coding, short)
				}
			}
		}
	}
}
