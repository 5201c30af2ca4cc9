package app_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"normmap/internal/pgtest"
)

// Values that must be found nowhere but where they belong. The first are
// secrets; the others are private, or made up by clients.
const (
	canaryDatabase = "canary-database-password"
	canaryFirst    = "canary first passphrase of ada"
	canarySecond   = "canary second passphrase of ada"
	canaryWrong    = "canary wrong passphrase"
	canaryBob      = "canary passphrase that bob typed"
	canaryBearer   = "nte_canarycanarycanarycanarycanarycanarycanaryc"

	canaryEmail   = "canary-ada@example.org"
	canaryUnknown = "canary-unknown@example.org"
	canaryPath    = "canary-path"
	canaryQuery   = "canary-query"
	canaryHeader  = "canary-header"
	canaryReason  = "canary-reason"
	canaryClient  = "203.0.113.77"
)

// walk is a client that goes everywhere with canaries. It keeps the bodies of
// errors.
type walk struct {
	t      *testing.T
	s      *service
	client *http.Client
	errors strings.Builder
}

func newWalk(t *testing.T, s *service) *walk {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &walk{t: t, s: s, client: &http.Client{Jar: jar}}
}

// send sends a request and fails the test unless it ends with the status.
// Headers are pairs of name and value.
func (w *walk) send(status int, method, address, body string, headers ...string) string {
	w.t.Helper()
	r, err := http.NewRequestWithContext(w.t.Context(), method, w.s.base+address, strings.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	for _, name := range []string{"X-Request-Id", "User-Agent", "Referer", "X-Canary"} {
		r.Header.Set(name, canaryHeader)
	}
	r.Header.Set("X-Forwarded-For", canaryClient)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	res, err := w.client.Do(r)
	if err != nil {
		w.t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	if res.StatusCode != status {
		w.t.Fatalf("%s %s answers %d, want %d: %.600s", method, address, res.StatusCode, status, text)
	}
	if status >= 400 {
		fmt.Fprintf(&w.errors, "%s %d %s\n", method, status, text)
	}
	return string(text)
}

func (w *walk) get(status int, address string) string {
	w.t.Helper()
	return w.send(status, http.MethodGet, address, "")
}

// post sends a form of pairs of name and value.
func (w *walk) post(status int, address string, pairs ...string) string {
	w.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	return w.send(status, http.MethodPost, address, form.Encode(), "Content-Type", "application/x-www-form-urlencoded")
}

func (w *walk) session() string {
	w.t.Helper()
	u, err := url.Parse(w.s.base)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, c := range w.client.Jar.Cookies(u) {
		if c.Name == "__Host-session" {
			return c.Value
		}
	}
	w.t.Fatal("there is no session")
	return ""
}

// TestNothingSecretIsLogged runs the program with canaries in every secret and
// private place, through faults and the loss of its database too.
func TestNothingSecretIsLogged(t *testing.T) {
	t.Parallel()
	database := pgtest.Founding(t)
	env := vars{"DATABASE_URL": withPassword(t, database, canaryDatabase), "NORMMAP_METRICS_LISTEN": "127.0.0.1:0"}
	s := start(t, env, "--verbose")
	setup := regexp.MustCompile(`/setup/(\S+)`).FindStringSubmatch(s.out.String())[1]
	w := newWalk(t, s)
	first := w.setUp(setup)
	account := w.changePassword()
	token := regexp.MustCompile(`nte_[\w-]+`).FindString(account)
	w.failSignIns()
	w.edit()
	w.callAPI(token)
	reset := w.reset(env)
	w.badRequests()
	last := w.session()
	w.breakDown(database, setup)

	secrets := []string{canaryDatabase, canaryFirst, canarySecond, canaryWrong, canaryBob, canaryBearer, setup, reset, token, first, last}
	private := append([]string{canaryEmail, canaryUnknown, canaryPath, canaryQuery, canaryHeader, canaryReason, canaryClient, "@example.org"}, secrets...)
	_, figures := fetch(t, s.aside()+"/metrics", "")
	for place, c := range map[string]struct {
		text  string
		never []string
	}{
		"the log":              {s.err.String(), private},
		"the metrics":          {figures, private},
		"stdout":               {strings.ReplaceAll(s.out.String(), "/setup/"+setup, ""), private},
		"the bodies of errors": {strings.ReplaceAll(w.errors.String(), `action="/setup/`+setup+`"`, ""), secrets}, // its own form leads there
	} {
		if len(c.text) < 100 && place != "stdout" {
			t.Errorf("%s: nothing was kept to look at", place)
		}
		for _, found := range leaks(c.text, c.never) {
			t.Errorf("%s: %s", place, found)
		}
	}
	// The control: the same search finds what is handed out on purpose, and
	// each canary in a log that leaks.
	if len(leaks(s.out.String(), []string{setup})) != 1 || len(leaks(account, []string{token})) != 1 {
		t.Error("the search does not find the one-time link on stdout, or the token on the page that shows it")
	}
	for _, canary := range private {
		planted := s.err.String() + `{"msg":"request","error":"` + url.QueryEscape(canary) + `"}`
		if len(leaks(planted, []string{canary})) != 1 || len(canary) < 10 {
			t.Errorf("the search does not find %q in a log that leaks", canary)
		}
	}
}

// leaks tells which of the values text holds, as they are or as addresses and
// forms spell them.
func leaks(text string, values []string) []string {
	var found []string
	for _, v := range values {
		for _, spelling := range []string{v, url.QueryEscape(v), url.PathEscape(v)} {
			if i := strings.Index(text, spelling); i >= 0 {
				found = append(found, fmt.Sprintf("%q is in …%s…", v, text[max(0, i-120):min(len(text), i+len(spelling)+40)]))
				break
			}
		}
	}
	return found
}

func withPassword(t *testing.T, address, password string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	u.User = url.UserPassword(u.User.Username(), password)
	return u.String()
}

// execute runs statements on a database as its owner.
func execute(t *testing.T, address string, statements ...string) {
	t.Helper()
	ctx := context.WithoutCancel(t.Context()) // t's is over when cleanup runs
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	for _, sql := range statements {
		if _, err := conn.Exec(ctx, sql); err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
	}
}
