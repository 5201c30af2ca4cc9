package pglocal

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"runtime"
	"syscall"
	"time"
)

// process is a running server.
type process struct {
	cmd  *exec.Cmd
	done chan struct{} // closed when it has ended
	err  error         // how; to be read after done
}

// startProcess starts c and watches it to its end.
func startProcess(c *exec.Cmd) (*process, error) {
	p := &process{cmd: c, done: make(chan struct{})}
	started := make(chan error, 1)
	go func() {
		// The kernel sends the parent-death signal when the *thread* ends that
		// made the child; so this one is kept until the child is gone.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := c.Start()
		started <- err
		if err != nil {
			return
		}
		p.err = c.Wait()
		close(p.done)
	}()
	if err := <-started; err != nil {
		return nil, fmt.Errorf("starting %s: %w", c.Path, err)
	}
	return p, nil
}

// result is how the process ended; nil while it has not.
func (p *process) result() error {
	select {
	case <-p.done:
		return p.err
	default:
		return nil
	}
}

// patience is how long each way to stop a server may take. See "Shutting Down
// the Server" in PostgreSQL's manual: INT disconnects clients and writes
// everything out, QUIT leaves that to the recovery of the next start.
func patience() []step {
	return []step{
		{syscall.SIGINT, 20 * time.Second},
		{syscall.SIGQUIT, 5 * time.Second},
		{syscall.SIGKILL, 5 * time.Second},
	}
}

type step struct {
	signal syscall.Signal
	wait   time.Duration
}

// end stops the process, at once if nothing has to be kept. That it had ended
// before is no error.
func (p *process) end(atOnce bool) error {
	steps := patience()
	if atOnce {
		steps = steps[1:]
	}
	for _, s := range steps {
		_ = p.cmd.Process.Signal(s.signal)
		select {
		case <-p.done:
			return nil
		case <-time.After(s.wait):
		}
	}
	return errors.New("the private PostgreSQL does not stop")
}

// command is a program run as the server's user, in a fixed environment: PG*
// and locale variables of the caller's shell must not reach the server.
func (s *Server) command(path string, args ...string) *exec.Cmd {
	return s.prepare(exec.Command(path, args...))
}

func (s *Server) prepare(c *exec.Cmd) *exec.Cmd {
	c.Dir = "/"
	c.Env = []string{"PATH=/usr/local/bin:/usr/bin:/bin", "HOME=/", "LC_ALL=C", "TZ=UTC"}
	// Its own process group: a Ctrl-C in the terminal is for the service,
	// which first finishes its requests.
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if s.user != nil {
		c.SysProcAttr.Credential = &syscall.Credential{Uid: s.user.uid, Gid: s.user.gid}
	}
	if !s.opt.outlive {
		dieWithParent(c.SysProcAttr)
	}
	return c
}

// run runs a short command to its end and returns all it said.
func (s *Server) run(ctx context.Context, path string, args ...string) ([]byte, error) {
	c := s.prepare(exec.CommandContext(ctx, path, args...))
	c.Cancel = func() error { return c.Process.Signal(syscall.SIGINT) } // initdb tidies up
	c.WaitDelay = 5 * time.Second
	return said(c)
}

// said runs c to its end and returns all it said.
func said(c *exec.Cmd) ([]byte, error) {
	runtime.LockOSThread() // for the parent-death signal, as in startProcess
	defer runtime.UnlockOSThread()
	return c.CombinedOutput()
}
