package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"os/signal"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"normmap/internal/app"
	"normmap/internal/rig"
)

// The test binary plays the program: run with a command of it, it is it.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && !strings.HasPrefix(os.Args[1], "-") {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
		context.AfterFunc(ctx, stop)
		os.Exit(app.Main(ctx, os.Args[0], os.Args[1:], os.Getenv, os.Stdin, os.Stdout, os.Stderr))
	}
	m.Run()
}

func TestServiceOutlivesItsPrimaryAndRestarts(t *testing.T) {
	t.Parallel()
	p := proof{binary: os.Args[0], pgBin: os.Getenv("NORMMAP_PG_BIN"), each: time.Second, out: t.Output()}
	if err := p.run(t.Context()); err != nil {
		t.Error(err)
	}
}

// alone is a load on one instance that always answers the same.
func alone(t *testing.T, status int) *load {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }))
	t.Cleanup(s.Close)
	return &load{to: newBalancer([]*rig.Instance{{Base: s.URL}}), told: map[string]outcome{}}
}

// The controls: what the proof looks for is found where it is.
func TestUntruthIsFound(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		told   outcome
		record int
		want   string // "" when that may be
	}{
		{acknowledged, 200, ""}, {acknowledged, 404, "was acknowledged and is not in the record"},
		{nothing, 404, ""}, {nothing, 200, "was said not to be saved and is in the record"},
		{unknown, 200, ""}, {unknown, 404, ""},
	} {
		l := alone(t, c.record)
		l.told["an-edit"] = c.told
		if err := l.held(t.Context()); (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("told %d, the record answers %d: %v", c.told, c.record, err)
		}
	}
}

func TestWrongAnswersAreFound(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		answer  answer
		outages bool
		fair    bool
	}{
		{answer{status: 500}, true, false}, {answer{status: 503}, true, false},
		{answer{status: 503, retryAfter: "5"}, true, true}, {answer{status: 503, retryAfter: "5"}, false, false},
	} {
		l := &load{outages: c.outages}
		l.judge("reading", c.answer)
		if err := l.fair(); (err == nil) != c.fair {
			t.Errorf("%+v with outages %v: %v", c.answer, c.outages, err)
		}
	}
}

func TestRequestThatWasTakenIsNotSentAgain(t *testing.T) {
	t.Parallel()
	var taken atomic.Int64
	cut := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		taken.Add(1)
		panic(http.ErrAbortHandler)
	}))
	t.Cleanup(cut.Close)
	b := newBalancer([]*rig.Instance{{Base: cut.URL}, {Base: cut.URL}})
	if _, err := b.ask(t.Context(), http.MethodPost, "/", "token", "{}"); err == nil || taken.Load() != 1 {
		t.Errorf("sent %d times: %v", taken.Load(), err)
	}
}
