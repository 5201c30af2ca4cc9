package app_test

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"os/signal"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"normmap/internal/app"
	"normmap/internal/pglocal"
	"normmap/internal/pgtest"
)

// The test binary plays the child that reads documents: it is what the program
// under test calls as itself. It plays an import, too, which a test interrupts.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && (os.Args[1] == "read-document" || os.Args[1] == "import") {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
		context.AfterFunc(ctx, stop)
		in := io.Reader(os.Stdin)
		if os.Args[1] == "read-document" {
			in = roomy(in)
		}
		os.Exit(app.Main(ctx, "normmap", os.Args[1:], os.Getenv, in, os.Stdout, os.Stderr))
	}
	pgtest.Main(m)
}

// roomy is what a child is told to do with all the address space there is, to
// most of which the race detector lays claim.
func roomy(in io.Reader) io.Reader {
	all := bufio.NewReader(in)
	first, err := all.ReadString('\n')
	if err != nil {
		return strings.NewReader(first)
	}
	first = regexp.MustCompile(`"memory":\d+`).ReplaceAllString(first, `"memory":1125899906842624`)
	return io.MultiReader(strings.NewReader(first), all)
}

type vars map[string]string

// surroundings are the variables that the program may see: those of the test,
// where the server's programs are or are downloaded to. Metrics are off unless a
// test wants them, since services of tests that run at once would meet at their
// port.
func surroundings(env vars) func(string) string {
	return func(name string) string {
		switch name {
		case "NORMMAP_PG_BIN":
			return os.Getenv(name)
		case "XDG_CACHE_HOME":
			dir, _ := os.UserCacheDir() // "" where there is none
			return dir
		}
		if _, set := env[name]; name == "NORMMAP_METRICS_LISTEN" && !set {
			return "off"
		}
		return env[name]
	}
}

// output is what a run of the program says, read while it is written.
type output struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (o *output) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.Write(b)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.String()
}

// result is how a command ended.
type result struct {
	code     int
	out, err string
}

// serverOptions are those of a server of the test's own.
func serverOptions(t *testing.T) pglocal.Options {
	t.Helper()
	env := surroundings(nil)
	return pglocal.Options{
		Dir: dataDir(t), Ephemeral: true, BinDir: env("NORMMAP_PG_BIN"),
		CacheDir: pglocal.DefaultCacheDir(os.Geteuid(), env, ""),
	}
}

// command runs a command of the program to its end.
func command(t *testing.T, env vars, stdin string, args ...string) result {
	t.Helper()
	var out, errs bytes.Buffer
	code := app.Main(t.Context(), "normmap", args, surroundings(env), strings.NewReader(stdin), &out, &errs)
	return result{code, out.String(), errs.String()}
}

// ok fails the test unless the command succeeded, and returns what it printed.
func ok(t *testing.T, r result) string {
	t.Helper()
	if r.code != 0 {
		t.Fatalf("exit code %d: %s", r.code, r.err)
	}
	return r.out
}

// service is a running serve.
type service struct {
	t        *testing.T
	out, err *output
	base     string
	stop     context.CancelFunc
	ended    chan int
}

// start runs serve on a port of its own and waits until it is ready. It stops
// when the test ends.
func start(t *testing.T, env vars, args ...string) *service {
	t.Helper()
	s := launch(t, env, args...)
	deadline := time.Now().Add(time.Minute)
	for s.base == "" {
		select {
		case code := <-s.ended:
			t.Fatalf("serve ended with %d: %s", code, s.err)
		case <-time.After(10 * time.Millisecond):
		}
		if m := regexp.MustCompile(`ready at (\S+) \(\d+\.\d\d s\)\n`).FindStringSubmatch(s.out.String()); m != nil {
			s.base = m[1]
		}
		if time.Now().After(deadline) {
			t.Fatalf("serve is not ready after a minute: %s", s.err)
		}
	}
	return s
}

// launch runs serve without waiting.
func launch(t *testing.T, env vars, args ...string) *service {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	s := &service{t: t, out: new(output), err: new(output), stop: cancel, ended: make(chan int, 1)}
	args = append([]string{"serve", "--listen", "127.0.0.1:0"}, args...)
	go func() {
		s.ended <- app.Main(ctx, "normmap", args, surroundings(env), strings.NewReader(""), s.out, s.err)
	}()
	t.Cleanup(func() {
		s.stop()
		s.code()
	})
	return s
}

// code waits for the end and returns the exit code; it may be asked again.
func (s *service) code() int {
	s.t.Helper()
	select {
	case code := <-s.ended:
		s.ended <- code
		return code
	case <-time.After(time.Minute):
		s.t.Fatalf("serve does not end: %s", s.err)
		return -1
	}
}

// get asks for a page and returns its status and body.
func (s *service) get(path string) (int, string) {
	s.t.Helper()
	res, err := http.Get(s.base + path)
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return res.StatusCode, string(body)
}

// waitFor asks for a page until it has the status.
func (s *service) waitFor(path string, status int) {
	s.t.Helper()
	deadline := time.Now().Add(30 * time.Second)
	for {
		got, body := s.get(path)
		if got == status {
			return
		}
		if time.Now().After(deadline) {
			s.t.Fatalf("%s answers %d %q, want %d", path, got, body, status)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// dataDir is a folder that the server's user can enter (t.TempDir is not when
// root runs the tests), in memory where there is some: a first start on disk is
// mostly waiting for it.
func dataDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "normmap-app-")
	if err != nil {
		dir, err = os.MkdirTemp("", "normmap-app-")
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}
