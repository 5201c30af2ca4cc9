// Package rig runs the built program for the workshop: as processes on a given
// database, as an operator would. It is no part of the service.
package rig

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"syscall"
)

// Instance is a process of the program.
type Instance struct {
	Binary, Database string
	Settings         []string // NAME=value, beside the database
	Listen           string   // the same after a restart
	Base             string   // the address at which it answers, once it has started
	Log              LastLines
	Stderr           io.Writer // gets what it says in place of Log, unless nil

	cmd   *exec.Cmd
	ended chan error // nil while it does not run
}

// Command is one of the program's commands. It sees no setting of the caller's.
func (i *Instance) Command(ctx context.Context, args ...string) *exec.Cmd {
	c := exec.CommandContext(ctx, i.Binary, args...)
	c.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME"), "DATABASE_URL=" + i.Database,
		"NORMMAP_METRICS_LISTEN=off"}, i.Settings...)
	c.Stderr = &i.Log
	if i.Stderr != nil {
		c.Stderr = i.Stderr
	}
	return c
}

var readyLine = regexp.MustCompile(`ready at (http://(\S+)) `)

// Start returns when the instance says that it is ready.
func (i *Instance) Start(ctx context.Context, args ...string) error {
	i.cmd = i.Command(ctx, append([]string{"serve", "--listen", i.Listen}, args...)...)
	out, err := i.cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := i.cmd.Start(); err != nil {
		return fmt.Errorf("starting %s: %w", i.Binary, err)
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
	if i.Base == "" { // a restarted one is where it was, and others ask it
		i.Base, i.Listen = ready[1], ready[2]
	}
	return nil
}

// Pid is the process number of a running instance.
func (i *Instance) Pid() int { return i.cmd.Process.Pid }

// Stop asks the instance to end and expects it to do so without a complaint.
func (i *Instance) Stop() error {
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

// Readiness is what the instance tells balancers; 0 when it does not answer.
func (i *Instance) Readiness(ctx context.Context) int {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, i.Base+"/readyz", nil)
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

// Editor makes an account with a token by the program's own commands.
func (i *Instance) Editor(ctx context.Context, email string) (token string, err error) {
	add := i.Command(ctx, "user", "add", "--email", email, "--name", "Editor", "--role", "editor", "--password-stdin")
	add.Stdin = strings.NewReader("a passphrase for one minute\n")
	if err := add.Run(); err != nil {
		return "", fmt.Errorf("user add: %w", err)
	}
	out, err := i.Command(ctx, "token", "add", "--email", email, "--expires", "1d").Output()
	if err != nil {
		return "", fmt.Errorf("token add: %w", err)
	}
	return strings.TrimSpace(string(out)), nil
}

// Sound has the program look whether the chain of changesets and the history
// hold.
func (i *Instance) Sound(ctx context.Context) error {
	out, err := i.Command(ctx, "doctor").Output()
	if exit, failed := errors.AsType[*exec.ExitError](err); failed {
		return fmt.Errorf("doctor ends with %d: %s", exit.ExitCode(), out)
	}
	return err
}

// LastLines keeps the end of what was written.
type LastLines struct {
	mu   sync.Mutex
	text []byte
}

// Write implements io.Writer.
func (l *LastLines) Write(b []byte) (int, error) {
	const most = 8 << 10
	l.mu.Lock()
	defer l.mu.Unlock()
	l.text = append(l.text, b...)
	l.text = l.text[max(0, len(l.text)-most):]
	return len(b), nil
}

// Last is the end of what was written.
func (l *LastLines) Last() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return string(l.text)
}
