package site

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"

	"normmap/internal/account"
	"normmap/internal/pgtest"
	"normmap/internal/site/serve"
)

// from is a sign-in sent from an address of the network.
func (h *house) from(peer, forwarded, email string) answer {
	h.t.Helper()
	form := url.Values{"email": {email}, "password": {"wrong password"}}
	r := httptest.NewRequestWithContext(h.t.Context(), http.MethodPost, "/login", strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", urlEncoded)
	r.RemoteAddr = peer + ":4711"
	if forwarded != "" {
		r.Header.Set("X-Forwarded-For", forwarded)
	}
	return h.do(r)
}

func TestNobodyLearnsWhoHasAnAccount(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	wrong, disabled := h.owner(account.Editor).Email, h.owner(account.Editor)
	if _, err := h.store.Disable(t.Context(), disabled.ID, h.site.Now()); err != nil {
		t.Fatal(err)
	}
	unset, err := h.store.AddAccount(t.Context(), pgtest.Slug(t)+"@example.org", "Unset", account.Editor)
	if err != nil {
		t.Fatal(err)
	}
	cases := map[string][2]string{
		"wrong password": {wrong, "wrong " + goodPassword}, "disabled, right password": {disabled.Email, goodPassword},
		"unknown": {"nobody@example.org", goodPassword}, "no password yet": {unset.Email, goodPassword},
	}
	bodies := map[string]string{}
	for name, c := range cases {
		before := h.site.Hasher.Done()
		got := h.another().login(c[0], c[1]).status(http.StatusUnprocessableEntity)
		bodies[name] = strings.ReplaceAll(got.body, c[0], "ADDRESS")
		// The hash is nearly all of the time that an answer takes.
		if n := h.site.Hasher.Done() - before; n != 1 {
			t.Errorf("%s: %d passwords hashed, want 1", name, n)
		}
	}
	for name, body := range bodies {
		if body != bodies["unknown"] {
			t.Errorf("%s: another page than for an unknown address", name)
		}
	}
}

func TestSignInFormKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.login("ada.example.org", "x").status(http.StatusUnprocessableEntity).
		has("#errors", "exactly one @").has("h1", "Sign in")
	got := h.post("/login", "email", "ada@example.org", "password", "hunter22", "next", "/gaps").status(http.StatusUnprocessableEntity)
	page := got.page()
	if v, _ := page.Find("input[name=email]").Attr("value"); v != "ada@example.org" {
		t.Errorf("address %q is not kept", v)
	}
	if v, _ := page.Find("input[name=next]").Attr("value"); v != "/gaps" {
		t.Errorf("next %q is not kept", v)
	}
	if strings.Contains(got.body, "hunter22") || strings.Contains(h.log.String(), "hunter22") {
		t.Error("the password comes back or is logged")
	}
}

func TestAddressOfAnyCaseAndPasswordOfAnyForm(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	a := h.owner(account.Editor)
	phc, err := h.site.Hasher.Hash(t.Context(), "größe größer am größten")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.store.SetPassword(t.Context(), a.ID, phc, h.site.Now()); err != nil {
		t.Fatal(err)
	}
	decomposed := "gro\u0308ße gro\u0308ßer am gro\u0308ßten"
	h.login(" "+strings.ToUpper(a.Email), decomposed).status(http.StatusSeeOther)
}

func TestSigningInLeadsOnToThisSiteOnly(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"":                      "/",
		"/gaps":                 "/gaps",
		"/initiatives?q=a&n=b":  "/initiatives?q=a&n=b",
		"https://example.org/":  "/",
		"//example.org/":        "/",
		`/\example.org`:         "/",
		`\\example.org`:         "/",
		"gaps":                  "/",
		"javascript:alert(1)":   "/",
		"/gaps\r\nX-Evil: true": "/",
		"http:/gaps":            "/",
		"//user@example.org/":   "/",
	}
	for next, want := range tests {
		if got := serve.LocalAddress(next); got != want {
			t.Errorf("next=%q leads to %q, want %q", next, got, want)
		}
	}
	h := newHouse(t)
	a := h.owner(account.Editor)
	h.get("/account").leads(http.StatusSeeOther, "/login?next=%2Faccount")
	h.post("/login", "email", a.Email, "password", goodPassword, "next", "/account").leads(http.StatusSeeOther, "/account")
	h.get("/login?next=/gaps").leads(http.StatusSeeOther, "/gaps")
}

