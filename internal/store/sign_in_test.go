package store_test

import (
	"crypto/rand"
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
		_, wait, err := s.BeginSignIn(ctx, email, c.at)
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

func TestSigningInForgetsFailures(t *testing.T) {
	t.Parallel()
	ctx, s := t.Context(), store.New(pgtest.Tx(t))
	a := addAccount(t, s, account.Editor)
	for range 6 {
		_, _, err := s.BeginSignIn(ctx, a.Email, noon)
		must(t, err)
	}
	must(t, s.SignedIn(ctx, a.ID, noon))
	_, wait, err := s.BeginSignIn(ctx, a.Email, noon)
	must(t, err)
	got, err := s.Account(ctx, a.ID)
	must(t, err)
	if wait != 0 || got.LastSignInAt == nil || !got.LastSignInAt.Equal(noon) {
		t.Errorf("pause %v, last signed in %v", wait, got.LastSignInAt)
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
			_, wait, err := s.BeginSignIn(t.Context(), "ada@example.org", noon)
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
