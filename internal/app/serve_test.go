package app_test

import (
	"fmt"
	"net"
	"net/url"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"normmap/internal/pglocal"
	"normmap/internal/pgtest"
)

func TestFirstStartOnAnEmptyDirectory(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	s := start(t, vars{"NORMMAP_DATA_DIR": dir})
	for _, path := range []string{"/healthz", "/readyz", "/", "/agreements/paris-call"} {
		if status, body := s.get(path); status != 200 {
			t.Errorf("%s answers %d: %s", path, status, body)
		}
	}
	if out := ok(t, command(t, vars{"NORMMAP_DATA_DIR": dir}, "", "seed")); out != "0 changes\n" {
		t.Errorf("seeding again says %q", out)
	}
	s.stop()
	if code := s.code(); code != 0 {
		t.Fatalf("stopped with %d: %s", code, s.err)
	}
	if _, ok := pglocal.Running(dir); ok {
		t.Error("the private server outlives the service")
	}
}

func TestOneInstancePerDataDirectory(t *testing.T) {
	t.Parallel()
	env := vars{"NORMMAP_DATA_DIR": dataDir(t)}
	first := start(t, env)
	running := fmt.Sprintf("normmap: it is running already (process %d) at %s, ", os.Getpid(), first.base)
	second := launch(t, env)
	if code := second.code(); code != 1 || !strings.Contains(second.err.String(), running) {
		t.Errorf("a second serve ended with %d: %s", code, second.err)
	}
	r := command(t, env, "", "serve", "--listen", strings.TrimPrefix(first.base, "http://"))
	if r.code != 1 || !strings.Contains(r.err, running) {
		t.Errorf("a second serve on the same port: %d %s", r.code, r.err)
	}
	if r := command(t, env, "", "db-reset"); r.code != 1 || !strings.Contains(r.err, "in use") {
		t.Errorf("db-reset beside a running service: %d %s", r.code, r.err)
	}
	out := ok(t, command(t, env, "", "user", "add", "--email", "ada@example.org", "--name", "Ada", "--role", "editor"))
	if !strings.Contains(out, "Added editor ada@example.org") || !strings.Contains(out, ": "+first.base+"/setup/") {
		t.Errorf("user add beside a running service says %q", out)
	}
}

func TestGivenDatabaseIsMigratedAndSeededOnlyWhenAsked(t *testing.T) {
	t.Parallel()
	env := vars{"DATABASE_URL": pgtest.URL(t)}
	ok(t, command(t, env, "", "migrate", "down"))
	refused := launch(t, env)
	if code := refused.code(); code != 1 || !strings.Contains(refused.err.String(), "older than this program") {
		t.Fatalf("older schema: %d %s", code, refused.err)
	}
	s := start(t, env, "--migrate")
	if status, body := s.get("/agreements.json"); status != 200 || !strings.Contains(body, `"total":0`) {
		t.Errorf("seeded without being asked: %d %s", status, body)
	}
	s.stop()
	s.code()
	s = start(t, env, "--seed")
	if status, _ := s.get("/agreements/paris-call"); status != 200 {
		t.Errorf("not seeded: %d", status)
	}
}

func TestPortInUse(t *testing.T) {
	t.Parallel()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	dir := dataDir(t)
	r := command(t, vars{"NORMMAP_DATA_DIR": dir}, "", "serve", "--listen", ln.Addr().String())
	if r.code != 1 || !strings.Contains(r.err, ln.Addr().String()+" is in use by another program; ") {
		t.Errorf("got %d %s", r.code, r.err)
	}
	if strings.Count(r.err, "\n") != 1 {
		t.Errorf("the error is not one line, so something was started before the port was tried: %s", r.err)
	}
}

func TestUnreachableDatabase(t *testing.T) {
	t.Parallel()
	env := vars{"DATABASE_URL": "postgres://ada:hunter2@127.0.0.1:1/norms"}
	for _, args := range [][]string{{"serve", "--listen", "127.0.0.1:0"}, {"serve", "--listen", "127.0.0.1:0", "--migrate"}, {"user", "list"}, {"migrate", "up"}} {
		r := command(t, env, "", args...)
		if r.code != 1 || !strings.Contains(r.err, "the database 127.0.0.1:1/norms does not answer") || strings.Contains(r.err, "hunter2") {
			t.Errorf("%s: %d %s", args, r.code, r.err)
		}
	}
}