func TestGuessingAtOneAccountFromManyPlaces(t *testing.T) {
	t.Parallel()
	c := &clock{time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)}
	h := newHouse(t, func(d *Deps) {
		d.Now = func() time.Time { return c.at }
		d.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}
	})
	email := h.owner(account.Editor).Email
	var refused answer
	for i := range 30 {
		refused = h.another().from("192.0.2.1", fmt.Sprintf("198.51.100.%d", i+1), email)
	}
	refused.status(http.StatusTooManyRequests)
	if after := refused.Header.Get("Retry-After"); after != "2" {
		t.Errorf("Retry-After %q, want 2", after)
	}
	h.login(email, goodPassword).status(http.StatusTooManyRequests)
	c.pass(2 * time.Second)
	for i := range 30 {
		h.another().from("192.0.2.1", fmt.Sprintf("198.51.100.%d", i+1), email)
	}
	h.login(email, goodPassword).status(http.StatusSeeOther)
}

func TestUnknownAddressIsSlowedDownTheSame(t *testing.T) {
	t.Parallel()
	h, _ := timed(t)
	known, unknown := h.owner(account.Editor).Email, "nobody@example.org"
	for i := range 8 {
		one, other := h.another().from("203.0.113.7", "", known), h.another().from("203.0.113.7", "", unknown)
		other.status(one.StatusCode)
		body := strings.ReplaceAll(other.body, unknown, known)
		if i < 6 && body != one.body || one.Header.Get("Retry-After") != other.Header.Get("Retry-After") {
			t.Errorf("attempt %d: another answer for an unknown address", i+1)
		}
	}
	h.another().from("203.0.113.7", "", unknown).status(http.StatusTooManyRequests)
}

// A proxy that does not say for whom it asks is counted as itself, and does not
// use up what others may do.
func TestProxyThatTellsNoClientIsCountedByItself(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(d *Deps) { d.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")} })
	last := 0
	for range 21 {
		last = h.from("192.0.2.1", "", "not an address").StatusCode
	}
	if last != http.StatusTooManyRequests {
		t.Errorf("the 21st attempt got %d", last)
	}
	h.from("192.0.2.2", "unknown", "not an address").status(http.StatusUnprocessableEntity)
}

func TestTooManyAttemptsFromOnePlace(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	last := 0
	for i := range 30 {
		// The header is not believed: there is no proxy.
		last = h.from("203.0.113.7", fmt.Sprintf("198.51.100.%d", i), "not an address").StatusCode
	}
	if last != http.StatusTooManyRequests {
		t.Errorf("the 30th attempt got %d", last)
	}
	h.from("203.0.113.8", "", "not an address").status(http.StatusUnprocessableEntity)
}

func TestWeakHashIsReplacedAtSignIn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	a := h.owner(account.Editor)
	weak, err := argon2id.CreateHash(goodPassword, &argon2id.Params{Memory: 1024, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.store.SetPassword(t.Context(), a.ID, weak, h.site.Now()); err != nil {
		t.Fatal(err)
	}
	h.login(a.Email, goodPassword).status(http.StatusSeeOther)
	c, err := h.store.Credentials(t.Context(), a.Email)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(c.PasswordHash, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("stored %q", c.PasswordHash)
	}
	h.another().login(a.Email, goodPassword).status(http.StatusSeeOther)
}
