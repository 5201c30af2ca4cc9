package store_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"normmap/internal/norms"
	"normmap/internal/pgtest"
	"normmap/internal/store"
	"normmap/internal/store/postgres"
)

// stepping is a clock on which a step passes whenever somebody looks.
type stepping struct {
	mu   sync.Mutex
	now  time.Time
	step time.Duration
}

func (c *stepping) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(c.step)
	return c.now
}

func (c *stepping) by(step time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.step = step
}

// slowLine is a line of the log about a slow statement.
type slowLine struct {
	Message   string   `json:"msg"`
	Statement string   `json:"statement"`
	MS        float64  `json:"ms"`
	Rows      int64    `json:"rows"`
	Arguments []string `json:"arguments"`
	Request   string   `json:"request"`
	PlanError string   `json:"plan_error"`
	Together  int      `json:"statements"`
	Batch     []string `json:"batch"`
	Plan      *struct {
		Step string `json:"step"`
	} `json:"plan"`
}

// slowLines runs work on a database where every statement takes so long, and
// returns the log as it is and the lines that name a table.
func slowLines(t *testing.T, takes time.Duration, table string, work func(*store.Store)) (string, []slowLine) {
	t.Helper()
	var log bytes.Buffer
	clock := &stepping{}
	slow := &postgres.SlowLog{Over: 250 * time.Millisecond, Now: clock.Now, Log: slog.New(slog.NewJSONHandler(&log, nil)),
		Asker: func(context.Context) []slog.Attr { return []slog.Attr{slog.String("request", "r-17")} }}
	s, end, err := store.Connect(t.Context(), pgtest.Founding(t), 1, 1, postgres.Watched(slow))
	must(t, err)
	defer end()
	must(t, s.Ping(t.Context()))
	clock.by(takes)
	work(s)
	slow.End()
	var found []slowLine
	for line := range strings.Lines(log.String()) {
		var l slowLine
		must(t, json.Unmarshal([]byte(line), &l))
		if strings.Contains(l.Statement, table) {
			found = append(found, l)
		}
	}
	return log.String(), found
}

func TestSlowStatementIsLoggedWithItsPlanAndWithoutItsValues(t *testing.T) {
	t.Parallel()
	wantArgument := map[string]string{"the present": "slug string", "the past": "string"}
	for name, look := range map[string]func(*store.Store){
		"the present": func(s *store.Store) { _, _ = s.Organization(t.Context(), "hunter-hunter2") },
		"the past":    func(s *store.Store) { _, _ = s.AsOf(1).Organization(t.Context(), "hunter-hunter2") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			log, lines := slowLines(t, time.Second, "organization", look)
			at := slices.IndexFunc(lines, func(l slowLine) bool { return l.Plan != nil })
			if at < 0 {
				t.Fatalf("no plan was logged: %s", log)
			}
			l := lines[at]
			if l.Message != "slow statement" || l.MS != 1000 || l.Request != "r-17" || !slices.Contains(l.Arguments, wantArgument[name]) || l.Plan.Step == "" {
				t.Errorf("logged %+v: %s", l, log)
			}
			if strings.Contains(log, "hunter2") {
				t.Errorf("a value is in the log: %s", log)
			}
		})
	}
}

func TestQuickStatementsAreNotLogged(t *testing.T) {
	t.Parallel()
	log, _ := slowLines(t, time.Millisecond, "", func(s *store.Store) { _, _ = s.Organization(t.Context(), "microsoft") })
	if log != "" {
		t.Errorf("logged %s", log)
	}
}

func TestSlowStatementIsPlannedOnceAMinute(t *testing.T) {
	t.Parallel()
	log, lines := slowLines(t, time.Second, "from changeset", func(s *store.Store) {
		for range 3 {
			_, err := s.Revision(t.Context())
			must(t, err)
		}
	})
	plans := 0
	for _, l := range lines {
		if l.Plan != nil {
			plans++
		}
	}
	if len(lines) != 3 || plans != 1 {
		t.Errorf("%d lines with %d plans: %s", len(lines), plans, log)
	}
}

// What a page asks at once has one line: the statement that is expected to be
// the dearest, with its plan, and what went along with it. That is so in the past
// too, where a setting goes first.
func TestSlowBatchIsNamedAfterItsDearestStatement(t *testing.T) {
	t.Parallel()
	for name, at := range map[string]func(*store.Store) *store.Store{
		"the present": func(s *store.Store) *store.Store { return s },
		"the past":    func(s *store.Store) *store.Store { return s.AsOf(1) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			log, lines := slowLines(t, time.Second, "", func(s *store.Store) {
				_, _ = at(s).Principle(t.Context(), norms.Ref{Agreement: "paris-call", Label: "4"}, norms.Page{Limit: 25})
			})
			planned := 0
			for _, l := range lines {
				if strings.HasPrefix(l.Statement, "select set_config") || l.MS != 1000 {
					t.Errorf("logged %+v", l)
				}
				if l.Plan == nil {
					continue
				}
				planned++
				if l.Together > 1 && !slices.Contains(l.Batch, l.Statement) {
					t.Errorf("%q is none of %q", l.Statement, l.Batch)
				}
			}
			if planned == 0 || !slices.ContainsFunc(lines, func(l slowLine) bool { return l.Together > 1 }) {
				t.Errorf("no batch or no plan is in the log: %s", log)
			}
		})
	}
}

// A plan in which a function does everything says nothing.
func TestSlowFunctionHasNoPlan(t *testing.T) {
	t.Parallel()
	log, lines := slowLines(t, time.Second, "history.keep_course", func(s *store.Store) { must(t, s.KeepCourse(t.Context())) })
	if len(lines) == 0 || lines[0].Plan != nil || lines[0].PlanError != "" {
		t.Errorf("logged %s", log)
	}
}
