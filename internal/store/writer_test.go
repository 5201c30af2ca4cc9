package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store"
	"normmap/internal/store/schema"
)

// crowd is writers who wait while somebody else keeps the record locked.
type crowd struct {
	t      *testing.T
	s      *store.Store
	pool   *pgxpool.Pool
	by     account.Actor
	unlock func()
	all    sync.WaitGroup
	first  bool
	mu     sync.Mutex
	done   map[string]norms.Applied
	errs   map[string]error
}

// waiting is a crowd whose first writer, called first, is stuck with the lock.
func waiting(t *testing.T) *crowd {
	t.Helper()
	c := &crowd{t: t, done: map[string]norms.Applied{}, errs: map[string]error{}}
	c.s, c.pool = seeded(t)
	c.by = editor(t, c.pool)
	tx := read[pgx.Tx](t)(c.pool.Begin(t.Context()))
	_, err := tx.Exec(t.Context(), "select pg_advisory_xact_lock(7226001)")
	must(t, err)
	c.unlock = func() { _ = tx.Rollback(context.WithoutCancel(t.Context())) }
	t.Cleanup(c.unlock)
	c.come(t.Context(), "first", plain("first"))
	return c
}

// plain is an edit that nothing speaks against.
func plain(slug string) norms.PutOrganization {
	return norms.PutOrganization{Slug: "crowd-" + slug, Name: "Crowd " + slug, Kind: "body"}
}

// come lets one more write, and returns when it waits behind those before it.
func (c *crowd) come(ctx context.Context, name string, edits ...norms.Edit) {
	c.t.Helper()
	c.all.Go(func() {
		done, err := c.s.Apply(ctx, c.by, "Crowd "+name, edits)
		c.mu.Lock()
		defer c.mu.Unlock()
		c.done[name], c.errs[name] = done, err
	})
	if !c.first { // it writes already: it asks for the lock
		c.first = true
		until(c.t, "a writer waits for the lock", func() bool {
			return count(c.t, c.pool, "select count(*) from pg_locks l join pg_database d on d.oid = l.database where d.datname = current_database() and l.locktype = 'advisory' and not l.granted") == 1
		})
		return
	}
	n := len(c.names()) + 1
	until(c.t, fmt.Sprintf("%d wait", n), func() bool { return c.s.Waiting() == n })
	c.mu.Lock()
	defer c.mu.Unlock()
	c.errs[name] = errWaits
}

var errWaits = errors.New("it waits")

// names are those who wait.
func (c *crowd) names() (names []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for name, err := range c.errs {
		if errors.Is(err, errWaits) {
			names = append(names, name)
		}
	}
	return names
}

// until waits for what comes by itself.
func until(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); !holds(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("never: %s", what)
		}
	}
}

// writes lets them write, and checks who was refused and how, that the others are
// recorded, and that the history is whole.
func (c *crowd) writes(refused map[string]norms.Kind) {
	c.t.Helper()
	c.unlock()
	c.all.Wait()
	got, recorded := map[string]norms.Kind{}, 0
	for name, err := range c.errs {
		if err != nil {
			got[name] = norms.KindOf(err)
			continue
		}
		recorded++
		var reason string
		must(c.t, c.pool.QueryRow(c.t.Context(), "select reason from changeset where id = $1", c.done[name].Revision).Scan(&reason))
		if reason != "Crowd "+name {
			c.t.Errorf("%s was told of a changeset %q", name, reason)
		}
	}
	if d := cmp.Diff(refused, got); d != "" {
		c.t.Errorf("refused (-want +got):\n%s\n%v", d, c.errs)
	}
	if n := count(c.t, c.pool, "select count(*) from changeset where reason like 'Crowd %'"); n != recorded {
		c.t.Errorf("%d changesets are recorded, %d were acknowledged", n, recorded)
	}
	chain := read[schema.Chain](c.t)(c.s.Chain(c.t.Context()))
	if chain.Broken != 0 {
		c.t.Errorf("changeset %d is broken", chain.Broken)
	}
}

