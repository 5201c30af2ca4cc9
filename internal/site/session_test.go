package site

import (
	"encoding/base64"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"normmap/internal/account"
	"normmap/internal/pgtest"
)

const goodPassword = "correct horse battery staple"

// clock is a time that tests move by hand.
type clock struct{ at time.Time }

func (c *clock) pass(d time.Duration) { c.at = c.at.Add(d) }

// timed makes a house whose clock the test moves.
func timed(t *testing.T) (*house, *clock) {
	t.Helper()
	c := &clock{time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)}
	return newHouse(t, func(d *Deps) { d.Now = func() time.Time { return c.at } }), c
}

// another is a second browser before the same site.
func (h *house) another() *house {
	b := *h
	b.cookies = map[string]*http.Cookie{}
	return &b
}

// owner makes an account with the good password.
func (h *house) owner(role account.Role) account.Account {
	h.t.Helper()
	ctx := h.t.Context()
	a, err := h.store.AddAccount(ctx, pgtest.Slug(h.t)+"@example.org", "Ada Lovelace", role)
	if err != nil {
		h.t.Fatal(err)
	}
	phc, err := h.site.Hasher.Hash(ctx, goodPassword)
	if err != nil {
		h.t.Fatal(err)
	}
	if a, err = h.store.SetPassword(ctx, a.ID, phc, h.site.Now()); err != nil {
		h.t.Fatal(err)
	}
	return a
}

func (h *house) login(email, pw string) answer {
	h.t.Helper()
	return h.post("/login", "email", email, "password", pw)
}

func (h *house) signedIn() bool {
	h.t.Helper()
	return h.get("/account").StatusCode == http.StatusOK
}

func (h *house) token() string {
	if c, ok := h.cookies[sessionName]; ok {
		return c.Value
	}
	return ""
}

func TestSessionCookie(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	got := h.login(h.owner(account.Editor).Email, goodPassword).leads(http.StatusSeeOther, "/").Header.Get("Set-Cookie")
	value, attributes, _ := strings.Cut(got, ";")
	if !strings.HasPrefix(value, "__Host-session=") || attributes != " Path=/; HttpOnly; Secure; SameSite=Lax" {
		t.Errorf("cookie %q", got)
	}
	raw, err := base64.RawURLEncoding.DecodeString(strings.TrimPrefix(value, "__Host-session="))
	if err != nil || len(raw) < 16 {
		t.Errorf("the token has %d bytes, want 16 or more (%v)", len(raw), err)
	}
}

func TestTokenChangesWithSigningInAndOut(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	a := h.owner(account.Editor)
	h.signIn(account.Contributor)
	planted := h.token()
	h.login(a.Email, goodPassword).status(http.StatusSeeOther)
	first := h.token()
	if first == planted || first == "" {
		t.Error("signing in kept the token that was there before")
	}
	h.post("/logout").leads(http.StatusSeeOther, "/")
	if h.token() == first {
		t.Error("signing out kept the token")
	}
	for name, token := range map[string]string{"planted": planted, "signed-out": first} {
		b := h.another()
		b.keep([]*http.Cookie{{Name: sessionName, Value: token}})
		if b.signedIn() {
			t.Errorf("the %s token still opens the account", name)
		}
	}
}

func TestUnknownTokenIsNotAdopted(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	a := h.owner(account.Editor)
	planted := strings.Repeat("A", 43)
	h.keep([]*http.Cookie{{Name: sessionName, Value: planted}})
	h.login(a.Email, goodPassword).status(http.StatusSeeOther)
	if h.token() == planted {
		t.Error("the session took the token that the visitor brought")
	}
}

func TestTokensAreStoredHashed(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	var stored string
	if err := h.pool.QueryRow(t.Context(), "select token from session").Scan(&stored); err != nil {
		t.Fatal(err)
	}
	want := base64.RawURLEncoding.EncodeToString(account.HashSecret(h.token()))
	if stored != want || strings.Contains(stored, h.token()) {
		t.Errorf("stored %q, want the hash %q", stored, want)
	}
}

