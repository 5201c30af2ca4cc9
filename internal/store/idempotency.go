package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// Answer is what a program was told.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
}

// Request is one that a program may send again without harm.
type Request struct {
	Account int64
	Key     string // by which the program knows it again
	Hash    []byte // SHA-256 of what was asked
}

// keyLock begins the advisory lock under which requests with the same key take
// turns, so that the second of two at once finds the answer of the first.
const keyLock = `select pg_advisory_xact_lock(hashtextextended('idempotency ' || @account::bigint || ' ' || @key, 7226015))`

const sweepKeys = `
delete from idempotency_key k using (
  select account_id, key from idempotency_key
  where at < now() - interval '24 hours'
  order by account_id, key
  for update skip locked
) old
where k.account_id = old.account_id and k.key = old.key`

const answerTo = `
select request, status, header, body from idempotency_key
where account_id = @account and key = @key`

const keepAnswer = `
insert into idempotency_key (account_id, key, request, status, header, body)
values (@account, @key, @request, @status, @header, @body)`

// Once answers a request: the first time by f, and within a day again with the
// same answer, then with again set. What f writes through tx is kept exactly
// when its answer is, so that neither a crash nor a lost connection leads to
// writing twice. An answer that says to come again later, 429 or from 500 up, is not kept, nor
// is what was written.
//
// Errors: Invalid when another request was sent under the key; whatever f
// returns; Unavailable when the database is away.
func (s *Store) Once(ctx context.Context, r Request, f func(tx *Store) (Answer, error)) (a Answer, again bool, err error) {
	errPassing := errors.New("not to be kept")
	err = s.InTx(ctx, func(tx *Store) error {
		found, err := tx.answerTo(ctx, r)
		if err != nil {
			return err
		}
		if found != nil {
			a, again = *found, true
			return nil
		}
		if a, err = f(tx); err != nil {
			return err
		}
		if a.Status >= http.StatusInternalServerError || a.Status == http.StatusTooManyRequests {
			return errPassing
		}
		if a.Body == nil {
			a.Body = []byte{}
		}
		_, err = tx.db.Exec(ctx, keepAnswer, pgx.StrictNamedArgs{
			"account": r.Account, "key": r.Key, "request": r.Hash, "status": a.Status, "header": a.Header, "body": a.Body,
		})
		return postgres.Failure(err)
	})
	if err != nil && !errors.Is(err, errPassing) {
		return Answer{}, false, err
	}
	return a, again, nil
}

// answerTo finds the answer that a request was given before; nil when it is
// the first. Other requests with its key wait until the transaction ends.
func (s *Store) answerTo(ctx context.Context, r Request) (*Answer, error) {
	args := pgx.StrictNamedArgs{"account": r.Account, "key": r.Key}
	if _, err := s.db.Exec(ctx, keyLock, args); err != nil {
		return nil, postgres.Failure(err)
	}
	if _, err := s.db.Exec(ctx, sweepKeys); err != nil {
		return nil, postgres.Failure(err)
	}
	var a Answer
	var request []byte
	err := s.db.QueryRow(ctx, answerTo, args).Scan(&request, &a.Status, &a.Header, &a.Body)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("looking for an earlier answer: %w", postgres.Failure(err))
	case !bytes.Equal(request, r.Hash):
		return nil, norms.Field("Idempotency-Key", "was sent before with another request; take a new key for each")
	}
	return &a, nil
}
