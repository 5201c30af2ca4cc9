//go:build linux || darwin

package document

import (
	"os/exec"
	"runtime/debug"
	"syscall"
	"time"
)

// grace is how long a child that was ended may hold its pipes.
const grace = 2 * time.Second

// confine puts a command into a group of its own, so that whatever it started
// ends with it.
func confine(c *exec.Cmd) {
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	c.Cancel = func() error { return syscall.Kill(-c.Process.Pid, syscall.SIGKILL) }
	c.WaitDelay = grace
	if c.Env == nil {
		c.Env = []string{"LC_ALL=C.UTF-8"}
	}
}

// limit bounds what this process and those that it starts may use.
func limit(l Limits) error {
	debug.SetMemoryLimit(int64(l.Memory / 2))
	seconds := uint64(l.Time/time.Second) + 1
	for _, r := range []struct {
		what int
		most uint64
	}{{syscall.RLIMIT_AS, l.Memory}, {syscall.RLIMIT_CPU, seconds}, {syscall.RLIMIT_FSIZE, 0}, {syscall.RLIMIT_CORE, 0}, {syscall.RLIMIT_NOFILE, 64}} {
		if err := syscall.Setrlimit(r.what, &syscall.Rlimit{Cur: r.most, Max: r.most}); err != nil {
			return err
		}
	}
	return nil
}

// outOfTime tells of a child that used up its time on the processor.
func outOfTime(e *exec.ExitError) bool {
	status, ok := e.Sys().(syscall.WaitStatus)
	return ok && status.Signaled() && (status.Signal() == syscall.SIGXCPU || status.Signal() == syscall.SIGKILL)
}
