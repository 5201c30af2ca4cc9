package accounts

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"normmap/internal/store/postgres"
)

// How guessing at one e-mail address is slowed down. A client's own failures
// within attemptWindow count: the first freeAttempts cost nothing, each further
// one makes the next attempt wait twice as long, at most maxDelay. Failures of
// all clients together ask for no more than crowdDelay, and each client waits
// it out by its own clock: whoever guesses from many places is slowed down at
// each of them, but cannot keep the owner out.
const (
	freeAttempts  = 5
	freeOfCrowd   = 20
	attemptWindow = 15 * time.Minute
	maxDelay      = 15 * time.Minute
	crowdDelay    = 2 * time.Second
	attemptsKept  = time.Hour
)

// signInLock is the first key of the advisory lock under which attempts at one
// address take turns, so that a hundred at once are counted like a hundred in
// a row.
const signInLock = 7226003

const lockAddress = `select pg_advisory_xact_lock(@key::int, hashtext(@email))`

const recentAttempts = `
select
  count(*) filter (where failed) as everybodys,
  count(*) filter (where failed and client = @client) as own,
  max(at) filter (where client = @client) as last
from sign_in_attempt
where email = @email and at > @since`

// recent are the attempts at an e-mail address within attemptWindow.
type recent struct {
	Everybodys int        // failures from anywhere
	Own        int        // failures of the client that asks
	Last       *time.Time // when that client failed or was asked to wait, nil if neither
}

const addAttempt = `
with swept as (
  delete from sign_in_attempt where at < @old
)
insert into sign_in_attempt (email, client, at, failed) values (@email, @client, @now, @failed) returning id`

// BeginSignIn registers an attempt of a client ([account.ClientKey]) to sign in
// with an address, known or not, as failed until [Store.ForgetFailures] says
// otherwise. When attempts before it ask for a pause, it returns what is left
// of it instead; trying in vain does not prolong the pause.
func (s *Store) BeginSignIn(ctx context.Context, email, client string, now time.Time) (attempt int64, wait time.Duration, err error) {
	err = s.inTx(ctx, func(tx *Store) error {
		if _, err := tx.db.Exec(ctx, lockAddress, pgx.StrictNamedArgs{"key": signInLock, "email": email}); err != nil {
			return err
		}
		before, err := tx.recentAttempts(ctx, email, client, now)
		if err != nil {
			return err
		}
		wait = before.wait(now)
		if wait > 0 && before.Last != nil {
			return nil
		}
		return tx.db.QueryRow(ctx, addAttempt, pgx.StrictNamedArgs{
			"email": email, "client": client, "now": now, "failed": wait == 0, "old": now.Add(-attemptsKept),
		}).Scan(&attempt)
	})
	if err != nil {
		return 0, 0, fmt.Errorf("registering an attempt to sign in: %w", postgres.Failure(err))
	}
	return attempt, wait, nil
}

func (s *Store) recentAttempts(ctx context.Context, email, client string, now time.Time) (recent, error) {
	rows, err := s.db.Query(ctx, recentAttempts, pgx.StrictNamedArgs{"email": email, "client": client, "since": now.Add(-attemptWindow)})
	if err != nil {
		return recent{}, err
	}
	return pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[recent])
}

// wait is what is left at now of the pause before the client may try again. A
// client of which nothing is known begins its pause now.
func (r recent) wait(now time.Time) time.Duration {
	pause := ownDelay(r.Own)
	if r.Everybodys > freeOfCrowd {
		pause = max(pause, crowdDelay)
	}
	if r.Last != nil {
		pause -= now.Sub(*r.Last)
	}
	return max(pause, 0)
}

// ownDelay is the pause after that many failures of one client: nothing up to
// five, then 1 s, 2 s, 4 s and so on.
func ownDelay(failures int) time.Duration {
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
		return fmt.Errorf("forgetting an attempt to sign in: %w", postgres.Failure(err))
	}
	return nil
}

const forgetFailures = `
delete from sign_in_attempt t using sign_in_attempt o
where o.id = @id and t.email = o.email and t.client = o.client`

// ForgetFailures takes back an attempt that was right, with all that its client
// failed at the same e-mail address before. Other clients' failures still
// count, or each sign-in of the owner would let guessers start afresh.
func (s *Store) ForgetFailures(ctx context.Context, attempt int64) error {
	if _, err := s.db.Exec(ctx, forgetFailures, pgx.StrictNamedArgs{"id": attempt}); err != nil {
		return fmt.Errorf("forgetting failed attempts to sign in: %w", postgres.Failure(err))
	}
	return nil
}

const signedIn = `
with swept as (
  delete from session where expires_at < @ended
)
update account set signed_in_at = @now where id = @id`

// SignedIn notes that an account has signed in. Sessions that ended a while ago
// are swept out by the way.
func (s *Store) SignedIn(ctx context.Context, accountID int64, now time.Time) error {
	_, err := s.db.Exec(ctx, signedIn, pgx.StrictNamedArgs{"id": accountID, "now": now, "ended": now.Add(-endedKept)})
	if err != nil {
		return fmt.Errorf("noting that account %d signed in: %w", accountID, postgres.Failure(err))
	}
	return nil
}
