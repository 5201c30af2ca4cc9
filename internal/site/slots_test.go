package site

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"
	"time"
)

// One reader's many downloads keep no other waiting.
func TestPlacesForDownloads(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.site.pages.downloads.rules.own = time.Millisecond
	get := func(from string) answer {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/data/links.csv", nil)
		r.RemoteAddr = from + ":4711"
		return h.do(r)
	}
	take := func(from string) (release func()) {
		release, err := h.site.pages.downloads.take(t.Context(), from)
		if err != nil {
			t.Fatal(err)
		}
		return release
	}
	var end func()
	for range downloadsOne {
		end = take("192.0.2.1")
	}
	wait := strconv.Itoa(int(stepTime.Seconds() / 4))
	if after := get("192.0.2.1").status(http.StatusTooManyRequests).says("wait until one of them ends").Header.Get("Retry-After"); after != wait {
		t.Errorf("Retry-After is %q", after)
	}
	get("192.0.2.2").status(http.StatusOK)
	end()
	if n := len(h.site.pages.downloads.by); n != 1 {
		t.Errorf("%d clients are remembered", n)
	}
	for range 2 { // the answer gives its place back
		get("192.0.2.1").status(http.StatusOK)
	}
	for i := range downloadsMax - downloadsOne + 1 {
		take("198.51.100." + strconv.Itoa(i))
	}
	if after := get("192.0.2.2").status(http.StatusServiceUnavailable).says("many downloads are under way").Header.Get("Retry-After"); after != wait {
		t.Errorf("Retry-After is %q", after)
	}
}

// A file that is asked for beside two others comes when one of them has ended.
func TestADownloadWaitsForAnother(t *testing.T) {
	t.Parallel()
	s := newSlots(slotRules{all: downloadsMax, each: 1, own: time.Hour, tooMany: errors.New("too many")})
	first, err := s.take(t.Context(), "192.0.2.1")
	if err != nil {
		t.Fatal(err)
	}
	second := make(chan error)
	go func() {
		release, err := s.take(t.Context(), "192.0.2.1")
		if err == nil {
			release()
		}
		second <- err
	}()
	first()
	if err := <-second; err != nil {
		t.Error(err)
	}
	left, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.take(t.Context(), "192.0.2.1"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.take(left, "192.0.2.1"); err == nil {
		t.Error("who left got a place")
	}
}
