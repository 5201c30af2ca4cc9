package store_test

import (
	"crypto/rand"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/pgtest"
	"normmap/internal/store"
)

func TestGuessingIsSlowedDownMoreAndMore(t *testing.T) {
	t.Parallel()
	ctx, s, c := t.Context(), store.New(pgtest.Tx(t)), newClock()
	email := pgtest.Slug(t) + "@example.org" // that no account has
	try := func() time.Duration {
		t.Helper()
		_, wait, err := s.BeginSignIn(ctx, email, "198.51.100.1", c.at)
		must(t, err)
		return wait
	}
	for i := range 6 {
		if wait := try(); wait != 0 {
			t.Fatalf("attempt %d has to wait %v", i+1, wait)
		}
	}
	for _, want := range []time.Duration{1, 2, 4, 8, 16, 32, 64, 128, 256} {
		for range 3 { // trying in vain does not prolong the pause
			if wait := try(); wait != want*time.Second {
				t.Fatalf("a pause of %v, want %v", wait, want*time.Second)
			}
		}
		c.pass(want * time.Second)
		if wait := try(); wait != 0 {
			t.Fatalf("after a pause of %v another of %v", want*time.Second, wait)
		}
	}
	c.pass(15 * time.Minute)
	if wait := try(); wait != 0 {
		t.Errorf("a pause of %v after a quarter of an hour", wait)
	}
}

// trier tries to sign in with one address from a client, at the clock's time.
func trier(t *testing.T, s *store.Store, email string, c *clock) func(client string) (attempt int64, wait time.Duration) {
	return func(client string) (int64, time.Duration) {
		t.Helper()
		attempt, wait, err := s.BeginSignIn(t.Context(), email, client, c.at)
		must(t, err)
		return attempt, wait
	}
}

func TestRightPasswordForgetsFailuresOfItsClientOnly(t *testing.T) {
	t.Parallel()
	ctx, s, c := t.Context(), store.New(pgtest.Tx(t)), newClock()
	try := trier(t, s, pgtest.Slug(t)+"@example.org", c)
	var last int64
	for range 6 {
		try("198.51.100.1")
		last, _ = try("203.0.113.9")
	}
	must(t, s.ForgetFailures(ctx, last))
	if _, wait := try("203.0.113.9"); wait != 0 {
		t.Errorf("the owner has to wait %v", wait)
	}
	if _, wait := try("198.51.100.1"); wait != time.Second {
		t.Errorf("the guesser has to wait %v, want 1s", wait)
	}
}

func TestSigningInIsNoted(t *testing.T) {
	t.Parallel()
	ctx, s := t.Context(), store.New(pgtest.Tx(t))
	a := addAccount(t, s, account.Editor)
	must(t, s.SignedIn(ctx, a.ID, noon))
	got, err := s.Account(ctx, a.ID)
	must(t, err)
	if got.LastSignInAt == nil || !got.LastSignInAt.Equal(noon) {
		t.Errorf("last signed in %v, want %v", got.LastSignInAt, noon)
	}
}

// Whoever keeps guessing, from however many places, slows the owner down by two
// seconds and no more.
func TestGuessersCannotKeepTheOwnerOut(t *testing.T) {
	t.Parallel()
	s, c := store.New(pgtest.Tx(t)), newClock()
	try := trier(t, s, pgtest.Slug(t)+"@example.org", c)
	guess := func() { // five places, all polling
		for i := range 5 {
			try(fmt.Sprintf("198.51.100.%d", i))
		}
	}
	for range 20 * 60 {
		guess()
		c.pass(time.Second)
	}
	if _, wait := try("203.0.113.9"); wait != 2*time.Second {
		t.Fatalf("the owner has to wait %v, want 2s", wait)
	}
	for range 2 {
		guess()
		c.pass(time.Second)
	}
	guess()
	if _, wait := try("203.0.113.9"); wait != 0 {
		t.Errorf("the owner has to wait another %v", wait)
	}
}

// A guesser with a fresh place for each guess waits at each of them.
func TestGuessingFromManyPlacesIsSlowedDown(t *testing.T) {
	t.Parallel()
	s, c := store.New(pgtest.Tx(t)), newClock()
	try := trier(t, s, pgtest.Slug(t)+"@example.org", c)
	admitted := 0
	for i := range 100 {
		if _, wait := try(fmt.Sprintf("198.51.100.%d", i)); wait == 0 {
			admitted++
		}
	}
	if admitted != 21 {
		t.Errorf("%d of 100 places guessed at once, want 21", admitted)
	}
	c.pass(time.Second)
	if _, wait := try("198.51.100.99"); wait != time.Second {
		t.Errorf("a pause of %v after one second, want 1s", wait)
	}
}

