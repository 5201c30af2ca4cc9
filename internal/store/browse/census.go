package browse

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"normmap/internal/account"
	"normmap/internal/store/postgres"
)

// Census counts what must be there for people to work.
type Census struct {
	Agreements     int64
	SeedChangesets int64
	Administrators int64 // who may sign in
	Invited        int64 // administrators without a password yet
	Sessions       int64 // that are good
	Orphans        int64 // sessions and tokens that would be good, of accounts that may not sign in
	Leftovers      int64 // rows of sessions that ended long ago
}

const census = `
select
  (select count(*) from agreement) as agreements,
  (select count(*) from changeset where actor = 'seed') as seed_changesets,
  (select count(*) from account where role = 'admin' and disabled_at is null and password_hash <> '') as administrators,
  (select count(*) from account where role = 'admin' and disabled_at is null and password_hash = '') as invited,
  (select count(*) from session where expires_at > @now and seen_at > @idle and account_id is not null) as sessions,
  (select count(*) from session s join account a on a.id = s.account_id where s.expires_at > @now and a.disabled_at is not null)
  + (select count(*) from token k join account a on a.id = k.account_id
     where k.expires_at > @now and k.revoked_at is null and a.disabled_at is not null) as orphans,
  (select count(*) from session where expires_at < @old) as leftovers`

// leftover is when the row of an ended session should have been swept out.
const leftover = 30 * 24 * time.Hour

// Census counts at now.
func (s *Store) Census(ctx context.Context, now time.Time) (Census, error) {
	found, err := postgres.Collect[Census](ctx, s.db, "the accounts", census,
		pgx.StrictNamedArgs{"now": now, "idle": now.Add(-account.SessionIdle), "old": now.Add(-leftover)})
	if err != nil {
		return Census{}, err
	}
	return found[0], nil
}
