package postgres

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// SlowLog writes statements that took long into the log: their first words, how
// long they took until the last row was read, how many rows, who asked, and how
// the database goes about them. Values are left out, of the statement and of
// its plan: they may be personal. A statement is planned again on a connection
// of its own, one at a time and each at most once in a while, so that a slow
// database is not made slower.
//
// The answers of a batch mostly arrive together, when its last statement has
// ended, so nobody knows what each took. A batch has one line, with the time of
// all, and under the name of the statement that the database expects to be the
// dearest.
type SlowLog struct {
	Over  time.Duration // what takes longer is logged
	Log   *slog.Logger
	Now   func() time.Time
	Asker func(context.Context) []slog.Attr // the request of a statement; may be nil

	mu      sync.Mutex
	planned map[string]look // by the text of the first statement
	busy    bool            // with a plan
	ended   bool
	plans   sync.WaitGroup
}

const (
	planEvery  = time.Minute     // for one statement
	planWithin = 5 * time.Second // connecting included
	firstWords = 160             // bytes of a statement that are logged
)

// End waits for the plan under way; none is made after it. It may be called on
// nil.
func (l *SlowLog) End() {
	if l == nil {
		return
	}
	l.mu.Lock()
	l.ended = true
	l.mu.Unlock()
	l.plans.Wait()
}

// note logs a statement that has ended, or a batch of them, if it took long.
func (l *SlowLog) note(ctx context.Context, r timed, connect func(context.Context) (*pgx.Conn, error)) {
	now := l.Now()
	took := now.Sub(r.since)
	if took <= l.Over || len(r.ran) == 0 {
		return
	}
	attrs := []slog.Attr{slog.Float64("ms", float64(took.Microseconds())/1000)}
	if l.Asker != nil {
		attrs = append(attrs, l.Asker(ctx)...)
	}
	if r.err != nil {
		attrs = append(attrs, slog.String("error", withoutValues(r.err)))
	}
	candidates := r.candidates()
	if len(r.ran) > 1 {
		attrs = append(attrs, slog.Int("statements", len(r.ran)), slog.Any("batch", texts(candidates)))
	}
	ctx = context.WithoutCancel(ctx)
	write := func(s statement, more ...slog.Attr) {
		l.Log.LogAttrs(ctx, slog.LevelWarn, "slow statement", slices.Concat(s.attrs(), attrs, more)...)
	}
	if may, dearest := l.mayPlan(candidates, now); !may {
		write(dearest)
		return
	}
	for i := range candidates {
		candidates[i].args = kept(candidates[i].args)
	}
	go func() {
		defer l.planEnded()
		ctx, cancel := context.WithTimeout(ctx, planWithin)
		defer cancel()
		p, err := planAgain(ctx, connect, candidates)
		l.remember(candidates, p.dearest)
		write(p.dearest, p.attrs(err)...)
	}()
}

// look is when statements that go together were planned, and which of them was
// the dearest.
type look struct {
	at      time.Time
	dearest string
}

// mayPlan takes the one place for a plan, unless the statements were planned a
// short while ago; the dearest is then what was found out the last time.
func (l *SlowLog) mayPlan(candidates []statement, now time.Time) (may bool, dearest statement) {
	l.mu.Lock()
	defer l.mu.Unlock()
	first := candidates[0]
	last, before := l.planned[first.sql]
	for _, c := range candidates {
		if c.sql == last.dearest {
			first = c
		}
	}
	if !planable(first.sql) || l.busy || l.ended || before && now.Sub(last.at) < planEvery {
		return false, first
	}
	if l.planned == nil {
		l.planned = map[string]look{}
	}
	l.planned[candidates[0].sql] = look{now, last.dearest} // the texts are constants of the program, so the map is bounded
	l.busy = true
	l.plans.Add(1)
	return true, first
}

func (l *SlowLog) remember(candidates []statement, dearest statement) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.planned[candidates[0].sql] = look{l.planned[candidates[0].sql].at, dearest.sql}
}

func (l *SlowLog) planEnded() {
	l.mu.Lock()
	l.busy = false
	l.mu.Unlock()
	l.plans.Done()
}

// planAgain asks how the database would run statements now, with the same
// arguments. For a statement of the past any revision gives the plan.
func planAgain(ctx context.Context, connect func(context.Context) (*pgx.Conn, error), all []statement) (plans, error) {
	found := plans{dearest: all[0]}
	conn, err := connect(ctx)
	if err != nil {
		return found, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	err = pgx.BeginTxFunc(ctx, conn, pgx.TxOptions{AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "select set_config('normmap.as_of', '1', true)"); err != nil {
			return err
		}
		for _, s := range all {
			var raw []byte
			if err := tx.QueryRow(ctx, "explain (format json) "+s.sql, s.args...).Scan(&raw); err != nil {
				return err
			}
			if err := found.add(s, raw); err != nil {
				return err
			}
		}
		return nil
	})
	return found, err
}

// withoutValues is what went wrong without what the database quotes of it.
func withoutValues(err error) string {
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		return "SQLSTATE " + pg.Code
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return "in time there was no answer"
	}
	return fmt.Sprintf("%T", err)
}

// Watched makes pools hand what they run to l, which may be nil.
func Watched(l *SlowLog) func(*pgxpool.Config) {
	return func(cfg *pgxpool.Config) {
		if w, ok := cfg.ConnConfig.Tracer.(*watch); ok {
			w.slow = l
		}
	}
}
