package browser

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"normmap/internal/app"
	"normmap/internal/pgtest"
)

// password is that of every account that these tests make.
const password = "five words make a passphrase"

// service is the running program on a database of its own with the seeds.
type service struct {
	t           testing.TB
	databaseURL string
	out, log    *output
	base        string // its address
	setup       string // the one-time link for the first administrator
}

// start runs the program until t ends.
func start(t testing.TB) *service {
	t.Helper()
	s := &service{t: t, databaseURL: pgtest.Founding(t), out: &output{}, log: &output{}}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan int, 1)
	go func() {
		args := []string{"serve", "--listen", "127.0.0.1:0"}
		ended <- app.Main(ctx, "normmap", args, environment(s.databaseURL), strings.NewReader(""), s.out, s.log)
	}()
	t.Cleanup(func() {
		cancel()
		if code := <-ended; code != 0 {
			t.Errorf("the program ended with %d: %s", code, s.log)
		}
	})
	for deadline := time.Now().Add(time.Minute); s.base == ""; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("the program is not ready after a minute: %s", s.log)
		}
		s.base, s.setup = announced(s.out.String())
	}
	return s
}

// announced reads the address and the one-time link from what the program
// printed; both are empty until it printed both.
func announced(text string) (base, setup string) {
	ready := regexp.MustCompile(`ready at (\S+) `).FindStringSubmatch(text)
	link := regexp.MustCompile(`First administrator: (\S+) `).FindStringSubmatch(text)
	if ready == nil || link == nil {
		return "", ""
	}
	return ready[1], link[1]
}

func environment(databaseURL string) func(string) string {
	return func(name string) string {
		switch name {
		case "DATABASE_URL":
			return databaseURL
		case "NORMMAP_PG_BIN":
			return os.Getenv(name)
		case "NORMMAP_METRICS_LISTEN":
			return "off"
		}
		return ""
	}
}

// run runs a command of the program to its end.
func run(ctx context.Context, databaseURL, stdin string, args ...string) error {
	var problems bytes.Buffer
	if app.Main(ctx, "normmap", args, environment(databaseURL), strings.NewReader(stdin), io.Discard, &problems) != 0 {
		return errors.New(problems.String())
	}
	return nil
}

// account makes an account with the role and returns its e-mail address.
func (s *service) account(role string) (email string) {
	s.t.Helper()
	email = role + "@example.org"
	commands := []struct {
		stdin string
		args  []string
	}{
		{"", []string{"user", "add", "--email", email, "--name", "Ada " + role, "--role", role}},
		{password + "\n", []string{"user", "reset", "--email", email, "--password-stdin"}},
	}
	for _, c := range commands {
		if err := run(s.t.Context(), s.databaseURL, c.stdin, c.args...); err != nil {
			s.t.Fatal(err)
		}
	}
	return email
}

// figures are those that the service publishes about the whole record.
func (s *service) figures() (f struct{ Links, Unresolved, Citations int }) {
	s.t.Helper()
	res, err := http.Get(s.base + "/api/v1/stats")
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	if err := json.NewDecoder(res.Body).Decode(&f); err != nil {
		s.t.Fatal(err)
	}
	return f
}

// output is what the program prints, read while it is written.
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
