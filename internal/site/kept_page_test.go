package site

import (
	"testing"
	"time"

	"normmap/internal/pagecache"
	"normmap/internal/store"
)

// keepingPages gives a site memory for pages.
func keepingPages(d *Deps) { d.Cache = pagecache.NewCache(4 << 20) }

// follow lets a store hear what others write, as in the running service.
func follow(t testing.TB, s *store.Store) {
	t.Helper()
	end, err := s.Follow(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(end)
	for until := time.Now().Add(time.Minute); ; time.Sleep(time.Millisecond) {
		if _, current := s.Heard(); current {
			return
		}
		if time.Now().After(until) {
			t.Fatal("nothing is heard of changes")
		}
	}
}
