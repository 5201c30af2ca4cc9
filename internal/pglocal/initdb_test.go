package pglocal

import (
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// A service killed while it makes its cluster leaves none, or a whole one. The
// second case is a system without parent-death signal, where the program that
// makes the cluster runs on.
func TestKilledWhileTheClusterIsMade(t *testing.T) {
	t.Parallel()
	for name, env := range map[string]string{"initdb dies too": serviceOutlive + "=", "initdb runs on": serviceOutlive + "=1"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := killedInInitdb(t, env)
			if _, ok := Running(dir); ok {
				t.Error("a killed service counts as a running one")
			}
			s := start(t, Options{Dir: dir})
			write(t, s.URL(""))
			if n := written(t, s.URL("")); n != 1 {
				t.Errorf("the new cluster has %d rows, want 1", n)
			}
		})
	}
}

// killedInInitdb returns a directory whose service was killed in its first
// start, after PostgreSQL's initdb began to write and before it was done. On a
// machine that stalls, a kill may come too late; then it tries again.
func killedInInitdb(t *testing.T, env string) (dir string) {
	t.Helper()
	for range 10 {
		dir = newDir(t)
		c := exec.Command(os.Args[0])
		c.Env = append(os.Environ(), serviceDir+"="+dir, env)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		eventually(t, "initdb writes", func() bool {
			begun, _ := filepath.Glob(filepath.Join(dir, "data*", "PG_VERSION"))
			return begun != nil
		})
		kill(c)
		if _, err := os.Stat(filepath.Join(dir, "data")); os.IsNotExist(err) {
			return dir
		}
		if pid, err := readPIDFile(filepath.Join(dir, "data")); err == nil && serves(pid.pid, filepath.Join(dir, "data")) {
			_ = syscall.Kill(pid.pid, syscall.SIGKILL)
		}
	}
	t.Fatal("the test needs a kill during initdb, and ten came too late")
	return ""
}

// PostgreSQL refuses a socket whose lock names a living process of its user,
// and a zombie counts as one: in a container, where nobody waits for what a
// killed service left, the next start met one.
func TestSocketLockNamesAnother(t *testing.T) {
	t.Parallel()
	for name, other := range map[string]func(*testing.T) int{"zombie": zombie, "dead": dead} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := newDir(t)
			bothKilled(t, dir, 1)
			putNumber(t, filepath.Join(dir, "run", socketName+".lock"), other(t))
			s := start(t, Options{Dir: dir})
			if n := written(t, s.URL("")); n != 1 {
				t.Errorf("after the crash there are %d rows, want 1", n)
			}
		})
	}
}

// zombie has ended, and nobody waits for it until the test is over.
func zombie(t *testing.T) int {
	t.Helper()
	c := commandOfServerUser(t, "/bin/true")
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Wait() })
	return c.Process.Pid
}

// dead is the number of a process that is gone.
func dead(t *testing.T) int {
	t.Helper()
	c := commandOfServerUser(t, "/bin/true")
	if err := c.Run(); err != nil {
		t.Fatal(err)
	}
	return c.Process.Pid
}
