package postgres

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
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
type SlowLog struct {
	Over  time.Duration // what takes longer is logged
	Log   *slog.Logger
	Now   func() time.Time
	Asker func(context.Context) []slog.Attr // the request of a statement; may be nil

	mu      sync.Mutex
	planned map[string]time.Time // when each statement was, by its text
	busy    bool                 // with a plan
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

// note logs a statement that has ended, if it took long.
func (l *SlowLog) note(ctx context.Context, r timed, tag pgconn.CommandTag, err error, connect func(context.Context) (*pgx.Conn, error)) {
	now := l.Now()
	took := now.Sub(r.since)
	if took <= l.Over {
		return
	}
	attrs := []slog.Attr{
		slog.String("statement", words(r.sql)),
		slog.Float64("ms", float64(took.Microseconds())/1000),
		slog.Int64("rows", tag.RowsAffected()),
		slog.Any("arguments", kinds(r.args)),
	}
	if l.Asker != nil {
		attrs = append(attrs, l.Asker(ctx)...)
	}
	if err != nil {
		attrs = append(attrs, slog.String("error", withoutValues(err)))
	}
	ctx, r.args = context.WithoutCancel(ctx), kept(r.args)
	if !planable(r.sql) || !l.mayPlan(r.sql, now) {
		l.Log.LogAttrs(ctx, slog.LevelWarn, "slow statement", attrs...)
		return
	}
	go func() {
		defer l.planEnded()
		ctx, cancel := context.WithTimeout(ctx, planWithin)
		defer cancel()
		if plan, err := planAgain(ctx, connect, r); err != nil {
			attrs = append(attrs, slog.String("plan_error", withoutValues(err)))
		} else {
			attrs = append(attrs, slog.Any("plan", plan))
		}
		l.Log.LogAttrs(ctx, slog.LevelWarn, "slow statement", attrs...)
	}()
}

// mayPlan takes the one place for a plan, unless the statement was planned a
// short while ago.
func (l *SlowLog) mayPlan(sql string, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	last, before := l.planned[sql]
	if l.busy || l.ended || before && now.Sub(last) < planEvery {
		return false
	}
	if l.planned == nil {
		l.planned = map[string]time.Time{}
	}
	l.planned[sql], l.busy = now, true // the texts are constants of this package, so the map is bounded
	l.plans.Add(1)
	return true
}

func (l *SlowLog) planEnded() {
	l.mu.Lock()
	l.busy = false
	l.mu.Unlock()
	l.plans.Done()
}

// planAgain asks how the database would run the statement now, with the same
// arguments. For a statement of the past any revision gives the plan.
func planAgain(ctx context.Context, connect func(context.Context) (*pgx.Conn, error), r timed) (*planNode, error) {
	conn, err := connect(ctx)
	if err != nil {
		return nil, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	var raw []byte
	err = pgx.BeginTxFunc(ctx, conn, pgx.TxOptions{AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "select set_config('normmap.as_of', '1', true)"); err != nil {
			return err
		}
		return tx.QueryRow(ctx, "explain (format json) "+r.sql, r.args...).Scan(&raw)
	})
	if err != nil {
		return nil, err
	}
	return readPlan(raw)
}

// kept are arguments that the caller cannot change any more.
func kept(args []any) []any {
	args = slices.Clone(args)
	for i, a := range args {
		if named, ok := a.(pgx.StrictNamedArgs); ok {
			args[i] = maps.Clone(named)
		}
	}
	return args
}

// planable tells statements that have a plan worth looking at from those that
// begin, set or end.
func planable(sql string) bool {
	if strings.HasPrefix(sql, "select set_config(") {
		return false
	}
	first, _, _ := strings.Cut(strings.TrimSpace(sql), " ")
	first, _, _ = strings.Cut(first, "\n")
	return slices.Contains([]string{"select", "with", "insert", "update", "delete", "values"}, strings.ToLower(first))
}

// words are the first of a statement, on one line.
func words(sql string) string {
	line := strings.Join(strings.Fields(sql), " ")
	if len(line) <= firstWords {
		return line
	}
	return strings.ToValidUTF8(line[:firstWords], "") + "…"
}

// kinds are the types of arguments, by name where they have one.
func kinds(args []any) []string {
	out := []string{}
	for _, a := range args {
		switch a := a.(type) {
		case pgx.StrictNamedArgs:
			for name, v := range a {
				out = append(out, fmt.Sprintf("%s %T", name, v))
			}
		case pgx.QueryExecMode, pgx.QueryResultFormats:
		default:
			out = append(out, fmt.Sprintf("%T", a))
		}
	}
	slices.Sort(out)
	return out
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