// transactions says how many there were for what the crowd wrote.
func (c *crowd) transactions() int {
	return count(c.t, c.pool, "select count(distinct xid) from changeset where reason like 'Crowd %'")
}

// link is a link that is not recorded yet; the same one for the same principle.
func (c *crowd) link(principle string) norms.PutLink {
	l := aLink(principle)
	l.Initiative = firstInitiative(c.t, c.pool)
	return l
}

func TestThoseWhoWaitShareATransaction(t *testing.T) {
	t.Parallel()
	c := waiting(t)
	for i := range 9 {
		c.come(t.Context(), fmt.Sprint(i), plain(fmt.Sprint(i)))
	}
	c.writes(map[string]norms.Kind{})
	if n := c.transactions(); n != 2 {
		t.Errorf("%d transactions, want one for the first and one for all others", n)
	}
}

func TestALongChangesetSharesNothingAndKeepsItsPlace(t *testing.T) {
	t.Parallel()
	c := waiting(t)
	var long []norms.Edit
	for i := range 201 {
		long = append(long, plain(fmt.Sprint("long-", i)))
	}
	c.come(t.Context(), "before", plain("before"))
	c.come(t.Context(), "long", long...)
	c.come(t.Context(), "after 1", plain("after-1"))
	c.come(t.Context(), "after 2", plain("after-2"))
	c.writes(map[string]norms.Kind{})
	if n := c.transactions(); n != 4 {
		t.Errorf("%d transactions, want 4: first, before, long, after", n)
	}
	if c.done["before"].Revision > c.done["long"].Revision || c.done["long"].Revision > c.done["after 1"].Revision {
		t.Errorf("out of turn: %+v", c.done)
	}
}

func TestAMistakeInASharedTransactionIsOnlyItsOwn(t *testing.T) {
	t.Parallel()
	c := waiting(t)
	unknown := aLink("paris-call/1")
	unknown.Initiative = "no-such-initiative"
	stale := plain("microsoft")
	stale.Slug, stale.Version = "microsoft", 99
	c.come(t.Context(), "link", c.link("paris-call/6"))
	c.come(t.Context(), "same link", c.link("paris-call/6"))
	c.come(t.Context(), "same link again", c.link("paris-call/6"))
	c.come(t.Context(), "unknown", unknown)
	c.come(t.Context(), "another link", c.link("paris-call/8"))
	c.come(t.Context(), "same organization", plain("first"))
	c.come(t.Context(), "stale", stale)
	c.come(t.Context(), "two edits", plain("two"), c.link("paris-call/9"))
	c.come(t.Context(), "two edits, one wrong", plain("three"), unknown)
	c.come(t.Context(), "last and wrong", c.link("paris-call/9"))
	c.writes(map[string]norms.Kind{
		"same link": norms.Conflict, "same link again": norms.Conflict, "unknown": norms.Invalid, "same organization": norms.Conflict,
		"stale": norms.Stale, "two edits, one wrong": norms.Invalid, "last and wrong": norms.Conflict,
	})
	if n := c.transactions(); n != 2 {
		t.Errorf("%d transactions, want 2", n)
	}
	if n := count(t, c.pool, "select count(*) from organization where slug = 'crowd-three'"); n != 0 {
		t.Error("half of a changeset is recorded")
	}
}

// neverMind refuses one organization at the end of the transaction, as no rule
// of the record does that an edit could break.
const neverMind = `
create function never_mind() returns trigger language plpgsql as $$
begin
  raise exception 'never mind' using errcode = '23514';
end $$;
create constraint trigger never_mind after insert on organization deferrable initially deferred
  for each row when (new.slug = 'crowd-wrong') execute function never_mind()`

func TestWhatIsRefusedAtTheCommitIsOnlyItsOwn(t *testing.T) {
	t.Parallel()
	c := waiting(t)
	owner := connect(t, c.pool.Config().ConnString())
	_, err := owner.Exec(t.Context(), neverMind)
	must(t, err)
	c.come(t.Context(), "good", plain("good"))
	c.come(t.Context(), "wrong", plain("wrong"))
	c.come(t.Context(), "link", c.link("paris-call/6"))
	c.writes(map[string]norms.Kind{"wrong": norms.Invalid})
}

