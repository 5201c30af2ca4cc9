package main

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"normmap/internal/rig"
)

// seenElsewhere makes edits on each instance. Whoever made one sees it there at
// once, and everybody on the other instance soon, on pages that both have shown
// before.
func (p *proof) seenElsewhere(ctx context.Context) error {
	const edits = 20
	var slowest time.Duration
	for n := range edits {
		here, there := p.instances[n%2], p.instances[(n+1)%2]
		slug := fmt.Sprintf("replica-seen-%d-%d", p.rounds, n)
		a, err := send(ctx, http.DefaultClient, here.Base, http.MethodPost, "/api/v1/changesets", p.tokens[0], organization(slug))
		if err != nil || a.status != http.StatusCreated {
			return fmt.Errorf("an edit was answered %d, %v: %s", a.status, err, a.body)
		}
		since := time.Now()
		if !shows(ctx, here, "/changes.json", slug) {
			return fmt.Errorf("%s is not seen where it was made", slug)
		}
		for _, path := range []string{"/changes.json", "/organizations/" + slug} {
			if err := within(ctx, patience, path+" is seen on the other instance", func() bool { return shows(ctx, there, path, slug) }); err != nil {
				return err
			}
		}
		slowest = max(slowest, time.Since(since))
	}
	p.rounds++
	p.say("%d edits were seen at once where they were made, and on the other instance within %s", edits, slowest.Round(time.Millisecond))
	return nil
}

// shows tells whether a page of an instance holds a text.
func shows(ctx context.Context, on *rig.Instance, path, text string) bool {
	a, err := send(ctx, http.DefaultClient, on.Base, http.MethodGet, path, "", "")
	return err == nil && a.status == http.StatusOK && strings.Contains(a.body, text)
}

// underLoad runs an event under a load, which goes on for a while before and
// after it, and expects that everybody was told the truth.
func (p *proof) underLoad(ctx context.Context, l *load, event func() error) error {
	l.to, l.tokens = newBalancer(p.instances), p.tokens
	working, stop := context.WithCancel(ctx)
	var done sync.WaitGroup
	done.Go(func() { l.run(working) })
	time.Sleep(p.each)
	err := event()
	if err == nil {
		time.Sleep(p.each)
	}
	stop()
	done.Wait()
	p.say("%s: %d edits acknowledged, %d not saved, %d unknown, %d reads; 503 was said %d times",
		l.name, l.count(acknowledged), l.count(nothing), l.count(unknown), l.reads, l.away)
	if err != nil {
		return fmt.Errorf("%s: %w", l.name, err)
	}
	if err := l.fair(); err != nil {
		return fmt.Errorf("%s: %w", l.name, err)
	}
	if err := l.held(ctx); err != nil {
		return fmt.Errorf("%s: %w", l.name, err)
	}
	if l.count(acknowledged) == 0 || l.reads == 0 {
		return fmt.Errorf("%s: there was no load", l.name)
	}
	return nil
}

// rolling restarts the instances one after the other.
func (p *proof) rolling(ctx context.Context) error {
	return p.underLoad(ctx, &load{name: "rolling"}, func() error {
		for _, one := range p.instances {
			if err := one.Stop(); err != nil {
				return err
			}
			if err := one.Start(ctx); err != nil {
				return err
			}
			if err := within(ctx, patience, "the restarted instance is ready", func() bool {
				return one.Readiness(ctx) == http.StatusOK
			}); err != nil {
				return err
			}
		}
		return nil
	})
}

// failover kills the primary and promotes the replica.
func (p *proof) failover(ctx context.Context) error {
	l := &load{name: "failover", outages: true}
	return p.underLoad(ctx, l, func() error {
		if err := p.servers.killPrimary(); err != nil {
			return err
		}
		if err := p.eachIs(ctx, http.StatusServiceUnavailable); err != nil {
			return err
		}
		if err := p.servers.promote(ctx); err != nil {
			return err
		}
		since, before := time.Now(), l.count(acknowledged)
		if err := p.eachIs(ctx, http.StatusOK); err != nil {
			return err
		}
		if err := within(ctx, patience, "edits are taken again", func() bool { return l.count(acknowledged) > before }); err != nil {
			return err
		}
		p.say("both instances were ready, and an edit was taken, %s after the replica was promoted", time.Since(since).Round(time.Millisecond))
		return p.instances[0].Sound(ctx)
	})
}

// eachIs waits until each instance says that it is ready, or that it is not.
func (p *proof) eachIs(ctx context.Context, status int) error {
	for n, one := range p.instances {
		what := fmt.Sprintf("instance %d answers %d when asked whether it is ready", n+1, status)
		if err := within(ctx, patience, what, func() bool { return one.Readiness(ctx) == status }); err != nil {
			return err
		}
	}
	return nil
}