func TestAttemptsAtOnceAreCountedLikeOnesInARow(t *testing.T) {
	t.Parallel()
	s := store.New(pgtest.New(t))
	var mu sync.Mutex
	var group sync.WaitGroup
	admitted := 0
	for range 40 {
		group.Go(func() {
			_, wait, err := s.BeginSignIn(t.Context(), "ada@example.org", "198.51.100.1", noon)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				t.Error(err)
			}
			if err == nil && wait == 0 {
				admitted++
			}
		})
	}
	group.Wait()
	if admitted != 6 {
		t.Errorf("%d of 40 guesses at once were let through, want 6", admitted)
	}
}

func TestSetupLinkMakesTheFirstAdministratorOnce(t *testing.T) {
	t.Parallel()
	ctx, s := t.Context(), store.New(pgtest.Tx(t))
	first, err := s.NewSetupLink(ctx, rand.Reader, noon)
	must(t, err)
	secret, err := s.NewSetupLink(ctx, rand.Reader, noon)
	must(t, err)
	_, err = s.OneTimeLink(ctx, first, noon)
	wantKind(t, "replaced link", err, norms.Gone)
	l, err := s.OneTimeLink(ctx, secret, noon)
	must(t, err)
	if l.Purpose != account.FirstAdmin {
		t.Errorf("purpose %q", l.Purpose)
	}
	email := pgtest.Slug(t) + "@example.org"
	a, err := s.SetUpFirstAdmin(ctx, secret, email, "Ada", "phc", noon)
	must(t, err)
	if a.Role != account.Admin || a.Email != email {
		t.Errorf("made %+v", a)
	}
	_, err = s.SetUpFirstAdmin(ctx, secret, "b"+email, "Bob", "phc", noon)
	wantKind(t, "second use", err, norms.Gone)
	again, err := s.NewSetupLink(ctx, rand.Reader, noon)
	must(t, err)
	if again != "" {
		t.Error("another link though there is an administrator")
	}
}

func TestLinkStaysGoodWhenTheFormIsWrong(t *testing.T) {
	t.Parallel()
	ctx, s := t.Context(), store.New(pgtest.Tx(t))
	taken := addAccount(t, s, account.Editor)
	secret, err := s.NewSetupLink(ctx, rand.Reader, noon)
	must(t, err)
	_, err = s.SetUpFirstAdmin(ctx, secret, taken.Email, "Ada", "phc", noon)
	wantKind(t, "taken address", err, norms.Conflict)
	_, err = s.ResetPassword(ctx, secret, "phc", noon)
	wantKind(t, "wrong purpose", err, norms.Conflict)
	if _, err := s.OneTimeLink(ctx, secret, noon); err != nil {
		t.Errorf("the link is spent: %v", err)
	}
}

func TestResetLink(t *testing.T) {
	t.Parallel()
	ctx, s := t.Context(), store.New(pgtest.Tx(t))
	a := addAccount(t, s, account.Editor)
	secret, err := s.NewResetLink(ctx, a.ID, rand.Reader, noon)
	must(t, err)
	late := noon.Add(account.OneTimeLinkLife)
	_, err = s.ResetPassword(ctx, secret, "late", late)
	wantKind(t, "after 15 minutes", err, norms.Gone)
	_, err = s.ResetPassword(ctx, secret, "new", late.Add(-time.Second))
	must(t, err)
	c, err := s.Credentials(ctx, a.Email)
	must(t, err)
	if c.PasswordHash != "new" {
		t.Errorf("hash %q", c.PasswordHash)
	}
	_, err = s.ResetPassword(ctx, secret, "again", noon)
	wantKind(t, "second use", err, norms.Gone)
	_, err = s.OneTimeLink(ctx, strings.Repeat("!", 43), noon)
	wantKind(t, "no link at all", err, norms.NotFound)

	secret, err = s.NewResetLink(ctx, a.ID, rand.Reader, noon)
	must(t, err)
	_, err = s.Disable(ctx, a.ID, noon)
	must(t, err)
	_, err = s.ResetPassword(ctx, secret, "new", noon)
	wantKind(t, "link of a disabled account", err, norms.Gone)
	_, err = s.NewResetLink(ctx, a.ID, rand.Reader, noon)
	wantKind(t, "link for a disabled account", err, norms.Conflict)
}
