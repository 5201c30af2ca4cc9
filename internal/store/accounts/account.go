package accounts

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// AccountCols are the columns of an account a.
const AccountCols = `a.id, a.email, a.name, a.role, a.created_at, a.disabled_at, a.signed_in_at as last_sign_in_at,
  coalesce(a.organization_id, 0) as organization_id, coalesce((select o.slug from organization o where o.id = a.organization_id), '') as organization`

// Credentials are an account with what its password is checked against.
type Credentials struct {
	account.Account
	PasswordHash string // PHC; empty until the person has set a password
}

const accountByID = `select ` + AccountCols + ` from account a where a.id = @id`

// Account finds an account by its number.
func (s *Store) Account(ctx context.Context, id int64) (account.Account, error) {
	return oneAccount[account.Account](ctx, s.db, accountByID, pgx.StrictNamedArgs{"id": id})
}

const accountByEmail = `select ` + AccountCols + ` from account a where a.email = @email`

// AccountByEmail finds an account by its address as [account.ParseEmail]
// writes it.
func (s *Store) AccountByEmail(ctx context.Context, email string) (account.Account, error) {
	return oneAccount[account.Account](ctx, s.db, accountByEmail, pgx.StrictNamedArgs{"email": email})
}

const credentialsByEmail = `select ` + AccountCols + `, a.password_hash from account a where a.email = @email`

// Credentials finds what a sign-in with this address is checked against.
func (s *Store) Credentials(ctx context.Context, email string) (Credentials, error) {
	return oneAccount[Credentials](ctx, s.db, credentialsByEmail, pgx.StrictNamedArgs{"email": email})
}

const allAccounts = `select ` + AccountCols + ` from account a order by a.name, a.id`

// Accounts lists every account by name, disabled ones too.
func (s *Store) Accounts(ctx context.Context) ([]account.Account, error) {
	return postgres.Collect[account.Account](ctx, s.db, "the accounts", allAccounts, pgx.StrictNamedArgs{})
}

const addAccount = `
insert into account as a (email, name, role) values (@email, @name, @role)
returning ` + AccountCols

// AddAccount makes an account without a password; a one-time link of
// [Store.NewResetLink] lets its owner choose one. A second account with the
// same address is a Conflict.
func (s *Store) AddAccount(ctx context.Context, email, name string, role account.Role) (account.Account, error) {
	return oneAccount[account.Account](ctx, s.db, addAccount, pgx.StrictNamedArgs{"email": email, "name": name, "role": role})
}

const endAll = `
ended as (
  update session set expires_at = @now where account_id = @id and expires_at > @now
)`

const spentLinks = `
spent as (
  delete from one_time_link where account_id = @id and used_at is null
)`

const changeRole = `with ` + endAll + `
update account a set role = @role where a.id = @id
returning ` + AccountCols

// ChangeRole gives an account another role and ends its sessions, so that none
// goes on with the rights of before.
func (s *Store) ChangeRole(ctx context.Context, id int64, role account.Role, now time.Time) (account.Account, error) {
	return oneAccount[account.Account](ctx, s.db, changeRole, pgx.StrictNamedArgs{"id": id, "role": role, "now": now})
}

const bindAccount = `update account a set organization_id = @organization where a.id = @id returning ` + AccountCols

// BindAccount lets an account answer for the organization with a slug, or for
// none when it is empty. Sessions and tokens go on. A slug that is not recorded
// is Invalid.
func (s *Store) BindAccount(ctx context.Context, id int64, slug string) (a account.Account, err error) {
	err = s.inTx(ctx, func(tx *Store) error {
		organization, err := tx.organization(ctx, slug)
		if err != nil {
			return err
		}
		a, err = oneAccount[account.Account](ctx, tx.db, bindAccount, pgx.StrictNamedArgs{"id": id, "organization": organization})
		return err
	})
	return a, err
}

const organizationID = "select id from organization where slug = $1"

// organization is the number of the organization with a slug, nil for none.
func (s *Store) organization(ctx context.Context, slug string) (*int64, error) {
	if slug == "" {
		return nil, nil
	}
	var id int64
	err := s.db.QueryRow(ctx, organizationID, slug).Scan(&id)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, norms.Field("organization", "no organization %q is recorded", slug)
	}
	if err != nil {
		return nil, fmt.Errorf("looking up organization %q: %w", slug, postgres.Failure(err))
	}
	return &id, nil
}

