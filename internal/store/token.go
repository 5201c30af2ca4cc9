package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/jackc/pgx/v5"

	"normmap/internal/account"
	"normmap/internal/norms"
)

const addToken = `
insert into token (account_id, name, scopes, hash, created_at, expires_at)
select a.id, @name, string_to_array(@scopes, ' '), @hash, @now, @until from account a
where a.id = @account and a.disabled_at is null
for share`

// AddToken makes an API token that acts for an account from now on, as granted.
// The secret is returned this once; only its hash is kept. Random bytes come
// from random, which must be cryptographic. For an account that is disabled or
// missing it is a Conflict.
func (s *Store) AddToken(ctx context.Context, accountID int64, g account.Grant, random io.Reader, now time.Time) (secret string, err error) {
	secret, hash, err := account.NewToken(random)
	if err != nil {
		return "", err
	}
	tag, err := s.db.Exec(ctx, addToken, pgx.StrictNamedArgs{
		"account": accountID, "name": g.Name, "scopes": string(g.Scopes), "hash": hash, "now": now, "until": now.Add(g.Life),
	})
	if err != nil {
		return "", fmt.Errorf("adding a token for account %d: %w", accountID, failure(err))
	}
	if tag.RowsAffected() == 0 {
		return "", norms.Errorf(norms.Conflict, "this account is disabled; its tokens would not work")
	}
	return secret, nil
}

const tokensOf = `
select id, name, array_to_string(scopes, ' ') as scopes, created_at, expires_at, last_used_at, revoked_at from token
where account_id = @account
order by id desc`

// Tokens lists the API tokens of an account, the newest first, with those that
// no longer work.
func (s *Store) Tokens(ctx context.Context, accountID int64) ([]account.Token, error) {
	return collect[account.Token](ctx, s.db, "the tokens of an account", tokensOf, pgx.StrictNamedArgs{"account": accountID})
}

const revokeToken = `
update token set revoked_at = coalesce(revoked_at, @now)
where id = @id and account_id = @account`

// RevokeToken makes a token of an account stop working.
func (s *Store) RevokeToken(ctx context.Context, accountID, id int64, now time.Time) error {
	tag, err := s.db.Exec(ctx, revokeToken, pgx.StrictNamedArgs{"account": accountID, "id": id, "now": now})
	if err != nil {
		return fmt.Errorf("revoking token %d: %w", id, failure(err))
	}
	if tag.RowsAffected() == 0 {
		return norms.NotFoundf("this account has no token with the number %d", id)
	}
	return nil
}

const actorByToken = `
select ` + accountCols + `, array_to_string(t.scopes, ' ') as scopes, t.id as token,
  t.last_used_at is null or t.last_used_at < now() - interval '1 minute' as unnoted
from token t
join account a on a.id = t.account_id
where t.hash = @hash and t.revoked_at is null and t.expires_at > now() and a.disabled_at is null`

const noteUse = "update token set last_used_at = now() where id = @id"

// ActorByToken finds for whom an API token acts and for what it can be used,
// and notes its use to the minute. A token that was never made, was revoked,
// has run out, or belongs to a disabled account is Unauthenticated, without
// saying which.
func (s *Store) ActorByToken(ctx context.Context, secret string) (account.Actor, error) {
	refused := norms.Errorf(norms.Unauthenticated, "this token does not work: it is unknown, revoked or out of date; make a new one on your account page")
	if !account.IsToken(secret) {
		return account.Actor{}, refused
	}
	type holder struct {
		account.Account
		Scopes  account.Scopes
		Token   int64
		Unnoted bool // the token was not used in the last minute
	}
	rows, err := s.db.Query(ctx, actorByToken, pgx.StrictNamedArgs{"hash": account.HashSecret(secret)})
	if err != nil {
		return account.Actor{}, fmt.Errorf("asking for a token: %w", failure(err))
	}
	h, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[holder])
	if errors.Is(err, pgx.ErrNoRows) {
		return account.Actor{}, refused
	}
	if err != nil {
		return account.Actor{}, fmt.Errorf("reading the account of a token: %w", failure(err))
	}
	if h.Unnoted {
		if _, err := s.db.Exec(ctx, noteUse, pgx.StrictNamedArgs{"id": h.Token}); err != nil {
			return account.Actor{}, fmt.Errorf("noting the use of a token: %w", failure(err))
		}
	}
	by := h.Account.Actor()
	by.Scopes = h.Scopes
	return by, nil
}
