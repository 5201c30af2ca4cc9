package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// The test binary plays the command: run with one argument "connect", it ends
// with 7 if the database it was given takes connections.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == "connect" {
		os.Exit(connect(os.Getenv("TEST_DATABASE_URL")))
	}
	m.Run()
}

func connect(url string) int {
	conn, err := pgx.Connect(context.Background(), url)
	if err != nil {
		return 1
	}
	_ = conn.Close(context.Background())
	return 7
}

func none(string) string { return "" }

// alone are our own variables without the server that these tests may run on.
func alone(name string) string {
	if name == "TEST_DATABASE_URL" {
		return ""
	}
	return os.Getenv(name)
}

func TestCommandGetsAServerAndItsExitCodeIsOurs(t *testing.T) {
	t.Parallel()
	if code := run([]string{os.Args[0], "connect"}, alone); code != 7 {
		t.Errorf("exit code %d, want the command's 7", code)
	}
}

func TestGivenServerIsUsed(t *testing.T) {
	t.Parallel()
	given := map[string]string{
		"TEST_DATABASE_URL": "postgres://given",
		"NORMMAP_PG_BIN":    t.TempDir(), // starting one would fail
	}
	if code := run([]string{"true"}, func(k string) string { return given[k] }); code != 0 {
		t.Errorf("exit code %d, want 0", code)
	}
}

func TestExitCodes(t *testing.T) {
	t.Parallel()
	if code := run(nil, none); code != 2 {
		t.Errorf("without a command: %d, want 2", code)
	}
	if code := exitCode(errors.New("no such program")); code != 127 {
		t.Errorf("a command that cannot be run: %d, want 127", code)
	}
	if code := exitCode(exec.Command("sh", "-c", "kill -KILL $$").Run()); code != 128+9 {
		t.Errorf("a killed command: %d, want %d", code, 128+9)
	}
}

func TestSignalIsPassedOn(t *testing.T) {
	t.Parallel()
	signals := make(chan os.Signal, 1)
	signals <- syscall.SIGTERM
	before := time.Now()
	code := exitCode(runWith(exec.Command("sleep", "60"), signals))
	if code != 128+int(syscall.SIGTERM) || time.Since(before) > 30*time.Second {
		t.Errorf("exit code %d after %v, want that of a terminated command, at once", code, time.Since(before))
	}
}
