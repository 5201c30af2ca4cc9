package pglocal

import (
	"path/filepath"
	"testing"
)

// Elsewhere the next start stops the server: TestOrphanIsStoppedAndReplaced.
func TestServerStopsWithAKilledService(t *testing.T) {
	t.Parallel()
	dir := newDir(t)
	c, pid := startService(t, dir)
	write(t, runningURL(t, dir))
	kill(c)
	eventually(t, "the server is gone", func() bool { return !serves(pid, filepath.Join(dir, "data")) })
	s := start(t, Options{Dir: dir})
	if n := written(t, s.URL("")); n != 1 {
		t.Errorf("after the crash there are %d rows, want 1", n)
	}
}