func TestSessionRunsOut(t *testing.T) {
	t.Parallel()
	h, c := timed(t)
	h.signIn(account.Editor)
	start := c.at
	for c.at.Sub(start) < account.SessionLife-account.SessionIdle {
		c.pass(account.SessionIdle - time.Minute)
		if !h.signedIn() {
			t.Fatalf("signed out after %v though the session was used", c.at.Sub(start))
		}
	}
	c.at = start.Add(account.SessionLife)
	if h.signedIn() {
		t.Error("signed in after twelve hours")
	}
	h.signIn(account.Editor)
	c.pass(account.SessionIdle)
	if h.signedIn() {
		t.Error("signed in after half an hour without a request")
	}
}

func TestOneStatementForSessionAndAccount(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	h.queries.take()
	h.get("/login").status(http.StatusSeeOther)
	if seen := h.queries.take(); len(seen) != 1 {
		t.Errorf("%d statements:\n%s", len(seen), strings.Join(seen, "\n"))
	}
	h.another().get("/login").status(http.StatusOK)
	if seen := h.queries.take(); len(seen) != 0 {
		t.Errorf("a visitor costs %d statements", len(seen))
	}
}

func TestNoticeIsShownOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	got := h.post("/logout").leads(http.StatusSeeOther, "/")
	if clear := got.Header.Get("Clear-Site-Data"); clear != `"cache", "storage"` {
		t.Errorf("Clear-Site-Data: %s", clear)
	}
	const notice = "You are signed out."
	h.get("/login").status(http.StatusOK).says(notice)
	if again := h.get("/login").body; strings.Contains(again, notice) {
		t.Error("the notice comes back")
	}
}

func TestPrivatePagesAreNotKept(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	me := h.signIn(account.Admin)
	for _, page := range []string{"/account", "/admin/accounts", "/admin/accounts/" + strconv.FormatInt(me.ID, 10)} {
		got := h.get(page).status(http.StatusOK)
		if cache := got.Header.Values("Cache-Control"); !slices.Equal(cache, []string{"no-store"}) {
			t.Errorf("%s: Cache-Control %q", page, cache)
		}
	}
	if cache := h.another().get("/login").Header.Get("Cache-Control"); cache != "no-store" {
		t.Errorf("/login: Cache-Control %q", cache)
	}
}

func TestAnswerIsNotGivenWhenItsSessionCannotBeSaved(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	broken := h.site.server.WithSession(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.site.server.Say(r, "Saved.")
		http.Redirect(w, r, "/", http.StatusSeeOther)
	}))
	h.pool.Close()
	rec := httptest.NewRecorder()
	broken.ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil))
	if rec.Code != http.StatusServiceUnavailable || rec.Header().Get("Location") != "" || rec.Header().Get("Set-Cookie") != "" {
		t.Errorf("status %d, headers %v", rec.Code, rec.Header())
	}
}

// The form's change is committed before the session is: what became of the
// session must not make the answer say that nothing was saved.
func TestTakenFormIsNotDeniedWhenTheSessionCannotBeSaved(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.signIn(account.Editor)
	const edit = "/organizations/microsoft/edit"
	form := h.get(edit).typed("summary", "Saved all the same.", "reason", "r")
	const breakSessions = `reset role;
create function broken() returns trigger language plpgsql as $$ begin raise exception 'going down' using errcode = '57P01'; end $$;
create trigger broken before insert on session for each row execute function broken();
set role normmap_app`
	if _, err := h.pool.Exec(t.Context(), breakSessions); err != nil {
		t.Fatal(err)
	}
	h.post(edit, form...).leads(http.StatusSeeOther, "/organizations/microsoft")
	if o, err := h.store.Organization(t.Context(), "microsoft"); err != nil || o.Summary != "Saved all the same." {
		t.Errorf("%q, %v", o.Summary, err)
	}
	if !strings.Contains(h.log.String(), "the session was not saved") {
		t.Error("the log does not tell")
	}
}
