package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// How guessing at one address is slowed down: the first freeAttempts failures
// within attemptWindow cost nothing; each further one makes the next attempt
// wait twice as long, at most maxDelay.
const (
	freeAttempts  = 5
	attemptWindow = 15 * time.Minute
	maxDelay      = 15 * time.Minute
	attemptsKept  = time.Hour
)

// signInLock is the first key of the advisory lock under which attempts at one
// address take turns, so that a hundred at once are counted like a hundred in
// a row.
const signInLock = 7226003

const lockAddress = `select pg_advisory_xact_lock(@key::int, hashtext(@email))`

const recentAttempts = `select count(*), coalesce(max(at), @now) from sign_in_attempt where email = @email and at > @since`

const addAttempt = `
with swept as (
  delete from sign_in_attempt where at < @old
)
insert into sign_in_attempt (email, at) values (@email, @now) returning id`

// BeginSignIn registers an attempt to sign in with an address, known or not,
// as failed until [Store.SignedIn] says otherwise. When attempts before it ask
// for a pause it registers nothing, so that trying in vain does not prolong
// the pause, and returns what is left of it.
func (s *Store) BeginSignIn(ctx context.Context, email string, now time.Time) (attempt int64, wait time.Duration, err error) {
	err = s.InTx(ctx, func(tx *Store) error {
		if _, err := tx.db.Exec(ctx, lockAddress, pgx.StrictNamedArgs{"key": signInLock, "email": email}); err != nil {
			return err
		}
		var failures int
		var last time.Time
		err := tx.db.QueryRow(ctx, recentAttempts, pgx.StrictNamedArgs{"email": email, "now": now, "since": now.Add(-attemptWindow)}).Scan(&failures, &last)
		if err != nil {
			return err
		}
		if wait = last.Add(attemptDelay(failures)).Sub(now); wait > 0 {
			return nil
		}
		wait = 0
		return tx.db.QueryRow(ctx, addAttempt, pgx.StrictNamedArgs{"email": email, "now": now, "old": now.Add(-attemptsKept)}).Scan(&attempt)
	})
	if err != nil {
		return 0, 0, fmt.Errorf("registering an attempt to sign in: %w", failure(err))
	}
	return attempt, wait, nil
}

// attemptDelay is the pause after that many failures: nothing up to five, then
// 1 s, 2 s, 4 s and so on.
func attemptDelay(failures int) time.Duration {
	const longest = 10 // doublings, after which maxDelay is passed
	if failures <= freeAttempts {
		return 0
	}
	return min(time.Second<<min(failures-freeAttempts-1, longest), maxDelay)
}

const forgetAttempt = `delete from sign_in_attempt where id = @id`

// ForgetAttempt takes back an attempt that came to no verdict.
func (s *Store) ForgetAttempt(ctx context.Context, attempt int64) error {
	if _, err := s.db.Exec(ctx, forgetAttempt, pgx.StrictNamedArgs{"id": attempt}); err != nil {
		return fmt.Errorf("forgetting an attempt to sign in: %w", failure(err))
	}
	return nil
}

const signedIn = `
with forgotten as (
  delete from sign_in_attempt t using account o where o.id = @id and t.email = o.email
), swept as (
  delete from session where expires_at < @ended
)
update account set signed_in_at = @now where id = @id`

// SignedIn notes that an account has signed in and forgets its failed
// attempts. Sessions that ended a while ago are swept out by the way.
func (s *Store) SignedIn(ctx context.Context, accountID int64, now time.Time) error {
	_, err := s.db.Exec(ctx, signedIn, pgx.StrictNamedArgs{"id": accountID, "now": now, "ended": now.Add(-endedKept)})
	if err != nil {
		return fmt.Errorf("noting that account %d signed in: %w", accountID, failure(err))
	}
	return nil
}
