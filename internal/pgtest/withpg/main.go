// Command withpg runs a command that needs a Postgres for tests:
//
//	go run ./internal/pgtest/withpg go test ./...
//
// It brings up one throw-away server, names it to the command in
// TEST_DATABASE_URL, and ends with the command's exit code. A
// TEST_DATABASE_URL that is already set is used instead; DATABASE_URL is never
// read.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"

	"normmap/internal/pglocal"
)

func main() {
	os.Exit(run(os.Args[1:], os.Getenv))
}

// run returns the exit code.
func run(args []string, env func(string) string) int {
	if len(args) == 0 {
		fmt.Fprintln(os.Stderr, "withpg: no command given; for example: withpg go test ./...")
		return 2
	}
	signals := make(chan os.Signal, 4)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(signals)

	c := exec.Command(args[0], args[1:]...)
	c.Stdin, c.Stdout, c.Stderr, c.Env = os.Stdin, os.Stdout, os.Stderr, os.Environ()
	if env("TEST_DATABASE_URL") == "" {
		server, err := pglocal.Start(context.Background(), pglocal.Options{
			Ephemeral: true, BinDir: env("NORMMAP_PG_BIN"), Progress: os.Stderr,
			CacheDir: pglocal.DefaultCacheDir(os.Geteuid(), env, env("HOME")),
		})
		if err != nil {
			fmt.Fprintln(os.Stderr, "withpg:", err)
			return 1
		}
		defer server.Stop()
		c.Env = append(c.Env, "TEST_DATABASE_URL="+server.URL("postgres"))
	}
	return exitCode(runWith(c, signals))
}

// runWith runs c and passes it our signals: what it started must end with it,
// while its server is still there.
func runWith(c *exec.Cmd, signals <-chan os.Signal) error {
	if err := c.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	for {
		select {
		case sig := <-signals:
			_ = c.Process.Signal(sig)
		case err := <-ended:
			return err
		}
	}
}

// exitCode is the command's own, or as shells give it when a signal ended it.
func exitCode(err error) int {
	if err == nil {
		return 0
	}
	exit, ok := errors.AsType[*exec.ExitError](err)
	if !ok {
		fmt.Fprintln(os.Stderr, "withpg:", err)
		return 127
	}
	if status, ok := exit.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return 128 + int(status.Signal())
	}
	return exit.ExitCode()
}
