package jobs_test

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"normmap/internal/account"
	"normmap/internal/jobs"
	"normmap/internal/norms"
	"normmap/internal/pgtest"
	"normmap/internal/store"
	"normmap/internal/store/postgres"
)

// steps are when figures were written down, by a clock that goes on only while
// everybody waits.
type steps struct {
	mu  sync.Mutex
	all []time.Time
}

func (s *steps) TraceQueryStart(ctx context.Context, _ *pgx.Conn, q pgx.TraceQueryStartData) context.Context {
	if strings.Contains(q.SQL, "history.keep_course") {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.all = append(s.all, time.Now())
	}
	return ctx
}

func (s *steps) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

// gaps are the times between steps.
func (s *steps) gaps() []time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	var gaps []time.Duration
	for i := 1; i < len(s.all); i++ {
		gaps = append(gaps, s.all[i].Sub(s.all[i-1]))
	}
	return gaps
}

// slowClock says that a second went by whenever it is asked.
func slowClock() func() time.Time {
	var mu sync.Mutex
	var asked time.Duration
	return func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		asked += time.Second
		return time.Now().Add(asked)
	}
}

// opened is a store whose connections are made, used and closed within a bubble
// of time.
func opened(t *testing.T, url string, s *steps) (*store.Store, *pgxpool.Pool) {
	t.Helper()
	pool, err := postgres.Open(t.Context(), url, func(c *pgxpool.Config) { c.ConnConfig.Tracer = s })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	return store.New(pool), pool
}

// manyChangesets are more than are written down in one step.
const manyChangesets = `select open_changeset('seed', null, 'one of many', '[]', null) from generate_series(1, 5000)`

// A step that took a second leaves a quarter of that to others; when all is
// written down, what comes is looked for every two seconds.
func TestFiguresAreWrittenDownStepByStep(t *testing.T) {
	t.Parallel()
	url := pgtest.Founding(t)
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		seen := &steps{}
		s, pool := opened(t, url, seen)
		if _, err := pool.Exec(t.Context(), manyChangesets); err != nil {
			t.Fatal(err)
		}
		d := deps(s, &log, announced)
		d.Now = slowClock()
		j := jobs.Start(t.Context(), d)
		time.Sleep(30 * time.Second)
		j.End()
		gaps := seen.gaps()
		begun := slices.Index(gaps, 2*time.Second)
		if begun < 1 || len(gaps) < begun+10 || log.Len() > 0 {
			t.Fatalf("the steps are %v apart; log:\n%s", gaps, &log)
		}
		for i, gap := range gaps {
			if want := map[bool]time.Duration{true: time.Second / 4, false: 2 * time.Second}[i < begun]; gap != want {
				t.Errorf("step %d comes %s after the one before, want %s; all: %v", i+2, gap, want, gaps)
			}
		}
	})
}

func TestWhatIsWrittenIsInTheFiguresTwoSecondsLater(t *testing.T) {
	t.Parallel()
	url := pgtest.Founding(t)
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		s, pool := opened(t, url, &steps{})
		by, err := s.AddAccount(t.Context(), pgtest.Slug(t)+"@example.org", "Ed Editor", account.Editor)
		if err != nil {
			t.Fatal(err)
		}
		j := jobs.Start(t.Context(), deps(s, &log, announced))
		defer j.End()
		time.Sleep(12*time.Second + time.Millisecond) // just after a step
		edit := norms.PutInitiative{Slug: "just-now", Title: "Just now", Kind: "policy", Organization: "microsoft", ReportedBy: "microsoft", Status: "planned"}
		if _, err := s.Apply(t.Context(), by.Actor(), "r", []norms.Edit{edit}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * time.Second)
		const behind = "select (select max(id) from changeset where id < 4611686018427387904) - revision from history.tally_end"
		var left int
		if err := pool.QueryRow(t.Context(), behind).Scan(&left); err != nil || left > 0 {
			t.Errorf("two seconds later %d changesets are not written down, %v; log:\n%s", left, err, &log)
		}
	})
}

// Who edits all the time does not pay for a step with each edit.
func TestManyEditsShareAStep(t *testing.T) {
	t.Parallel()
	url := pgtest.Founding(t)
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		seen := &steps{}
		s, pool := opened(t, url, seen)
		j := jobs.Start(t.Context(), deps(s, &log, announced))
		time.Sleep(4*time.Second + time.Millisecond) // what was there is written down
		before := len(seen.gaps())
		for range 60 {
			time.Sleep(100 * time.Millisecond)
			if _, err := pool.Exec(t.Context(), `select open_changeset('seed', null, 'one of many', '[]', null)`); err != nil {
				t.Fatal(err)
			}
		}
		j.End()
		if n := len(seen.gaps()) - before; n != 3 || log.Len() > 0 {
			t.Errorf("%d steps in six seconds of edits, want 3: %v; log:\n%s", n, seen.gaps(), &log)
		}
	})
}

// Where nothing can be written down it is tried again every minute, and each
// failure is told.
func TestFiguresAreTriedAgainEveryMinute(t *testing.T) {
	t.Parallel()
	url := pgtest.Founding(t)
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		s, pool := opened(t, url, &steps{})
		pool.Close()
		j := jobs.Start(t.Context(), deps(s, &log, announced))
		time.Sleep(10*time.Minute + time.Second)
		j.End()
		if n := strings.Count(log.String(), "writing down how figures changed"); n < 11 || n > 22 {
			t.Errorf("in ten minutes it failed %d times; log:\n%s", n, &log)
		}
	})
}
