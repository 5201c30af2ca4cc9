package site

import (
	"flag"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/store"
)

// update writes golden files instead of comparing with them.
var update = flag.Bool("update", false, "write golden files")

// newBare is a house without a database, for what happens before one is asked.
func newBare(t testing.TB, set ...func(*Deps)) *house {
	t.Helper()
	h := &house{t: t, store: store.New(nil), log: &lockedBuffer{}, cookies: map[string]*http.Cookie{}}
	d := testDeps(h.store, h.log)
	for _, f := range set {
		f(&d)
	}
	h.site = newSite(d)
	h.handler = h.site.handler()
	return h
}

// golden compares got with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("%s (-want +got); after a change on purpose run the test with -update:\n%s", path, d)
	}
}