// Citations are held against the links that rest on them before the next one
// writes: here one is refused that a trigger of the test takes the citation from.
func TestALinkWithoutItsCitationIsOnlyTheMistakeOfWhoMadeIt(t *testing.T) {
	t.Parallel()
	c := waiting(t)
	owner := connect(t, c.pool.Config().ConnString())
	_, err := owner.Exec(t.Context(), `
create function forget() returns trigger language plpgsql as $$ begin new.link_id = null; new.resolution = 'set_aside'; return new; end $$;
create trigger forget before update on citation for each row execute function forget()`)
	must(t, err)
	var id int64
	must(t, c.pool.QueryRow(t.Context(), "select min(id) from citation where resolution = 'ambiguous'").Scan(&id))
	c.come(t.Context(), "good", plain("good"))
	c.come(t.Context(), "wrong", norms.ResolveCitation{ID: id, Version: 1, Decision: "resolve", Principle: "gcsc/6", Note: "as discussed"})
	c.come(t.Context(), "good, too", c.link("paris-call/6"))
	c.unlock()
	c.all.Wait()
	if c.errs["wrong"] == nil || c.errs["good"] != nil || c.errs["good, too"] != nil {
		t.Errorf("outcomes %v", c.errs)
	}
	if n := c.transactions(); n != 2 {
		t.Errorf("%d transactions, want 2: nobody has to begin again", n)
	}
}

func TestWhoGivesUpWhileWaitingHasWrittenNothing(t *testing.T) {
	t.Parallel()
	c := waiting(t)
	ctx, giveUp := context.WithCancel(t.Context())
	c.come(t.Context(), "patient", plain("patient"))
	c.come(ctx, "impatient", plain("impatient"))
	giveUp()
	until(t, "one left", func() bool { return c.s.Waiting() == 1 })
	c.unlock()
	c.all.Wait()
	if !errors.Is(c.errs["impatient"], context.Canceled) || c.errs["patient"] != nil || c.errs["first"] != nil {
		t.Errorf("outcomes %v", c.errs)
	}
	if n := count(t, c.pool, "select count(*) from organization where slug = 'crowd-impatient'"); n != 0 {
		t.Error("what was given up is recorded")
	}
}

// Who gives up while writing for others, too, has written, and so have they.
func TestWhoWritesForOthersCannotGiveUp(t *testing.T) {
	t.Parallel()
	c := waiting(t)
	ctx, giveUp := context.WithCancel(t.Context())
	c.come(ctx, "leads", c.link("paris-call/6"))
	c.come(t.Context(), "follows", plain("follows"))
	stop := read[pgx.Tx](t)(c.pool.Begin(t.Context()))
	_, err := stop.Exec(t.Context(), "lock table link in share mode")
	must(t, err)
	c.unlock()
	until(t, "the leader is stopped", func() bool {
		return count(t, c.pool, "select count(*) from pg_locks where relation = 'link'::regclass and not granted") == 1
	})
	giveUp()
	must(t, stop.Rollback(t.Context()))
	c.writes(map[string]norms.Kind{})
}

// A new link is told as it can be read.
func TestANewLinkIsToldAsItIsRecorded(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	curators := aLink("paris-call/6")
	curators.Initiative = firstInitiative(t, pool)
	thirds := curators
	thirds.Principle, thirds.Origin, thirds.Asserter, thirds.Strength = "gcsc/2", "third_party", "oecd", "direct"
	apply(t, s, by, norms.PutOrganization{Slug: "oecd", Name: "A third party", Kind: "body"})
	for _, l := range []norms.PutLink{curators, thirds} {
		told := read[norms.AssessedLink](t)(s.AddLink(t.Context(), by, "new", l))
		recorded := read[norms.AssessedLink](t)(s.AssessedLink(t.Context(), told.ID))
		if d := cmp.Diff(recorded, told); d != "" {
			t.Errorf("recorded (-) and told (+):\n%s", d)
		}
	}
}
