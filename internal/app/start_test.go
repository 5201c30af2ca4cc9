package app_test

import (
	"bytes"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"normmap/internal/app"
	"normmap/internal/pgtest"
)

func TestStartWithoutDataSaysSo(t *testing.T) {
	t.Parallel()
	s := start(t, vars{"DATABASE_URL": pgtest.URL(t)})
	s.stop()
	s.code()
	if want := "Warning: there is no data: start with --seed to load the founding data\n"; !strings.Contains(s.out.String(), want) {
		t.Errorf("no warning: %s", s.out)
	}
}

func TestStartAfterTheSeedsWereTakenBackIsShortAndLoud(t *testing.T) {
	t.Parallel()
	env := vars{"DATABASE_URL": pgtest.URL(t)}
	s := start(t, env, "--seed")
	const email, password = "ada@example.org", "a long enough passphrase"
	ok(t, command(t, env, password+"\n", "user", "add", "--email", email, "--name", "Ada", "--role", "admin", "--password-stdin"))
	if _, body := s.get("/changesets/1.json"); !strings.Contains(body, "Founding data: Microsoft") {
		t.Errorf("the seeds' reason is missing: %.300s", body)
	}
	c := newReader(t, s.base)
	if err := c.SignIn(email, password); err != nil {
		t.Fatal(err)
	}
	res, err := c.Client.PostForm(s.base+"/changesets/1/revert", url.Values{"reason": {"Not this"}})
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	if res.StatusCode != http.StatusOK || res.Request.Method != http.MethodGet {
		t.Fatalf("reverting the seeds answers %s", res.Status)
	}
	s.stop()
	s.code()

	again := start(t, env, "--seed")
	again.stop()
	again.code()
	log := again.err.String()
	if n := strings.Count(log, "not loaded"); n != 1 || !strings.Contains(log, "seeds not loaded, since people changed or took back what they record or rest on (") || strings.Contains(log, "put_") {
		t.Errorf("%d lines about seeds that were not loaded: %s", n, log)
	}
	if want := "Warning: there is no data: people took the founding data back"; !strings.Contains(again.out.String(), want) {
		t.Errorf("no warning: %s", again.out)
	}
	verbose := start(t, env, "--seed", "--verbose")
	if n := strings.Count(verbose.err.String(), `"level":"DEBUG"`); n < 100 {
		t.Errorf("%d details with --verbose", n)
	}
}

func TestListeningBeyondLoopbackWarns(t *testing.T) {
	t.Parallel()
	const warning = "Warning: signing in needs https (PUBLIC_URL=https://…) or http://127.0.0.1\n"
	for _, c := range []struct {
		listen, public string
		want           bool
	}{
		{"0.0.0.0:0", "", true}, {"127.0.0.1:0", "", false}, {"0.0.0.0:0", "https://norms.example.org", false},
		{"127.0.0.1:0", "http://norms.example.org", true}, {"127.0.0.1:0", "http://localhost:8080", false},
	} {
		s := start(t, vars{"DATABASE_URL": pgtest.URL(t), "PUBLIC_URL": c.public}, "--listen", c.listen)
		s.stop()
		s.code()
		if got := strings.Contains(s.out.String(), warning); got != c.want {
			t.Errorf("%+v: warned %v: %s", c, got, s.out)
		}
	}
}

func TestCommandsToTypeBeginWithTheNameAsCalled(t *testing.T) {
	t.Parallel()
	env := vars{"DATABASE_URL": pgtest.URL(t)}
	ok(t, command(t, env, "", "migrate", "down"))
	for _, c := range []struct{ line, want string }{
		{"user list", "run: bin/normmap migrate up\n"},
		{"serv", "see: bin/normmap --help\n"},
		{"user add", "see: bin/normmap user add --help\n"},
	} {
		line, want := c.line, c.want
		if line == "user add" {
			ok(t, command(t, env, "", "migrate", "up"))
		}
		var out, errs bytes.Buffer
		app.Main(t.Context(), "bin/normmap", strings.Fields(line), surroundings(env), strings.NewReader(""), &out, &errs)
		if !strings.HasPrefix(errs.String(), "normmap: ") || !strings.HasSuffix(errs.String(), want) {
			t.Errorf("%s says %q, want %q", line, errs.String(), want)
		}
	}
}

func TestVersionAsAFlag(t *testing.T) {
	t.Parallel()
	flag, word := ok(t, command(t, nil, "", "--version")), ok(t, command(t, nil, "", "version"))
	if flag != word || !strings.HasPrefix(word, "normmap ") || strings.Contains(word, "schema 0") {
		t.Errorf("--version says %q, version %q", flag, word)
	}
}

func TestSeedFilesOfAFolderAreChecked(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if r := command(t, nil, "", "seed", "--check", filepath.Join(dir, "sedes")); r.code != 1 || !strings.Contains(r.err, "sedes is no folder") {
		t.Errorf("no such folder: %d %q", r.code, r.err)
	}
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("..", "..", "seeds"))); err != nil {
		t.Fatal(err)
	}
	if out := ok(t, command(t, nil, "", "seed", "--check", dir)); out != ok(t, command(t, nil, "", "seed", "--check")) {
		t.Errorf("a copy of the seeds: %q", out)
	}
	wrong := filepath.Join(dir, "sources", "wrong.yaml")
	if err := os.WriteFile(wrong, []byte("slug: wrong\ntitel: Wrong\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if r := command(t, nil, "", "seed", "--check", dir); r.code != 1 || !strings.Contains(r.err, "\n"+wrong+":2:1: ") {
		t.Errorf("a mistake: %d %q", r.code, r.err)
	}
}
