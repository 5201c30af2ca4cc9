package pglocal

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestFirstAndWarmStart(t *testing.T) {
	t.Parallel()
	dir := newDir(t)
	before := time.Now()
	first := start(t, Options{Dir: dir})
	t.Logf("first start: %v", time.Since(before))
	write(t, first.URL(""))
	if got := query[string](t, first.URL(""), `select current_database() || ' ' || current_user`); got != "normmap normmap" {
		t.Errorf("database and role are %q, want normmap normmap", got)
	}
	if got := query[string](t, first.URL(""), `select lower('ÅÉ') || current_setting('listen_addresses') || current_setting('fsync')`); got != "åéon" {
		t.Errorf("Unicode, no port, durable: got %q", got)
	}
	if err := first.Stop(); err != nil {
		t.Fatal(err)
	}
	if err := first.Err(); err != nil {
		t.Errorf("a stopped server ended with %v", err)
	}
	before = time.Now()
	warm := start(t, Options{Dir: dir})
	t.Logf("warm start: %v", time.Since(before))
	if n := written(t, warm.URL("")); n != 1 {
		t.Errorf("after a restart there are %d rows, want 1", n)
	}
}

func TestSettingsOfTheCallerWin(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Ephemeral: true, Settings: map[string]string{"max_connections": "17"}})
	if got := query[string](t, s.URL(""), `show max_connections`); got != "17" {
		t.Errorf("max_connections is %s, want 17", got)
	}
}

func TestEphemeralServerLeavesNothing(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Ephemeral: true})
	if err := s.Stop(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(s.opt.Dir); !os.IsNotExist(err) {
		t.Errorf("%s is still there", s.opt.Dir)
	}
}

func TestSweepTakesOnlyWhatNobodyUses(t *testing.T) {
	t.Parallel()
	root := newDir(t)
	used, lock, err := scratchDir(root, "x")
	if err != nil {
		t.Fatal(err)
	}
	defer lock.Close()
	left, abandoned, err := scratchDir(root, "x")
	if err != nil {
		t.Fatal(err)
	}
	_ = abandoned.Close()
	sweep(t.Context(), root, "x")
	if _, err := os.Stat(used); err != nil {
		t.Errorf("a used directory was swept: %v", err)
	}
	if _, err := os.Stat(left); !os.IsNotExist(err) {
		t.Error("an abandoned directory was not swept")
	}
}

func TestLongPathGetsAShortSocket(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(newDir(t), strings.Repeat("long", 30))
	s := start(t, Options{Dir: dir})
	write(t, s.URL(""))
	if url, ok := Running(dir); !ok || url != s.URL("") {
		t.Errorf("Running says %q %v, want %q", url, ok, s.URL(""))
	}
	if err := s.Stop(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(s.sock); !os.IsNotExist(err) {
		t.Errorf("the socket's folder %s is still there", s.sock)
	}
}

func TestRunning(t *testing.T) {
	t.Parallel()
	dir := newDir(t)
	if _, ok := Running(dir); ok {
		t.Error("a server runs in an empty directory")
	}
	s := start(t, Options{Dir: dir})
	url, ok := Running(dir)
	if !ok {
		t.Fatal("the running server is not found")
	}
	write(t, url)
	if err := s.Stop(); err != nil {
		t.Fatal(err)
	}
	if _, ok := Running(dir); ok {
		t.Error("a stopped server runs")
	}
}

func TestDefaultDir(t *testing.T) {
	t.Parallel()
	none := func(string) string { return "" }
	xdg := func(string) string { return "/data" }
	if got := DefaultDir(0, xdg, "/root"); got != "/var/lib/normmap" {
		t.Errorf("root: %s", got)
	}
	if got := DefaultDir(1000, xdg, "/home/ada"); got != "/data/normmap" {
		t.Errorf("with XDG_DATA_HOME: %s", got)
	}
	if got := DefaultDir(1000, none, "/home/ada"); !strings.HasPrefix(got, "/home/ada/") || filepath.Base(got) != "normmap" {
		t.Errorf("a user: %s", got)
	}
}
