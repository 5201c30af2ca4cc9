package pglocal

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestServiceLearnsThatItsServerDied(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Dir: newDir(t)})
	signal(t, s.Pid(), syscall.SIGKILL)
	select {
	case <-s.Done():
	case <-time.After(10 * time.Second):
		t.Fatal("Done is not closed")
	}
	has(t, s.Err(), "killed")
	if err := s.Stop(); err != nil {
		t.Errorf("stopping what has died: %v", err)
	}
	start(t, Options{Dir: s.opt.Dir})
}

func TestOrphanIsStoppedAndReplaced(t *testing.T) {
	t.Parallel()
	dir := newDir(t)
	c, orphan := startService(t, dir, serviceOutlive+"=1")
	write(t, runningURL(t, dir))
	kill(c)
	if !serves(orphan, filepath.Join(dir, "data")) {
		t.Fatal("the test needs an orphan, and it is gone")
	}
	if _, ok := Running(dir); ok {
		t.Error("an orphan counts as a running instance")
	}
	s := start(t, Options{Dir: dir})
	if serves(orphan, filepath.Join(dir, "data")) || s.Pid() == orphan {
		t.Errorf("the orphan %d still serves", orphan)
	}
	wasToldToStop(t, dir)
	if n := written(t, s.URL("")); n != 1 {
		t.Errorf("after the crash there are %d rows, want 1", n)
	}
}

func TestResetStopsAnOrphan(t *testing.T) {
	t.Parallel()
	dir := newDir(t)
	c, _ := startService(t, dir, serviceOutlive+"=1")
	kill(c)
	if err := Reset(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	wasToldToStop(t, dir)
	if _, err := os.Stat(filepath.Join(dir, "data")); !os.IsNotExist(err) {
		t.Error("the cluster is still there")
	}
}

// wasToldToStop looks for what a server says when it is stopped in order. One
// that finds its files gone ends as well, after a minute and less well.
func wasToldToStop(t *testing.T, dir string) {
	t.Helper()
	log, err := os.ReadFile(filepath.Join(dir, "postgres.log"))
	if err != nil || !strings.Contains(string(log), "received fast shutdown request") {
		t.Errorf("the orphan was not stopped: %v %s", err, log)
	}
}

func TestBothKilledLosesNoAcknowledgedRow(t *testing.T) {
	t.Parallel()
	dir := newDir(t)
	bothKilled(t, dir, 20)
	s := start(t, Options{Dir: dir})
	if n := written(t, s.URL("")); n != 20 {
		t.Errorf("after the crash there are %d rows, want 20", n)
	}
}

// A process number is used again, and PostgreSQL refuses to start while it
// belongs to a living process of its user. Another's server is not an orphan.
func TestReusedProcessNumber(t *testing.T) {
	t.Parallel()
	for name, other := range map[string]func(*testing.T) int{
		"program": func(t *testing.T) int { return sleeper(t).Process.Pid },
		"server":  func(t *testing.T) int { return start(t, Options{Ephemeral: true}).Pid() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir, pid := newDir(t), other(t)
			bothKilled(t, dir, 1)
			putNumber(t, filepath.Join(dir, "data", "postmaster.pid"), pid)
			s := start(t, Options{Dir: dir})
			if n := written(t, s.URL("")); n != 1 {
				t.Errorf("after the crash there are %d rows, want 1", n)
			}
			if err := syscall.Kill(pid, 0); err != nil {
				t.Errorf("the other process was stopped: %v", err)
			}
		})
	}
}

// putNumber replaces the process number in the first line of a file.
func putNumber(t *testing.T, file string, pid int) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("the test needs a file that a killed server left: %v", err)
	}
	_, rest, _ := strings.Cut(string(b), "\n")
	if err := os.WriteFile(file, []byte(strconv.Itoa(pid)+"\n"+rest), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestTornProcessFile(t *testing.T) {
	t.Parallel()
	dir := newDir(t)
	bothKilled(t, dir, 1)
	if err := os.WriteFile(filepath.Join(dir, "data", "postmaster.pid"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s := start(t, Options{Dir: dir})
	if n := written(t, s.URL("")); n != 1 {
		t.Errorf("after the crash there are %d rows, want 1", n)
	}
}

// A first start that was killed leaves half a cluster, under another name.
func TestHalfMadeClusterIsReplaced(t *testing.T) {
	t.Parallel()
	dir := newDir(t)
	half := filepath.Join(dir, halfMade+"1")
	if err := os.MkdirAll(filepath.Join(half, "base"), 0o700); err != nil {
		t.Fatal(err)
	}
	s := start(t, Options{Dir: dir})
	write(t, s.URL(""))
	if _, err := os.Stat(half); !os.IsNotExist(err) {
		t.Error("the half-made cluster is still there")
	}
}

// bothKilled leaves in dir what a crash of the machine leaves, after n
// acknowledged rows.
func bothKilled(t *testing.T, dir string, n int) {
	t.Helper()
	c, pid := startService(t, dir, serviceOutlive+"=1")
	url := runningURL(t, dir)
	for range n {
		write(t, url)
	}
	signal(t, pid, syscall.SIGKILL)
	kill(c)
	if _, err := os.Stat(filepath.Join(dir, "data", "postmaster.pid")); err != nil {
		t.Fatalf("the test needs a stale process file: %v", err)
	}
}

func runningURL(t *testing.T, dir string) string {
	t.Helper()
	url, ok := Running(dir)
	if !ok {
		t.Fatal("the running service is not found")
	}
	return url
}

// sleeper is a living process of the server's user.
func sleeper(t *testing.T) *exec.Cmd {
	t.Helper()
	c := commandOfServerUser(t, "/bin/sleep", "600")
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { kill(c) })
	return c
}

func commandOfServerUser(t *testing.T, path string, args ...string) *exec.Cmd {
	t.Helper()
	u, err := newClusterUser()
	if err != nil {
		t.Fatal(err)
	}
	return (&Server{user: u, opt: Options{outlive: true}}).command(path, args...)
}
