package store_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/alexedwards/scs/v2"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/pgtest"
	"normmap/internal/store"
	"normmap/internal/store/accounts"
)

// clock is a time that tests move by hand.
type clock struct{ at time.Time }

func (c *clock) now() time.Time       { return c.at }
func (c *clock) pass(d time.Duration) { c.at = c.at.Add(d) }
func newClock() *clock                { return &clock{noon} }
func in(c *clock) func() time.Time    { return c.now }
func values(id int64) map[string]any {
	return map[string]any{accounts.SessionAccount: id, accounts.SessionAgent: "Firefox"}
}
func commit(ctx context.Context, s *accounts.SessionStore, token string, v map[string]any) error {
	data, err := scs.GobCodec{}.Encode(noon, v)
	if err != nil {
		return err
	}
	return s.CommitCtx(ctx, token, data, noon)
}

func lives(t *testing.T, s *accounts.SessionStore, token string) bool {
	t.Helper()
	_, found, err := s.FindCtx(t.Context(), token)
	must(t, err)
	return found
}

func TestSessionEndsAfterHalfAnHourUnused(t *testing.T) {
	t.Parallel()
	s, c := store.New(pgtest.Tx(t)), newClock()
	a, sessions, token := addAccount(t, s, account.Editor), s.SessionStore(in(c)), pgtest.Slug(t)
	must(t, commit(t.Context(), sessions, token, values(a.ID)))
	for range 3 {
		c.pass(account.SessionIdle - time.Second)
		if !lives(t, sessions, token) {
			t.Fatalf("ended after %v though it was used", c.at.Sub(noon))
		}
	}
	c.pass(account.SessionIdle)
	if lives(t, sessions, token) {
		t.Error("lives though it was not used for half an hour")
	}
}

func TestSessionEndsAfterTwelveHoursInAnyCase(t *testing.T) {
	t.Parallel()
	s, c := store.New(pgtest.Tx(t)), newClock()
	a, sessions, token := addAccount(t, s, account.Editor), s.SessionStore(in(c)), pgtest.Slug(t)
	must(t, commit(t.Context(), sessions, token, values(a.ID)))
	for c.at.Before(noon.Add(account.SessionLife - 20*time.Minute)) {
		c.pass(20 * time.Minute)
		must(t, commit(t.Context(), sessions, token, values(a.ID))) // saving does not prolong it either
		if c.at.Before(noon.Add(account.SessionLife)) && !lives(t, sessions, token) {
			t.Fatalf("ended after %v", c.at.Sub(noon))
		}
	}
	c.pass(20 * time.Minute)
	if lives(t, sessions, token) {
		t.Error("lives after twelve hours")
	}
}

func TestSessionTellsItsOwner(t *testing.T) {
	t.Parallel()
	s, c := store.New(pgtest.Tx(t)), newClock()
	a, sessions, token := addAccount(t, s, account.Reviewer), s.SessionStore(in(c)), pgtest.Slug(t)
	must(t, commit(t.Context(), sessions, token, values(a.ID)))
	ctx, owner := accounts.NoteOwner(t.Context())
	if _, found, err := sessions.FindCtx(ctx, token); err != nil || !found {
		t.Fatalf("found %t, %v", found, err)
	}
	if owner.ID != a.ID || owner.Role != account.Reviewer || owner.Name != a.Name || owner.Email != a.Email {
		t.Errorf("owner %+v, want %+v", owner, a)
	}
	list, err := s.SessionsOf(t.Context(), a.ID, c.at)
	must(t, err)
	if len(list) != 1 || list[0].Key != token || list[0].Agent != "Firefox" || !list[0].CreatedAt.Equal(noon) {
		t.Errorf("sessions %+v", list)
	}
}

func TestEverySessionEndsAtOnce(t *testing.T) {
	t.Parallel()
	ends := map[string]func(ctx context.Context, s *store.Store, id int64) error{
		"disabled": func(ctx context.Context, s *store.Store, id int64) error {
			_, err := s.Disable(ctx, id, noon)
			return err
		},
		"new role": func(ctx context.Context, s *store.Store, id int64) error {
			_, err := s.ChangeRole(ctx, id, account.Admin, noon)
			return err
		},
		"new password": func(ctx context.Context, s *store.Store, id int64) error {
			_, err := s.SetPassword(ctx, id, "x", noon)
			return err
		},
		"everywhere": func(ctx context.Context, s *store.Store, id int64) error { return s.EndSessions(ctx, id, noon) },
	}
	for name, end := range ends {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := store.New(pgtest.Tx(t))
			sessions := s.SessionStore(in(newClock()))
			a, other, slug := addAccount(t, s, account.Editor), addAccount(t, s, account.Editor), pgtest.Slug(t)
			for _, token := range []string{slug + "-1", slug + "-2"} {
				must(t, commit(t.Context(), sessions, token, values(a.ID)))
			}
			must(t, commit(t.Context(), sessions, slug+"-other", values(other.ID)))
			must(t, end(t.Context(), s, a.ID))
			// A request that was under way must not bring it back.
			must(t, commit(t.Context(), sessions, slug+"-1", values(a.ID)))
			if lives(t, sessions, slug+"-1") || lives(t, sessions, slug+"-2") {
				t.Error("a session lives")
			}
			if !lives(t, sessions, slug+"-other") {
				t.Error("another account's session ended too")
			}
		})
	}
}

func TestOneEndsOnlyOwnSessions(t *testing.T) {
	t.Parallel()
	s := store.New(pgtest.Tx(t))
	sessions, ctx := s.SessionStore(in(newClock())), t.Context()
	a, other, slug := addAccount(t, s, account.Editor), addAccount(t, s, account.Editor), pgtest.Slug(t)
	must(t, commit(ctx, sessions, slug+"-a", values(a.ID)))
	must(t, commit(ctx, sessions, slug+"-other", values(other.ID)))
	wantKind(t, "another's session", s.EndSession(ctx, a.ID, slug+"-other", noon), norms.NotFound)
	must(t, s.EndSession(ctx, a.ID, slug+"-a", noon))
	if lives(t, sessions, slug+"-a") || !lives(t, sessions, slug+"-other") {
		t.Error("the wrong session ended")
	}
}

func TestVisitorMayHaveASession(t *testing.T) {
	t.Parallel()
	s := store.New(pgtest.Tx(t))
	sessions, token := s.SessionStore(in(newClock())), pgtest.Slug(t)
	must(t, commit(t.Context(), sessions, token, map[string]any{"notice": "You are signed out."}))
	ctx, owner := accounts.NoteOwner(t.Context())
	if _, found, err := sessions.FindCtx(ctx, token); err != nil || !found || owner.ID != 0 {
		t.Errorf("found %t, owner %+v, %v", found, owner, err)
	}
	if lives(t, sessions, strings.Repeat("x", 43)) {
		t.Error("a session that nobody began lives")
	}
}
