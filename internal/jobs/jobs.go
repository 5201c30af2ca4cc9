// Package jobs does in the running service what nobody asks for by a request:
// it adopts proposals by silence when their day has come, makes sketches of texts,
// and writes down how figures changed, for pages of the past.
//
// Every instance of the service runs the jobs. Which of them does a piece of
// work is decided in the database (see [store.Store.AdoptDue]), so that it is
// done once; what fails is logged and tried again at the next round.
package jobs

import (
	"context"
	"log/slog"
	"time"

	"normmap/internal/store"
)

// every is how often the jobs look for work. A day that is adopted on begins
// at midnight UTC; nobody waits for the second. What was written is looked at
// sooner: until it is written down how figures changed, a page of that past counts.
const (
	every = time.Minute
	soon  = 2 * time.Second
)

// Deps is what the jobs need from the program.
type Deps struct {
	Store *store.Store
	Log   *slog.Logger
	Now   func() time.Time
}

// Jobs are the jobs while they run.
type Jobs struct {
	Deps
	stop context.CancelFunc
	done chan struct{}
}

// Start runs the jobs until End, or until ctx ends.
func Start(ctx context.Context, d Deps) *Jobs {
	ctx, stop := context.WithCancel(ctx)
	j := &Jobs{Deps: d, stop: stop, done: make(chan struct{})}
	go j.run(ctx)
	return j
}

// End stops the jobs and waits for the one under way, which is taken back by
// the database. It may be called on jobs that never started.
func (j *Jobs) End() {
	if j == nil {
		return
	}
	j.stop()
	<-j.done
}

func (j *Jobs) run(ctx context.Context) {
	defer close(j.done)
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		j.Adopt(ctx)
		j.ForgetTables(ctx)
		j.SketchTexts(ctx)
		if !j.keepCourseUntil(ctx, tick.C) {
			return
		}
	}
}

// keepCourseUntil keeps the course, step by step, until it is time for the other
// jobs; false when there is no such time. A record of before has many steps, and
// takes its time for them.
func (j *Jobs) keepCourseUntil(ctx context.Context, next <-chan time.Time) bool {
	wait := time.NewTimer(0)
	defer wait.Stop()
	for {
		select {
		case <-ctx.Done():
			return false
		case <-next:
			return true
		case <-wait.C:
			wait.Reset(j.KeepCourse(ctx))
		}
	}
}

// Adopt adopts by silence what is due.
func (j *Jobs) Adopt(ctx context.Context) {
	done, err := j.Store.AdoptDue(ctx, j.Now())
	for _, a := range done {
		j.Log.Info("proposal adopted by silence", "proposal", a.Proposal, "changeset", a.Revision, "left", len(a.Left))
	}
	if err != nil && ctx.Err() == nil {
		j.Log.Error("adopting proposals by silence", "error", err)
	}
}

// KeepCourse writes down how figures changed, one step, and tells when the next
// one is due. Between two of many, pages are answered by the same machine.
func (j *Jobs) KeepCourse(ctx context.Context) time.Duration {
	begun := j.Now()
	more, err := j.Store.KeepCourseOn(ctx)
	switch {
	case more:
		return j.Now().Sub(begun) / 4
	case err == nil:
		return soon
	case ctx.Err() == nil:
		j.Log.Error("writing down how figures changed", "error", err)
	}
	return every
}

// ForgetTables forgets files with tables that nobody came back to.
func (j *Jobs) ForgetTables(ctx context.Context) {
	if _, err := j.Store.ForgetSent(ctx); err != nil && ctx.Err() == nil {
		j.Log.Error("forgetting tables that nobody came back to", "error", err)
	}
}

// SketchTexts makes the sketches of documents that were received before there
// were any.
func (j *Jobs) SketchTexts(ctx context.Context) {
	for more := 1; more > 0; {
		var err error
		if more, err = j.Store.SketchTexts(ctx); err != nil {
			if ctx.Err() == nil {
				j.Log.Error("making sketches of texts", "error", err)
			}
			return
		}
	}
}
