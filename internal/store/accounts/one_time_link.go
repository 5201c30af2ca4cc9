package accounts

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/jackc/pgx/v5"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// OneTimeLink is a link that still works.
type OneTimeLink struct {
	Purpose   account.LinkPurpose
	AccountID *int64  // Reset: whose password it sets
	Email     *string // Reset: that account's address
	Name      *string // Reset: that account's name
}

// noAdmin holds while nobody could look after accounts.
const noAdmin = `not exists (select from account where role = 'admin' and disabled_at is null)`

const newSetupLink = `
with replaced as (
  delete from one_time_link where purpose = 'first_admin' and used_at is null
)
insert into one_time_link (hash, purpose, expires_at)
select @hash, 'first_admin', @until where ` + noAdmin

// NewSetupLink makes the one-time link by which the first person creates the
// administrator's account, and returns its secret ([account.OneTimeLinkLife],
// see href.Setup for the address). It replaces one that was not used. While
// there is an administrator the secret is empty.
func (s *Store) NewSetupLink(ctx context.Context, random io.Reader, now time.Time) (secret string, err error) {
	secret, hash, err := account.NewSecret(random)
	if err != nil {
		return "", err
	}
	tag, err := s.db.Exec(ctx, newSetupLink, pgx.StrictNamedArgs{"hash": hash, "until": now.Add(account.OneTimeLinkLife)})
	if err != nil {
		return "", fmt.Errorf("making the link for the first administrator: %w", postgres.Failure(err))
	}
	if tag.RowsAffected() == 0 {
		return "", nil
	}
	return secret, nil
}

const newResetLink = `
with replaced as (
  delete from one_time_link where account_id = @id and used_at is null
)
insert into one_time_link (hash, purpose, account_id, expires_at)
select @hash, 'reset', a.id, @until from account a where a.id = @id and a.disabled_at is null
for share`

// NewResetLink makes a one-time link by which the owner of an account chooses
// a password, and returns its secret. It replaces one that was not used. For
// an account that is disabled or missing it is a Conflict.
func (s *Store) NewResetLink(ctx context.Context, accountID int64, random io.Reader, now time.Time) (secret string, err error) {
	secret, hash, err := account.NewSecret(random)
	if err != nil {
		return "", err
	}
	tag, err := s.db.Exec(ctx, newResetLink, pgx.StrictNamedArgs{"hash": hash, "id": accountID, "until": now.Add(account.OneTimeLinkLife)})
	if err != nil {
		return "", fmt.Errorf("making a link for account %d: %w", accountID, postgres.Failure(err))
	}
	if tag.RowsAffected() == 0 {
		return "", norms.Errorf(norms.Conflict, "this account is disabled; enable it before making a link")
	}
	return secret, nil
}

const oneTimeLink = `
select l.purpose, l.account_id, a.email, a.name
from one_time_link l left join account a on a.id = l.account_id
where l.hash = @hash and l.used_at is null and l.expires_at > @now
  and case l.purpose when 'reset' then a.disabled_at is null else ` + noAdmin + ` end`

// OneTimeLink looks at a link without using it. One that was used, has run
// out or has lost its purpose is Gone; a text that no link can have, NotFound.
func (s *Store) OneTimeLink(ctx context.Context, secret string, now time.Time) (OneTimeLink, error) {
	return s.oneTime(ctx, oneTimeLink, secret, now)
}

const useLink = `
with used as (
  update one_time_link set used_at = @now
  where hash = @hash and used_at is null and expires_at > @now
  returning purpose, account_id
)
select l.purpose, l.account_id, a.email, a.name
from used l left join account a on a.id = l.account_id
where case l.purpose when 'reset' then a.disabled_at is null else ` + noAdmin + ` end`

func (s *Store) oneTime(ctx context.Context, sql, secret string, now time.Time) (OneTimeLink, error) {
	if !account.IsSecret(secret) {
		return OneTimeLink{}, norms.NotFoundf("this is not a link of ours; copy the whole address")
	}
	rows, err := s.db.Query(ctx, sql, pgx.StrictNamedArgs{"hash": account.HashSecret(secret), "now": now})
	if err != nil {
		return OneTimeLink{}, fmt.Errorf("asking for a one-time link: %w", postgres.Failure(err))
	}
	l, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[OneTimeLink])
	if errors.Is(err, pgx.ErrNoRows) {
		return OneTimeLink{}, norms.Errorf(norms.Gone, "A one-time link works once and for %d minutes. "+
			"If you are setting this service up, start it again and it prints a new one. If somebody gave you the link, ask an administrator for another.",
			int(account.OneTimeLinkLife.Minutes()))
	}
	if err != nil {
		return OneTimeLink{}, fmt.Errorf("reading a one-time link: %w", postgres.Failure(err))
	}
	return l, nil
}

// SetUpFirstAdmin uses a link for the first administrator: it makes the
// account with its password hash (PHC). If anything is wrong, the link stays
// good.
func (s *Store) SetUpFirstAdmin(ctx context.Context, secret, email, name, phc string, now time.Time) (made account.Account, err error) {
	err = s.inTx(ctx, func(tx *Store) error {
		if _, err := tx.useLink(ctx, secret, account.FirstAdmin, now); err != nil {
			return err
		}
		if made, err = tx.AddAccount(ctx, email, name, account.Admin); err != nil {
			return err
		}
		made, err = tx.SetPassword(ctx, made.ID, phc, now)
		return err
	})
	return made, err
}

// ResetPassword uses a link to set the password of its account (PHC). All the
// account's sessions end and its API tokens are revoked.
func (s *Store) ResetPassword(ctx context.Context, secret, phc string, now time.Time) (a account.Account, err error) {
	err = s.inTx(ctx, func(tx *Store) error {
		l, err := tx.useLink(ctx, secret, account.Reset, now)
		if err != nil {
			return err
		}
		a, err = tx.SetPassword(ctx, *l.AccountID, phc, now)
		return err
	})
	return a, err
}

// useLink fails for the wrong purpose only when a form is sent to another link
// than its own.
func (s *Store) useLink(ctx context.Context, secret string, purpose account.LinkPurpose, now time.Time) (OneTimeLink, error) {
	l, err := s.oneTime(ctx, useLink, secret, now)
	if err != nil {
		return OneTimeLink{}, err
	}
	if l.Purpose != purpose {
		return OneTimeLink{}, norms.Errorf(norms.Conflict, "this link is for something else; open it again from where you have it")
	}
	return l, nil
}
