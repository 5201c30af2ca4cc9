// Command smoke drives the built program over HTTP, as a machine would:
//
//	go run ./internal/pgtest/withpg go run ./internal/smoke bin/normmap
//
// It makes a database of its own on the server of TEST_DATABASE_URL (a
// superuser's address), starts the program on a free port, links with a token,
// reads the link back, withdraws it, looks into the history, and stops the
// program. The database is dropped, whatever happens.
package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"regexp"
	"strings"
	"syscall"
	"time"

	"normmap/internal/pgtest/private"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if len(os.Args) != 2 || os.Getenv("TEST_DATABASE_URL") == "" {
		fmt.Fprintln(os.Stderr, "smoke: set TEST_DATABASE_URL and name the program; for example: smoke bin/normmap")
		os.Exit(2)
	}
	if err := run(ctx, os.Args[1], os.Getenv("TEST_DATABASE_URL")); err != nil {
		fmt.Fprintln(os.Stderr, "smoke:", err)
		os.Exit(1)
	}
	fmt.Println("smoke: passed")
}

func run(ctx context.Context, binary, server string) (err error) {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	address, drop, err := private.Database(ctx, server, "smoke")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, drop()) }()
	p := &program{binary: binary, database: address}
	base, err := p.serve(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.stop()) }()
	token, err := p.token(ctx)
	if err != nil {
		return err
	}
	return drive(ctx, base, token)
}

// program is the binary under test on its database.
type program struct {
	binary, database string
	service          *exec.Cmd
	ended            chan error
}

// command is one of the program's commands. It sees no setting of the caller's.
func (p *program) command(ctx context.Context, args ...string) *exec.Cmd {
	c := exec.CommandContext(ctx, p.binary, args...)
	c.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME"), "DATABASE_URL=" + p.database, "NORMMAP_METRICS_LISTEN=off"}
	c.Stderr = os.Stderr
	return c
}

var readyLine = regexp.MustCompile(`ready at (http://\S+) `)

// serve starts the service and returns its address once it is ready.
func (p *program) serve(ctx context.Context) (string, error) {
	p.service = p.command(ctx, "serve", "--listen", "127.0.0.1:0", "--migrate", "--seed")
	out, err := p.service.StdoutPipe()
	if err != nil {
		return "", err
	}
	if err := p.service.Start(); err != nil {
		return "", fmt.Errorf("starting %s: %w", p.binary, err)
	}
	p.ended = make(chan error, 1)
	lines := bufio.NewScanner(out)
	base := ""
	for base == "" && lines.Scan() {
		if m := readyLine.FindStringSubmatch(lines.Text()); m != nil {
			base = m[1]
		}
	}
	go func() {
		for lines.Scan() { // its output must not block it
		}
		p.ended <- p.service.Wait()
	}()
	if base == "" {
		return "", fmt.Errorf("serve ended before it was ready: %w", <-p.ended)
	}
	return base, nil
}

// stop asks the service to end and expects it to do so without a complaint.
func (p *program) stop() error {
	if err := p.service.Process.Signal(syscall.SIGTERM); err != nil {
		return fmt.Errorf("stopping the service: %w", err)
	}
	if err := <-p.ended; err != nil {
		return fmt.Errorf("the service did not end well: %w", err)
	}
	return nil
}

// token makes an editor with an API token by the program's own commands.
func (p *program) token(ctx context.Context) (string, error) {
	const email = "smoke@example.org"
	add := p.command(ctx, "user", "add", "--email", email, "--name", "Smoke", "--role", "editor", "--password-stdin")
	add.Stdin = strings.NewReader("a passphrase for one minute\n")
	if err := add.Run(); err != nil {
		return "", fmt.Errorf("user add: %w", err)
	}
	out, err := p.command(ctx, "token", "add", "--email", email, "--expires", "1d").Output()
	if err != nil {
		return "", fmt.Errorf("token add: %w", err)
	}
	return strings.TrimSpace(string(out)), nil
}
