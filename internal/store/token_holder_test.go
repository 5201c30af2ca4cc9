package store_test

import (
	"crypto/rand"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"normmap/internal/account"
	"normmap/internal/norms"
)

// Requests that come while the tokens of others are looked up are answered
// together, each for its own token.
func TestTokensThatAreAskedForTogetherActForTheirOwnAccounts(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	secrets, accounts := map[string]string{"unknown": account.TokenPrefix + strings.Repeat("A", 43)}, map[string]int64{}
	for _, name := range []string{"one", "two", "three", "disabled"} {
		a := addAccount(t, s, account.Editor)
		grant := account.Grant{Name: name, Scopes: account.Scopes(account.ScopePublish), Life: time.Hour}
		accounts[name], secrets[name] = a.ID, read[string](t)(s.AddToken(t.Context(), a.ID, grant, rand.Reader, time.Now()))
	}
	owner := connect(t, pool.Config().ConnString())
	_, err := owner.Exec(t.Context(), "update account set disabled_at = now() where id = $1", accounts["disabled"])
	must(t, err)
	delete(accounts, "disabled")
	tx := read[pgx.Tx](t)(owner.Begin(t.Context()))
	_, err = tx.Exec(t.Context(), "lock table token")
	must(t, err)

	var all sync.WaitGroup
	ask := func(name string) {
		all.Go(func() {
			got, err := s.ActorByToken(t.Context(), secrets[name])
			if id, works := accounts[name]; got.ID != id || works != (err == nil) || !works && norms.KindOf(err) != norms.Unauthenticated {
				t.Errorf("%s acts for %d (%v), want %d", name, got.ID, err, id)
			}
		})
	}
	ask("one")
	until(t, "the first is being asked for", func() bool {
		return count(t, pool, "select count(*) from pg_locks where relation = 'token'::regclass and not granted") == 1
	})
	for name := range secrets {
		ask(name)
	}
	until(t, "all others wait", func() bool { return s.Asking() == len(secrets) })
	must(t, tx.Rollback(t.Context()))
	all.Wait()
	if n := count(t, pool, "select count(*) from token where last_used_at is null"); n != 1 {
		t.Errorf("of %d tokens the use is not noted, want that of the disabled account alone", n)
	}
}
