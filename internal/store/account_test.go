package store_test

import (
	"crypto/rand"
	"strings"
	"testing"
	"time"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/pgtest"
	"normmap/internal/store"
)

// noon is when these tests take place, unless they move the clock.
var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func addAccount(t *testing.T, s *store.Store, role account.Role) account.Account {
	t.Helper()
	a, err := s.AddAccount(t.Context(), pgtest.Slug(t)+"@example.org", "Ada Lovelace", role)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func wantKind(t *testing.T, what string, err error, kind norms.Kind) {
	t.Helper()
	if err == nil || norms.KindOf(err) != kind {
		t.Errorf("%s: error %v, want one of kind %d", what, err, kind)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestFreshDatabaseHasNoAccount(t *testing.T) {
	t.Parallel()
	all, err := store.New(pgtest.Tx(t)).Accounts(t.Context())
	must(t, err)
	if len(all) != 0 {
		t.Errorf("accounts %+v on a fresh database", all)
	}
}

func TestOneAccountForAnAddress(t *testing.T) {
	t.Parallel()
	s := store.New(pgtest.Tx(t))
	a := addAccount(t, s, account.Editor)
	_, err := s.AddAccount(t.Context(), a.Email, "Somebody else", account.Admin)
	wantKind(t, "same address", err, norms.Conflict)
}

func TestAccountIsFoundAndChanged(t *testing.T) {
	t.Parallel()
	ctx, s := t.Context(), store.New(pgtest.Tx(t))
	a := addAccount(t, s, account.Contributor)

	changed, err := s.ChangeRole(ctx, a.ID, account.Reviewer, noon)
	must(t, err)
	if changed.Role != account.Reviewer {
		t.Errorf("role %q after the change", changed.Role)
	}
	shut, err := s.Disable(ctx, a.ID, noon)
	must(t, err)
	if !shut.Disabled() || !shut.DisabledAt.Equal(noon) {
		t.Errorf("disabled at %v, want %v", shut.DisabledAt, noon)
	}
	open, err := s.Enable(ctx, a.ID)
	must(t, err)
	byEmail, err := s.AccountByEmail(ctx, a.Email)
	must(t, err)
	if open.Disabled() || byEmail.ID != a.ID || byEmail.Role != account.Reviewer {
		t.Errorf("enabled again: %+v, by address: %+v", open, byEmail)
	}
	_, err = s.Account(ctx, a.ID+1000)
	wantKind(t, "unknown account", err, norms.NotFound)
}

func TestPasswordHashTravelsWithCredentialsOnly(t *testing.T) {
	t.Parallel()
	ctx, s := t.Context(), store.New(pgtest.Tx(t))
	a := addAccount(t, s, account.Editor)
	_, err := s.SetPassword(ctx, a.ID, "$argon2id$one", noon)
	must(t, err)
	must(t, s.Rehash(ctx, a.ID, "$argon2id$other", "$argon2id$lost"))
	must(t, s.Rehash(ctx, a.ID, "$argon2id$one", "$argon2id$two"))
	c, err := s.Credentials(ctx, a.Email)
	must(t, err)
	if c.PasswordHash != "$argon2id$two" || c.ID != a.ID {
		t.Errorf("credentials %+v", c)
	}
}

func TestTokenActsForItsAccount(t *testing.T) {
	t.Parallel()
	ctx, s := t.Context(), store.New(pgtest.Tx(t))
	a := addAccount(t, s, account.Editor)
	now := time.Now()
	secret, err := s.AddToken(ctx, a.ID, account.Grant{Name: "nightly import", Scopes: "propose publish", Life: time.Hour}, rand.Reader, now)
	must(t, err)
	for range 2 {
		got, err := s.ActorByToken(ctx, secret)
		must(t, err)
		if got.ID != a.ID || got.Role != account.Editor {
			t.Errorf("the token acts for %+v", got)
		}
	}
	tokens, err := s.Tokens(ctx, a.ID)
	must(t, err)
	if len(tokens) != 1 || tokens[0].LastUsedAt == nil || !tokens[0].Works(now) {
		t.Errorf("tokens %+v", tokens)
	}
	must(t, s.RevokeToken(ctx, a.ID, tokens[0].ID, now))
	_, err = s.ActorByToken(ctx, secret)
	wantKind(t, "revoked token", err, norms.Unauthenticated)
}

func TestTokensThatDoNotWork(t *testing.T) {
	t.Parallel()
	ctx, s := t.Context(), store.New(pgtest.Tx(t))
	a, b := addAccount(t, s, account.Editor), addAccount(t, s, account.Editor)
	old, err := s.AddToken(ctx, a.ID, account.Grant{Name: "old", Scopes: "propose publish", Life: time.Hour}, rand.Reader, time.Now().Add(-2*time.Hour))
	must(t, err)
	for name, secret := range map[string]string{
		"out of date": old, "unknown": account.TokenPrefix + strings.Repeat("A", 43), "no token": "secret", "empty": "",
	} {
		_, err := s.ActorByToken(ctx, secret)
		wantKind(t, name, err, norms.Unauthenticated)
	}
	tokens, err := s.Tokens(ctx, a.ID)
	must(t, err)
	wantKind(t, "another's token", s.RevokeToken(ctx, b.ID, tokens[0].ID, noon), norms.NotFound)
}

// What shuts somebody out shuts out the tokens and links they made or were
// given, and opening the account again does not bring them back.
func TestRemediesRevokeForGood(t *testing.T) {
	t.Parallel()
	ctx, now := t.Context(), time.Now()
	tests := map[string]struct {
		remedy     func(s *store.Store, id int64) error
		tokenWorks bool
	}{
		"disabled and enabled": {func(s *store.Store, id int64) error {
			if _, err := s.Disable(ctx, id, now); err != nil {
				return err
			}
			_, err := s.Enable(ctx, id)
			return err
		}, false},
		"password set by an administrator": {func(s *store.Store, id int64) error {
			_, err := s.SetPassword(ctx, id, "new", now)
			return err
		}, false},
		"password changed by the owner": {func(s *store.Store, id int64) error {
			_, err := s.ChangePassword(ctx, id, "new", now)
			return err
		}, true},
	}
	for name, test := range tests {
		s := store.New(pgtest.Tx(t))
		a, other := addAccount(t, s, account.Editor), addAccount(t, s, account.Editor)
		token, err := s.AddToken(ctx, a.ID, account.Grant{Name: "import", Scopes: "propose publish", Life: time.Hour}, rand.Reader, now)
		must(t, err)
		others, err := s.AddToken(ctx, other.ID, account.Grant{Name: "import", Scopes: "propose publish", Life: time.Hour}, rand.Reader, now)
		must(t, err)
		link, err := s.NewResetLink(ctx, a.ID, rand.Reader, now)
		must(t, err)
		if err := test.remedy(s, a.ID); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := s.ActorByToken(ctx, token); (err == nil) != test.tokenWorks {
			t.Errorf("%s: token %v, want it to work: %t", name, err, test.tokenWorks)
		}
		_, err = s.OneTimeLink(ctx, link, now)
		wantKind(t, name+": unused link", err, norms.Gone)
		if _, err := s.ActorByToken(ctx, others); err != nil {
			t.Errorf("%s: another account's token: %v", name, err)
		}
	}
}

func TestResetLinkRevokesTokens(t *testing.T) {
	t.Parallel()
	ctx, s, now := t.Context(), store.New(pgtest.Tx(t)), time.Now()
	a := addAccount(t, s, account.Editor)
	token, err := s.AddToken(ctx, a.ID, account.Grant{Name: "import", Scopes: "propose publish", Life: time.Hour}, rand.Reader, now)
	must(t, err)
	link, err := s.NewResetLink(ctx, a.ID, rand.Reader, now)
	must(t, err)
	_, err = s.ResetPassword(ctx, link, "new", now)
	must(t, err)
	_, err = s.ActorByToken(ctx, token)
	wantKind(t, "token of before", err, norms.Unauthenticated)
}

func TestNoTokenForADisabledAccount(t *testing.T) {
	t.Parallel()
	ctx, s := t.Context(), store.New(pgtest.Tx(t))
	a := addAccount(t, s, account.Editor)
	_, err := s.Disable(ctx, a.ID, noon)
	must(t, err)
	_, err = s.AddToken(ctx, a.ID, account.Grant{Name: "late", Scopes: "propose publish", Life: time.Hour}, rand.Reader, noon)
	wantKind(t, "token", err, norms.Conflict)
}
