package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"syscall"
)

// stopDelay is how long an instance that is told to stop goes on answering, so
// that the balancer has seen that it is not ready.
const stopDelay = "2s"

// instance is a process of the program.
type instance struct {
	binary, database string
	listen           string // the same after a restart
	base             string
	log              lastLines

	cmd   *exec.Cmd
	ended chan error // nil while it does not run
}

// command is one of the program's commands. It sees no setting of the caller's.
func (i *instance) command(ctx context.Context, args ...string) *exec.Cmd {
	c := exec.CommandContext(ctx, i.binary, args...)
	c.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME"), "DATABASE_URL=" + i.database,
		"NORMMAP_METRICS_LISTEN=off", "NORMMAP_STOP_DELAY=" + stopDelay}
	c.Stderr = &i.log
	return c
}

var readyLine = regexp.MustCompile(`ready at (http://(\S+)) `)

// start returns when the instance says that it is ready.
func (i *instance) start(ctx context.Context, args ...string) error {
	i.cmd = i.command(ctx, append([]string{"serve", "--listen", i.listen}, args...)...)
	out, err := i.cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := i.cmd.Start(); err != nil {
		return fmt.Errorf("starting %s: %w", i.binary, err)
	}
	i.ended = make(chan error, 1)
	lines := bufio.NewScanner(out)
	var ready []string
	for ready == nil && lines.Scan() {
		ready = readyLine.FindStringSubmatch(lines.Text())
	}
	go func() {
		for lines.Scan() { // its output must not block it
		}
		i.ended <- i.cmd.Wait()
	}()
	if ready == nil {
		err := <-i.ended
		i.ended = nil
		return fmt.Errorf("an instance ended before it was ready: %w", err)
	}
	if i.base == "" { // a restarted one is where it was, and others ask it
		i.base, i.listen = ready[1], ready[2]
	}
	return nil
}

// stop asks the instance to end and expects it to do so without a complaint.
func (i *instance) stop() error {
	if i.ended == nil {
		return nil
	}
	if err := i.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return fmt.Errorf("stopping an instance: %w", err)
	}
	err := <-i.ended
	i.ended = nil
	if err != nil {
		return fmt.Errorf("an instance did not end well: %w", err)
	}
	return nil
}

// readiness is what the instance tells balancers; 0 when it does not answer.
func (i *instance) readiness(ctx context.Context) int {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, i.base+"/readyz", nil)
	if err != nil {
		return 0
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0
	}
	_ = res.Body.Close()
	return res.StatusCode
}

// editor makes an account with a token by the program's own commands.
func (i *instance) editor(ctx context.Context, email string) (token string, err error) {
	add := i.command(ctx, "user", "add", "--email", email, "--name", "Editor", "--role", "editor", "--password-stdin")
	add.Stdin = strings.NewReader("a passphrase for one minute\n")
	if err := add.Run(); err != nil {
		return "", fmt.Errorf("user add: %w", err)
	}
	out, err := i.command(ctx, "token", "add", "--email", email, "--expires", "1d").Output()
	if err != nil {
		return "", fmt.Errorf("token add: %w", err)
	}
	return strings.TrimSpace(string(out)), nil
}

// sound has the program look whether the chain of changesets and the history
// hold.
func (i *instance) sound(ctx context.Context) error {
	out, err := i.command(ctx, "doctor").Output()
	if exit, failed := errors.AsType[*exec.ExitError](err); failed {
		return fmt.Errorf("doctor ends with %d: %s", exit.ExitCode(), out)
	}
	return err
}

// lastLines keeps the end of what was written.
type lastLines struct {
	mu   sync.Mutex
	text []byte
}

// Write implements io.Writer.
func (l *lastLines) Write(b []byte) (int, error) {
	const most = 8 << 10
	l.mu.Lock()
	defer l.mu.Unlock()
	l.text = append(l.text, b...)
	l.text = l.text[max(0, len(l.text)-most):]
	return len(b), nil
}

func (l *lastLines) last() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return string(l.text)
}