func TestSetupLinkIsPrintedUntilItWasUsed(t *testing.T) {
	t.Parallel()
	env := vars{"DATABASE_URL": pgtest.URL(t)}
	var link string
	for range 2 {
		s := start(t, env)
		_, after, found := strings.Cut(s.out.String(), "First administrator: "+s.base+"/setup/")
		if !found || !strings.Contains(after, " (works once, for 15 minutes)\n") {
			t.Fatalf("no link: %s", s.out)
		}
		fresh, _, _ := strings.Cut(after, " ")
		if fresh == link {
			t.Error("the second start prints the first one's link")
		}
		link = fresh
		if status, _ := s.get("/setup/" + link); status != 200 {
			t.Errorf("the link answers %d", status)
		}
		s.stop()
		s.code()
	}
	ok(t, command(t, env, "a long enough passphrase\n", "user", "add", "--email", "ada@example.org", "--name", "Ada", "--role", "admin", "--password-stdin"))
	if s := start(t, env); strings.Contains(s.out.String(), "/setup/") {
		t.Errorf("there is an administrator, and still a link: %s", s.out)
	}
}

func TestDatabaseThatGoesAwayAndComesBack(t *testing.T) {
	t.Parallel()
	opt := serverOptions(t)
	server, err := pglocal.Start(t.Context(), opt)
	if err != nil {
		t.Fatal(err)
	}
	s := start(t, vars{"DATABASE_URL": server.URL("")}, "--migrate", "--seed")
	s.waitFor("/readyz", 200)
	if err := server.Stop(); err != nil {
		t.Fatal(err)
	}
	s.waitFor("/readyz", 503)
	s.waitFor("/agreements", 503)
	s.waitFor("/healthz", 200)
	if server, err = pglocal.Start(t.Context(), opt); err != nil {
		t.Fatal(err)
	}
	s.waitFor("/readyz", 200)
	s.waitFor("/agreements", 200)
	s.stop()
	s.code()
	if err := server.Stop(); err != nil {
		t.Error(err)
	}
}

func TestServiceEndsWithItsPrivateServer(t *testing.T) {
	t.Parallel()
	env := vars{"NORMMAP_DATA_DIR": dataDir(t)}
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGKILL} {
		s := start(t, env)
		stopServer(t, s, signal)
		if code := s.code(); code != 1 || !strings.Contains(s.err.String(), "normmap: the private PostgreSQL ended by itself") {
			t.Errorf("ended with %d after %v: %s", code, signal, s.err)
		}
	}
	if status, _ := start(t, env).get("/agreements/paris-call"); status != 200 {
		t.Errorf("started again, it answers %d", status)
	}
}

func TestPublicAddressIsPrinted(t *testing.T) {
	t.Parallel()
	s := launch(t, vars{"DATABASE_URL": pgtest.Founding(t), "PUBLIC_URL": "https://norms.example.org/"})
	for deadline := time.Now().Add(time.Minute); !strings.Contains(s.out.String(), "/setup/"); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("no link: %s", s.err)
		}
	}
	for line := range strings.Lines(s.out.String()) {
		if !strings.Contains(line, " https://norms.example.org") {
			t.Errorf("another address: %s", line)
		}
	}
}

func TestPasswordIsInNoOutput(t *testing.T) {
	t.Parallel()
	u, err := url.Parse(pgtest.URL(t))
	if err != nil {
		t.Fatal(err)
	}
	u.User = url.UserPassword(u.User.Username(), "hunter2")
	s := start(t, vars{"DATABASE_URL": u.String()})
	s.get("/no/such/page")
	s.stop()
	s.code()
	if all := s.out.String() + s.err.String(); strings.Contains(all, "hunter2") {
		t.Errorf("the password is in: %s", all)
	}
}
