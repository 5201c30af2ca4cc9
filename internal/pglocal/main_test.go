package pglocal

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// The test binary plays the service that gets killed: run with serviceDir set,
// it starts a server there, prints its process number and stays.
const (
	serviceDir     = "PGLOCAL_TEST_SERVICE_DIR"
	serviceOutlive = "PGLOCAL_TEST_SERVICE_OUTLIVE"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(serviceDir); dir != "" {
		os.Exit(service(dir))
	}
	m.Run()
}

func service(dir string) int {
	s, err := Start(context.Background(), searching(Options{Dir: dir, outlive: os.Getenv(serviceOutlive) != ""}))
	if err != nil {
		fmt.Println(err)
		return 1
	}
	fmt.Println(s.Pid())
	<-s.Done()
	return 1
}

// startService runs a service on dir in a process of its own.
func startService(t *testing.T, dir string, env ...string) (c *exec.Cmd, server int) {
	t.Helper()
	c = exec.Command(os.Args[0])
	c.Env = append(append(os.Environ(), serviceDir+"="+dir), env...)
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { kill(c) })
	line, _ := bufio.NewReader(out).ReadString('\n')
	if server, err = strconv.Atoi(strings.TrimSpace(line)); err != nil {
		t.Fatalf("the service did not start: %q", line)
	}
	t.Cleanup(func() {
		if serves(server, filepath.Join(dir, "data")) {
			_ = syscall.Kill(server, syscall.SIGKILL)
		}
	})
	return c, server
}

// kill ends a process as a crash does, and waits for it.
func kill(c *exec.Cmd) {
	_ = c.Process.Kill()
	_ = c.Wait()
}

// newDir is like t.TempDir, but another user can enter it (as root, the server
// runs as one), and it is in memory if there is room: a first start on disk is
// mostly waiting for it.
func newDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp(scratchRoot(), "pglocal-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

// searching is o with binaries found as the program finds them.
func searching(o Options) Options {
	o.BinDir = os.Getenv("NORMMAP_PG_BIN")
	o.CacheDir = DefaultCacheDir(os.Geteuid(), os.Getenv, os.Getenv("HOME"))
	return o
}

func start(t *testing.T, o Options) *Server {
	t.Helper()
	s, err := Start(t.Context(), searching(o))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Stop() })
	return s
}

// write is an acknowledged write.
func write(t *testing.T, url string) {
	t.Helper()
	conn := connect(t, url)
	for _, sql := range []string{`create table if not exists note (n int)`, `insert into note values (1)`} {
		if _, err := conn.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
}

func written(t *testing.T, url string) int {
	t.Helper()
	return query[int](t, url, `select count(*) from note`)
}

func query[T any](t *testing.T, url, sql string) (v T) {
	t.Helper()
	if err := connect(t, url).QueryRow(t.Context(), sql).Scan(&v); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return v
}

func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

// eventually waits until what holds.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	for !holds() {
		if pause(ctx) != nil {
			t.Fatalf("after 10 s still not so: %s", what)
		}
	}
}

// has fails unless err's text contains all of want.
func has(t *testing.T, err error, want ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error; want one with %q", want)
	}
	for _, w := range want {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("the error does not say %q:\n%v", w, err)
		}
	}
}

func signal(t *testing.T, pid int, sig syscall.Signal) {
	t.Helper()
	if err := syscall.Kill(pid, sig); err != nil {
		t.Fatal(err)
	}
}