const disableAccount = `with ` + endAll + `
update account a set disabled_at = coalesce(a.disabled_at, @now) where a.id = @id
returning ` + AccountCols

// Disable shuts an account: its sessions end at once, its tokens are revoked
// and its unused one-time links are gone, all for good.
func (s *Store) Disable(ctx context.Context, id int64, now time.Time) (account.Account, error) {
	return s.revoking(ctx, id, now, disableAccount, pgx.StrictNamedArgs{"id": id, "now": now})
}

const enableAccount = `update account a set disabled_at = null where a.id = @id returning ` + AccountCols

// Enable opens a disabled account again, with its password; sessions, tokens
// and links of before stay ended.
func (s *Store) Enable(ctx context.Context, id int64) (account.Account, error) {
	return oneAccount[account.Account](ctx, s.db, enableAccount, pgx.StrictNamedArgs{"id": id})
}

const setPassword = `with ` + endAll + `, forgotten as (
  delete from sign_in_attempt t using account o where o.id = @id and t.email = o.email
), ` + spentLinks + `
update account a set password_hash = @hash where a.id = @id
returning ` + AccountCols

// ChangePassword stores a new password hash (PHC) that the account's owner
// chose, ends all its sessions and unused one-time links and forgets failed
// attempts to sign in. API tokens go on: scripts do not stop because of it.
func (s *Store) ChangePassword(ctx context.Context, id int64, phc string, now time.Time) (account.Account, error) {
	return oneAccount[account.Account](ctx, s.db, setPassword, pgx.StrictNamedArgs{"id": id, "hash": phc, "now": now})
}

// SetPassword is [Store.ChangePassword] by an administrator or through a
// one-time link, which is the remedy after somebody else got in: it revokes the
// account's API tokens too.
func (s *Store) SetPassword(ctx context.Context, id int64, phc string, now time.Time) (account.Account, error) {
	return s.revoking(ctx, id, now, setPassword, pgx.StrictNamedArgs{"id": id, "hash": phc, "now": now})
}

const revokeAll = `with ` + spentLinks + `
update token set revoked_at = @now where account_id = @id and revoked_at is null`

// revoking changes an account and then takes away its tokens and unused links.
// These are two statements so that the second sees what others made until the
// first had the account's row for itself.
func (s *Store) revoking(ctx context.Context, id int64, now time.Time, change string, args pgx.StrictNamedArgs) (a account.Account, err error) {
	err = s.inTx(ctx, func(tx *Store) error {
		if a, err = oneAccount[account.Account](ctx, tx.db, change, args); err != nil {
			return err
		}
		if _, err := tx.db.Exec(ctx, revokeAll, pgx.StrictNamedArgs{"id": id, "now": now}); err != nil {
			return fmt.Errorf("revoking the tokens of account %d: %w", id, err)
		}
		return nil
	})
	return a, err
}

const rehash = `update account set password_hash = @new where id = @id and password_hash = @old`

// Rehash replaces a weak hash by one of the same password at today's cost,
// unless the password was changed in the meantime.
func (s *Store) Rehash(ctx context.Context, id int64, old, phc string) error {
	if _, err := s.db.Exec(ctx, rehash, pgx.StrictNamedArgs{"id": id, "old": old, "new": phc}); err != nil {
		return fmt.Errorf("replacing the password hash of account %d: %w", id, postgres.Failure(err))
	}
	return nil
}

// oneAccount reads an account, alone or as part of T.
func oneAccount[T any](ctx context.Context, db postgres.DB, sql string, args pgx.StrictNamedArgs) (T, error) {
	var none T
	rows, err := db.Query(ctx, sql, args)
	if err != nil {
		return none, fmt.Errorf("asking for an account: %w", postgres.Failure(err))
	}
	v, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[T])
	if errors.Is(err, pgx.ErrNoRows) {
		return none, norms.NotFoundf("there is no such account")
	}
	if err != nil {
		return none, fmt.Errorf("reading an account: %w", postgres.Failure(err))
	}
	return v, nil
}
