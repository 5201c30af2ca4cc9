package accounts

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/jackc/pgx/v5"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store/postgres"
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
		return "", fmt.Errorf("adding a token for account %d: %w", accountID, postgres.Failure(err))
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
	return postgres.Collect[account.Token](ctx, s.db, "the tokens of an account", tokensOf, pgx.StrictNamedArgs{"account": accountID})
}

const revokeToken = `
update token set revoked_at = coalesce(revoked_at, @now)
where id = @id and account_id = @account`

// RevokeToken makes a token of an account stop working.
func (s *Store) RevokeToken(ctx context.Context, accountID, id int64, now time.Time) error {
	tag, err := s.db.Exec(ctx, revokeToken, pgx.StrictNamedArgs{"account": accountID, "id": id, "now": now})
	if err != nil {
		return fmt.Errorf("revoking token %d: %w", id, postgres.Failure(err))
	}
	if tag.RowsAffected() == 0 {
		return norms.NotFoundf("this account has no token with the number %d", id)
	}
	return nil
}
