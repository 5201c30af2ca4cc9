package store_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"normmap/internal/norms"
	"normmap/internal/pgtest"
	"normmap/internal/store"
	"normmap/internal/store/news"
	"normmap/internal/store/postgres"
)

// instance is one of several that work on the same database.
func instance(t *testing.T, url string) (s *store.Store, losses chan error) {
	t.Helper()
	s, end, err := store.Connect(t.Context(), url, 4, 0)
	if err != nil {
		t.Fatal(err)
	}
	losses = make(chan error, 100)
	stop, err := s.Follow(t.Context(), func(err error) { losses <- err })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		stop()
		end()
	})
	return s, losses
}

// comes waits until what is heard is as a test wants it.
func comes(t *testing.T, s *store.Store, what string, wanted func(st news.State, current bool) bool) news.State {
	t.Helper()
	for until := time.Now().Add(time.Minute); time.Now().Before(until); time.Sleep(time.Millisecond) {
		if st, current := s.Heard(); wanted(st, current) {
			return st
		}
	}
	st, current := s.Heard()
	t.Fatalf("%s did not come; heard is %+v, current %v", what, st, current)
	return st
}

func current(_ news.State, current bool) bool { return current }

func atLeast(revision int64) func(news.State, bool) bool {
	return func(st news.State, current bool) bool { return current && st.Revision >= revision }
}

// newSource applies a changeset that no other test's is like.
func newSource(t *testing.T, s *store.Store, pool *pgxpool.Pool) int64 {
	t.Helper()
	edit := norms.PutSource{Slug: "s-" + pgtest.Slug(t), Title: "Annual report", Kind: "report", Exhaustiveness: "unknown"}
	done, err := s.Apply(t.Context(), editor(t, pool), "for a test", []norms.Edit{edit})
	if err != nil {
		t.Fatal(err)
	}
	return done.Revision
}

func twoInstances(t *testing.T) (one, two *store.Store, losses chan error, pool *pgxpool.Pool) {
	t.Helper()
	url := pgtest.URL(t)
	pool, err := postgres.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	one, _ = instance(t, url)
	two, losses = instance(t, url)
	comes(t, one, "the connection", current)
	comes(t, two, "the connection", current)
	return one, two, losses, pool
}

func TestOwnChangesetIsKnownAtOnceAndOthersHear(t *testing.T) {
	t.Parallel()
	one, two, _, pool := twoInstances(t)
	for range 3 {
		revision := newSource(t, one, pool)
		if st, _ := one.Heard(); st.Revision != revision {
			t.Errorf("the instance that wrote revision %d knows %d", revision, st.Revision)
		}
		comes(t, two, "the changeset of the other instance", atLeast(revision))
	}
}

// Only what is committed is news.
func TestWhatIsRolledBackIsNoNews(t *testing.T) {
	t.Parallel()
	one, _, _, pool := twoInstances(t)
	before := newSource(t, one, pool)
	ctx, written := news.NoteWritten(t.Context())
	var inside int64
	err := one.InTx(ctx, func(tx *store.Store) error {
		inside = newSource(t, tx, pool)
		if st, err := tx.Newest(ctx); err != nil || st.Revision > inside {
			t.Errorf("%+v, %v", st, err)
		}
		return errors.New("no")
	})
	if err == nil || inside != before+1 {
		t.Fatalf("%v, revision %d", err, inside)
	}
	if st, _ := one.Heard(); st.Revision != before || written.Revision() != 0 {
		t.Errorf("heard %d, noted %d; %d was rolled back", st.Revision, written.Revision(), inside)
	}
	err = one.InTx(ctx, func(tx *store.Store) error {
		edit := norms.PutSource{Slug: "t-" + pgtest.Slug(t), Title: "Annual report", Kind: "report", Exhaustiveness: "unknown"}
		done, err := tx.Apply(ctx, editor(t, pool), "for a test", []norms.Edit{edit})
		inside = done.Revision
		return err
	})
	if st, _ := one.Heard(); err != nil || st.Revision != inside || written.Revision() != inside {
		t.Errorf("%v: heard %d, noted %d; %d was committed", err, st.Revision, written.Revision(), inside)
	}
}

func TestRenamedAccountIsNews(t *testing.T) {
	t.Parallel()
	one, two, _, pool := twoInstances(t)
	who := editor(t, pool)
	before, _ := one.Heard()
	rename := func(name string) {
		t.Helper()
		if _, err := pool.Exec(t.Context(), "update account set name = $2, role = 'reviewer' where id = $1", who.ID, name); err != nil {
			t.Fatal(err)
		}
	}
	rename(who.Name)
	if st, err := store.New(pool).Newest(t.Context()); err != nil || st.Names != before.Names {
		t.Errorf("%+v, %v: another role is no other name", st, err)
	}
	rename("Ada King")
	for _, s := range []*store.Store{one, two} {
		comes(t, s, "the new name", func(st news.State, _ bool) bool { return st.Names > before.Names })
	}
}

// cutListeners ends the connections that listen; those of pools go on.
func cutListeners(t *testing.T, url string) {
	t.Helper()
	var n int
	const q = `select count(pg_terminate_backend(pid)) from pg_stat_activity
		where datname = current_database() and pid <> pg_backend_pid() and application_name = 'normmap listener'`
	if err := connect(t, url).QueryRow(t.Context(), q).Scan(&n); err != nil || n != 2 {
		t.Fatalf("%v: %d connections were listening", err, n)
	}
}

// What was missed while the connection was lost is found afterwards, and all
// that was kept before counts no more.
func TestLostConnection(t *testing.T) {
	t.Parallel()
	one, two, losses, pool := twoInstances(t)
	before, _ := two.Heard()
	cutListeners(t, pool.Config().ConnString())
	revision := newSource(t, one, pool)
	select {
	case err := <-losses:
		if err == nil {
			t.Error("the loss has no reason")
		}
	case <-time.After(time.Minute):
		t.Fatal("the loss was not noticed")
	}
	after := comes(t, two, "the connection again", atLeast(revision))
	if after.Epoch <= before.Epoch {
		t.Errorf("epoch %d after %d", after.Epoch, before.Epoch)
	}
}

// A store that nobody lets follow asks each time.
func TestWithoutFollowingTheDatabaseIsAsked(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	one, two := store.New(pool), store.New(pool)
	revision := newSource(t, one, pool)
	st, err := two.Newest(t.Context())
	if _, known := two.Heard(); err != nil || st.Revision != revision || known {
		t.Errorf("%+v, %v, known %v; revision %d", st, err, known, revision)
	}
	gone, stop := context.WithCancel(t.Context())
	stop()
	if _, err := two.Newest(gone); err == nil {
		t.Error("an answer without a database")
	}
}

// The end of following is the end of its connection, and of knowing.
func TestFollowingEnds(t *testing.T) {
	t.Parallel()
	s, end, err := store.Connect(t.Context(), pgtest.URL(t), 2, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer end()
	stop, err := s.Follow(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	comes(t, s, "the connection", current)
	stop()
	if _, known := s.Heard(); known {
		t.Error("it still says that it hears")
	}
}
