package accounts

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// What is known of a token, and what it takes for it to work.
const (
	holderCols = AccountCols + `, array_to_string(t.scopes, ' ') as scopes, t.id as token,
  t.last_used_at is null or t.last_used_at < now() - interval '1 minute' as unnoted`
	works = `t.revoked_at is null and t.expires_at > now() and a.disabled_at is null`
)

const holderOfToken = `
select 1::bigint as place, ` + holderCols + `
from token t
join account a on a.id = t.account_id
where t.hash = @hash and ` + works

// holdersOfTokens is holderOfToken for many. For one it would be planned anew
// each time, which takes longer than to look it up.
const holdersOfTokens = `
select n.place, ` + holderCols + `
from unnest(@hashes::bytea[]) with ordinality n (hash, place)
cross join lateral (select t.id, t.account_id, t.scopes, t.last_used_at, t.revoked_at, t.expires_at from token t where t.hash = n.hash limit 1) t
join account a on a.id = t.account_id
where ` + works + `
order by n.place`

// noteUses passes over what somebody else notes at this moment. The request
// does not wait until it is on disk: what it writes itself comes after it there.
const noteUses = `
update token t set last_used_at = now() from (
  select id from token
  where id = any (@ids)
  order by id
  for update skip locked
) used
where t.id = used.id
returning set_config('synchronous_commit', 'off', true)`

// holder is for whom a token acts.
type holder struct {
	Place int64
	account.Account
	Scopes  account.Scopes
	Token   int64
	Unnoted bool // the token was not used in the last minute
}

// ActorByToken finds for whom an API token acts and for what it can be used,
// and notes its use to the minute. A token that was never made, was revoked,
// has run out, or belongs to a disabled account is Unauthenticated, without
// saying which.
func (s *Store) ActorByToken(ctx context.Context, secret string) (account.Actor, error) {
	refused := norms.Errorf(norms.Unauthenticated, "this token does not work: it is unknown, revoked or out of date; make a new one on your account page")
	if !account.IsToken(secret) {
		return account.Actor{}, refused
	}
	found, err := s.holder(ctx, account.HashSecret(secret))
	if err != nil {
		return account.Actor{}, err
	}
	if found == nil {
		return account.Actor{}, refused
	}
	by := found.Account.Actor()
	by.Scopes = found.Scopes
	return by, nil
}

// askedHolders are the requests that wait to know for whom their tokens act.
// Those who come while others are answered are answered together then: one
// statement serves many, and none is told what was so before it came.
type askedHolders struct {
	mu      sync.Mutex
	busy    bool
	waiting []*askedHolder
}

type askedHolder struct {
	hash     []byte
	answered chan struct{}
	found    *holder // nil when the token acts for nobody
	err      error
}

// errUnanswered is what the others read when looking them up panicked.
var errUnanswered = errors.New("looking tokens up broke off")

// askingAtMost bounds a statement that is asked for several requests.
const askingAtMost = 5 * time.Second

func (s *Store) holder(ctx context.Context, hash []byte) (*holder, error) {
	me := &askedHolder{hash: hash, answered: make(chan struct{})}
	if s.asked.join(me) {
		s.answerFirst()
	}
	select {
	case <-me.answered:
		return me.found, me.err
	case <-ctx.Done():
		return nil, postgres.Failure(ctx.Err())
	}
}

// join takes a place among those who wait, and says whether nobody answers them.
func (a *askedHolders) join(one *askedHolder) (first bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.waiting = append(a.waiting, one)
	first, a.busy = !a.busy, true
	return first
}

// take takes all who wait.
func (a *askedHolders) take() []*askedHolder {
	a.mu.Lock()
	defer a.mu.Unlock()
	all := a.waiting
	a.waiting, a.busy = nil, len(all) > 0
	return all
}

// answerFirst answers those who wait by now, and leaves the later ones to others.
func (s *Store) answerFirst() {
	defer func() {
		if later := s.asked.take(); len(later) > 0 {
			go s.answerLater(later)
		}
	}()
	s.answerHolders(s.asked.take())
}

// answerLater answers until nobody waits.
func (s *Store) answerLater(all []*askedHolder) {
	for ; len(all) > 0; all = s.asked.take() {
		s.answerHolders(all)
	}
}

func (s *Store) answerHolders(all []*askedHolder) {
	err := errUnanswered // unless it is answered
	defer func() {
		for _, one := range all {
			one.err = err
			close(one.answered)
		}
	}()
	ctx, cancel := context.WithTimeout(context.Background(), askingAtMost)
	defer cancel()
	err = s.findHolders(ctx, all)
}

// findHolders looks tokens up, and notes the use of those that were found.
func (s *Store) findHolders(ctx context.Context, all []*askedHolder) error {
	hashes := make([][]byte, len(all))
	for i, one := range all {
		hashes[i] = one.hash
	}
	q, args := holdersOfTokens, pgx.StrictNamedArgs{"hashes": hashes}
	if len(all) == 1 {
		q, args = holderOfToken, pgx.StrictNamedArgs{"hash": hashes[0]}
	}
	found, err := postgres.Collect[holder](ctx, s.db, "the accounts of tokens", q, args)
	if err != nil {
		return err
	}
	var unnoted []int64
	for i, h := range found {
		all[h.Place-1].found = &found[i]
		if h.Unnoted {
			unnoted = append(unnoted, h.Token)
		}
	}
	if len(unnoted) == 0 {
		return nil
	}
	if _, err := s.db.Exec(ctx, noteUses, pgx.StrictNamedArgs{"ids": unnoted}); err != nil {
		return fmt.Errorf("noting the use of tokens: %w", postgres.Failure(err))
	}
	return nil
}

// Asking is how many requests wait to know for whom their tokens act, but for
// those that are being answered.
func (s *Store) Asking() int {
	s.asked.mu.Lock()
	defer s.asked.mu.Unlock()
	return len(s.asked.waiting)
}
