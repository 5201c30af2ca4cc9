package main

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"
)

// load is a number of people who edit and read, and what they were told.
type load struct {
	to      *balancer
	name    string   // of the load, part of what it writes
	tokens  []string // one a writer
	outages bool     // 503 is a fair answer

	mu    sync.Mutex
	told  map[string]outcome // by the slug of the organization that was to be made
	reads int
	away  int      // answers 503
	wrong []string // answers that nobody should get
}

// outcome is what a writer knows about an edit.
type outcome int

const (
	unknown      outcome = iota // it may have been written
	acknowledged                // it was
	nothing                     // it was not
)

// pages are what readers look at.
func pages() []string {
	return []string{"/", "/agreements/paris-call", "/changes.json", "/organizations", "/coverage.json", "/api/v1/stats", "/organizations.json?as_of=1"}
}

// run keeps the load up until ctx ends. Requests under way are finished.
func (l *load) run(ctx context.Context) {
	l.told = map[string]outcome{}
	watching, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	go l.to.watch(watching)
	var people sync.WaitGroup
	for n, token := range l.tokens {
		people.Go(func() {
			for i := 0; ctx.Err() == nil; i++ {
				l.write(context.WithoutCancel(ctx), token, fmt.Sprintf("replica-%s-%d-%d", l.name, n, i))
				time.Sleep(10 * time.Millisecond) // people think; and one account may write ten times a second
			}
		})
	}
	for n := range readers {
		people.Go(func() {
			for i := n; ctx.Err() == nil; i++ {
				l.read(context.WithoutCancel(ctx), pages()[i%len(pages())])
			}
		})
	}
	people.Wait()
}

// organization is the body of a request that makes one, for the reason that its
// slug gives.
func organization(slug string) string {
	return fmt.Sprintf(`{"reason": "It is for %[1]s.", "edits": [{"edit": "put_organization",
		"with": {"slug": %[1]q, "name": %[1]q, "kind": "body"}}]}`, slug)
}

func (l *load) write(ctx context.Context, token, slug string) {
	a, err := l.to.ask(ctx, http.MethodPost, "/api/v1/changesets", token, organization(slug))
	o := unknown
	switch {
	case err != nil:
		l.complain("writing %s: %v", slug, err)
	case a.status == http.StatusCreated:
		o = acknowledged
	case a.status == http.StatusTooManyRequests:
		o = nothing
	default:
		l.judge("writing "+slug, a)
		if strings.Contains(a.body, "nothing was saved") {
			o = nothing
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.told[slug] = o
}

func (l *load) read(ctx context.Context, path string) {
	a, err := l.to.ask(ctx, http.MethodGet, path, "", "")
	switch {
	case err != nil:
		l.complain("reading %s: %v", path, err)
	case a.status != http.StatusOK:
		l.judge("reading "+path, a)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.reads++
}

// judge looks at an answer that is not the one hoped for.
func (l *load) judge(what string, a answer) {
	if l.outages && a.status == http.StatusServiceUnavailable && a.retryAfter != "" {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.away++
		return
	}
	l.complain("%s: %d, Retry-After %q: %.300s", what, a.status, a.retryAfter, a.body)
}

func (l *load) complain(format string, args ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.wrong = append(l.wrong, fmt.Sprintf(format, args...))
}

// count is how many edits have an outcome.
func (l *load) count(o outcome) (n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, told := range l.told {
		if told == o {
			n++
		}
	}
	return n
}

// fair is an error when somebody got an answer that nobody should get.
func (l *load) fair() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.wrong) == 0 {
		return nil
	}
	return fmt.Errorf("%d wrong answers, the first: %s", len(l.wrong), l.wrong[0])
}

// held compares what writers were told with the record.
func (l *load) held(ctx context.Context) error {
	var untrue []string
	for slug, o := range l.told {
		a, err := l.to.ask(ctx, http.MethodGet, "/api/v1/organizations/"+slug, "", "")
		if err != nil {
			return err
		}
		switch {
		case o == acknowledged && a.status != http.StatusOK:
			untrue = append(untrue, slug+" was acknowledged and is not in the record")
		case o == nothing && a.status != http.StatusNotFound:
			untrue = append(untrue, slug+" was said not to be saved and is in the record")
		}
	}
	if len(untrue) > 0 {
		return fmt.Errorf("%d of %d edits are not as their writers were told, such as: %s", len(untrue), len(l.told), untrue[0])
	}
	return nil
}
