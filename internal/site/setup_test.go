package site

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"normmap/internal/account"
)

// setupLink is the address that the program prints at start.
func (h *house) setupLink() string {
	h.t.Helper()
	secret, err := h.store.NewSetupLink(h.t.Context(), h.site.Rand, h.site.Now())
	if err != nil {
		h.t.Fatal(err)
	}
	return "/setup/" + secret
}

func TestFirstAdministrator(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	link := h.setupLink()
	h.get(link).status(http.StatusOK).has("h1", "administrator")
	h.post(link, "email", "Ada@Example.org", "name", " Ada  Lovelace ", "password", goodPassword, "password_again", goodPassword).
		leads(http.StatusSeeOther, "/")
	h.get("/admin/accounts").status(http.StatusOK).has("td", "Ada Lovelace").has("td", "ada@example.org")

	h.get(link).status(http.StatusGone).has("h1", "no longer works").says("start it again", "ask an administrator")
	b := h.another()
	b.post(link, "email", "eve@example.org", "name", "Eve", "password", goodPassword, "password_again", goodPassword).status(http.StatusGone)
	b.login("ada@example.org", goodPassword).status(http.StatusSeeOther)
	if strings.Contains(h.log.String(), strings.TrimPrefix(link, "/setup/")) {
		t.Error("the link is in the log")
	}
}

// Nobody tries out one-time links in numbers.
func TestOneTimeLinksAreNotGuessed(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	guess := func() answer {
		return h.post("/setup/guessed", "password", goodPassword, "password_again", goodPassword)
	}
	for range signInLimit {
		guess().status(http.StatusNotFound)
	}
	guess().status(http.StatusTooManyRequests)
}

func TestSetupLinkRunsOut(t *testing.T) {
	t.Parallel()
	h, c := timed(t)
	link := h.setupLink()
	c.pass(account.OneTimeLinkLife - time.Second)
	h.get(link).status(http.StatusOK)
	c.pass(time.Second)
	h.get(link).status(http.StatusGone)
	h.get("/setup/no-link-at-all").status(http.StatusNotFound)
}

func TestSetupFormSaysWhatIsWrongAndKeepsTheLink(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	taken, link := h.owner(account.Editor), h.setupLink()
	tests := []struct {
		name  string
		form  []string
		field string
		text  string
	}{
		{"nothing", nil, "email", "is missing"},
		{"no name", []string{"email", "ada@example.org", "password", goodPassword, "password_again", goodPassword}, "name", "is missing"},
		{"short", []string{"email", "ada@example.org", "name", "Ada", "password", "short", "password_again", "short"}, "password", "at least 8"},
		{"own name", []string{"email", "ada@example.org", "name", "Ada Lovelace", "password", "lovelace1815", "password_again", "lovelace1815"}, "password", "your name"},
		{"not twice", []string{"email", "ada@example.org", "name", "Ada", "password", goodPassword, "password_again", "other"}, "password-again", "not the same"},
		{"taken", []string{"email", taken.Email, "name", "Ada", "password", goodPassword, "password_again", goodPassword}, "email", "already has an account"},
	}
	for _, test := range tests {
		got := h.post(link, test.form...).status(http.StatusUnprocessableEntity)
		got.has("#field-"+test.field+"-problem", test.text)
		if strings.Contains(got.body, goodPassword) {
			t.Errorf("%s: the page holds the password", test.name)
		}
	}
	h.get(link).status(http.StatusOK)
}

func TestResetLinkSetsAPasswordOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	a, elsewhere := h.owner(account.Editor), h.another()
	elsewhere.login(a.Email, goodPassword).status(http.StatusSeeOther)
	secret, err := h.store.NewResetLink(t.Context(), a.ID, h.site.Rand, h.site.Now())
	if err != nil {
		t.Fatal(err)
	}
	const chosen = "another horse, another staple"
	h.get("/setup/" + secret).status(http.StatusOK).says(a.Email)
	h.post("/setup/"+secret, "password", chosen, "password_again", chosen).leads(http.StatusSeeOther, "/")
	h.post("/setup/"+secret, "password", goodPassword, "password_again", goodPassword).status(http.StatusGone)
	if !h.signedIn() || elsewhere.signedIn() {
		t.Errorf("signed in here %t, elsewhere %t; want here only", h.signedIn(), elsewhere.signedIn())
	}
	h.another().login(a.Email, chosen).status(http.StatusSeeOther)
	h.another().login(a.Email, goodPassword).status(http.StatusUnprocessableEntity)
}
