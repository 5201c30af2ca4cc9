package accounts

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/jackc/pgx/v5"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// Keys of the session values that have columns of their own.
const (
	SessionAccount = "account" // int64: whose session it is
	SessionAgent   = "agent"   // string: the browser as it calls itself
)

// maxAgent is the longest browser name kept, in code points.
const maxAgent = 300

// endedKept is how long the row of an ended session stays: longer than any
// request that was under way when it ended, which could otherwise write the
// session anew.
const endedKept = time.Hour

// SessionStore keeps the sessions of scs in Postgres; it is a scs.CtxStore. It
// decides by its own clock how long they last: [account.SessionLife] since
// they began and [account.SessionIdle] since they were used. Tokens reach it
// hashed (scs.SessionManager.HashTokenInStore).
type SessionStore struct {
	db  postgres.DB
	now func() time.Time
}

// SessionStore makes the store of sessions for a session manager.
func (s *Store) SessionStore(now func() time.Time) *SessionStore {
	return &SessionStore{db: s.db, now: now}
}

type ownerKey struct{}

// Owner is the account of a session with what waits for it.
type Owner struct {
	account.Account
	Desk account.Desk
}

// NoteOwner prepares a context so that FindCtx leaves there whose session it
// found: a request then knows its account without another statement. The
// account stays zero for a visitor.
func NoteOwner(ctx context.Context) (context.Context, *Owner) {
	owner := new(Owner)
	return context.WithValue(ctx, ownerKey{}, owner), owner
}

const findSession = `
with opened as (
  select s.token, s.data, s.account_id, s.seen_at from session s
  where s.token = @token and s.expires_at > @now and s.seen_at > @idle
), touched as (
  update session s set seen_at = @now from opened o
  where s.token = o.token and o.seen_at < @minute
)
select o.data, a.id, a.email, a.name, a.role, a.created_at, a.signed_in_at,
  coalesce(a.organization_id, 0), coalesce((select g.slug from organization g where g.id = a.organization_id), ''),
  case when a.role in ('reviewer', 'admin') then (select count(*) from proposal p where p.state = 'open' and p.proposer_id <> a.id) else 0 end,
  (select json_agg(json_build_object('id', p.id, 'reason', p.reason) order by p.id desc)
    from (select id, reason from proposal where state = 'open' and proposer_id = a.id order by id desc limit 20) p),
  (select count(*) from assessment h
    where h.link_id in (select l.id from initiative i join link l on l.initiative_id = i.id where i.organization_id = a.organization_id
        union select l.id from link l where l.asserter_id = a.organization_id)
      and not exists (select from answer w where w.assessment_id = h.id))
from opened o left join account a on a.id = o.account_id
where o.account_id is null or a.disabled_at is null`

// FindCtx gives the values of a session that is still good, notes its use to
// the minute, and leaves its account to [NoteOwner].
func (s *SessionStore) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	now := s.now()
	var data []byte
	var id *int64
	var email, name, role *string
	var created, signedIn *time.Time
	var desk account.Desk
	var bound account.Account
	err := s.db.QueryRow(ctx, findSession, pgx.StrictNamedArgs{
		"token": token, "now": now, "idle": now.Add(-account.SessionIdle), "minute": now.Add(-time.Minute),
	}).Scan(&data, &id, &email, &name, &role, &created, &signedIn, &bound.OrganizationID, &bound.Organization,
		&desk.ToReview, &desk.Own, &desk.ToAnswer)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("finding a session: %w", postgres.Failure(err))
	}
	if owner, ok := ctx.Value(ownerKey{}).(*Owner); ok && id != nil {
		a := account.Account{ID: *id, Email: *email, Name: *name, Role: account.Role(*role), CreatedAt: *created, LastSignInAt: signedIn,
			OrganizationID: bound.OrganizationID, Organization: bound.Organization}
		*owner = Owner{a, desk}
	}
	return data, true, nil
}

const commitSession = `
insert into session as s (token, data, expires_at, account_id, created_at, seen_at, agent)
values (@token, @data, @until, @account, @now, @now, @agent)
on conflict (token) do update
set data = excluded.data, account_id = excluded.account_id, seen_at = excluded.seen_at, agent = excluded.agent
where s.expires_at > @now`

// CommitCtx writes the values of a session. One that has ended stays ended.
// The expiry that scs computes from the wall clock is not used.
func (s *SessionStore) CommitCtx(ctx context.Context, token string, data []byte, _ time.Time) error {
	_, values, err := scs.GobCodec{}.Decode(data)
	if err != nil {
		return fmt.Errorf("reading the values of a session: %w", err)
	}
	var owner *int64
	if id, ok := values[SessionAccount].(int64); ok {
		owner = &id
	}
	agent, _ := values[SessionAgent].(string)
	now := s.now()
	_, err = s.db.Exec(ctx, commitSession, pgx.StrictNamedArgs{
		"token": token, "data": data, "until": now.Add(account.SessionLife), "account": owner, "now": now, "agent": firstRunes(agent, maxAgent),
	})
	if err != nil {
		return fmt.Errorf("saving a session: %w", postgres.Failure(err))
	}
	return nil
}

const endOne = `update session set expires_at = @now where token = @token and expires_at > @now`

// DeleteCtx ends a session.
func (s *SessionStore) DeleteCtx(ctx context.Context, token string) error {
	if _, err := s.db.Exec(ctx, endOne, pgx.StrictNamedArgs{"token": token, "now": s.now()}); err != nil {
		return fmt.Errorf("ending a session: %w", postgres.Failure(err))
	}
	return nil
}

// Find is FindCtx without a context, as scs.Store asks for.
func (s *SessionStore) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is CommitCtx without a context, as scs.Store asks for.
func (s *SessionStore) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}

// Delete is DeleteCtx without a context, as scs.Store asks for.
func (s *SessionStore) Delete(token string) error {
	return s.DeleteCtx(context.Background(), token)
}

const sessionsOf = `
select token as key, created_at, seen_at, agent from session
where account_id = @id and expires_at > @now and seen_at > @idle
order by seen_at desc, token`

// SessionsOf lists the sessions of an account that are good at now, the one
// used last first.
func (s *Store) SessionsOf(ctx context.Context, id int64, now time.Time) ([]account.Session, error) {
	return postgres.Collect[account.Session](ctx, s.db, "the sessions of an account", sessionsOf,
		pgx.StrictNamedArgs{"id": id, "now": now, "idle": now.Add(-account.SessionIdle)})
}

const endOwn = `
update session set expires_at = @now
where account_id = @id and token = @key and expires_at > @now`

// EndSession ends one session of an account by its key.
func (s *Store) EndSession(ctx context.Context, id int64, key string, now time.Time) error {
	tag, err := s.db.Exec(ctx, endOwn, pgx.StrictNamedArgs{"id": id, "key": key, "now": now})
	if err != nil {
		return fmt.Errorf("ending a session of account %d: %w", id, postgres.Failure(err))
	}
	if tag.RowsAffected() == 0 {
		return norms.NotFoundf("this session has already ended")
	}
	return nil
}

const endSessions = `with ` + endAll + ` select`

// EndSessions ends every session of an account at once.
func (s *Store) EndSessions(ctx context.Context, id int64, now time.Time) error {
	if _, err := s.db.Exec(ctx, endSessions, pgx.StrictNamedArgs{"id": id, "now": now}); err != nil {
		return fmt.Errorf("ending the sessions of account %d: %w", id, postgres.Failure(err))
	}
	return nil
}

// firstRunes is s without what follows its first n code points.
func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}
