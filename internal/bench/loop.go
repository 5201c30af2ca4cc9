package main

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// work is a closed loop: so many connections, each of which asks again as soon
// as it has its answer.
type work struct {
	address     string
	connections int
	status      int                // that every answer must have
	request     func(n int) []byte // the n-th of all connections together
	servers     []int              // processes that do it, with all below them
}

// load is what came of a closed loop.
type load struct {
	requests  int
	took      time.Duration
	processor time.Duration // of the servers
	client    time.Duration // of this process
	latencies []time.Duration
}

func (l load) perSecond() float64 { return float64(l.requests) / l.took.Seconds() }

// cost is the servers' processor time of one request in microseconds.
func (l load) cost() float64 {
	return float64(l.processor.Microseconds()) / float64(max(l.requests, 1))
}

// ownCost is ours.
func (l load) ownCost() float64 {
	return float64(l.client.Microseconds()) / float64(max(l.requests, 1))
}

// late is the percentile of the time that an answer took, in milliseconds.
func (l load) late(share float64) float64 {
	return float64(percentile(l.latencies, share).Microseconds()) / 1000
}

// run works for so long. An answer that is not as it must be is an error: what
// was measured is not what was meant.
func (w work) run(ctx context.Context, each time.Duration) (l load, err error) {
	lines := make([]*connection, w.connections)
	defer func() {
		for _, c := range lines {
			if c != nil {
				c.close()
			}
		}
	}()
	for i := range lines {
		if lines[i], err = dial(ctx, w.address); err != nil {
			return l, err
		}
	}
	before, err := used(w.servers...)
	if err != nil {
		return l, err
	}
	own, err := ownTime()
	if err != nil {
		return l, err
	}
	began := time.Now()
	l.latencies, err = w.loop(ctx, lines, began.Add(each))
	l.took, l.requests = time.Since(began), len(l.latencies)
	if err != nil {
		return l, err
	}
	after, err := used(w.servers...)
	if err != nil {
		return l, err
	}
	ended, err := ownTime()
	l.processor, l.client = after-before, ended-own
	return l, err
}

func (w work) loop(ctx context.Context, lines []*connection, until time.Time) ([]time.Duration, error) {
	var turn atomic.Int64
	took, failed := make([][]time.Duration, len(lines)), make([]error, len(lines))
	var all sync.WaitGroup
	for i, c := range lines {
		all.Go(func() { took[i], failed[i] = w.keepAsking(ctx, c, &turn, until) })
	}
	all.Wait()
	var latencies []time.Duration
	for _, one := range took {
		latencies = append(latencies, one...)
	}
	return latencies, alike(failed)
}

// alike joins errors, each text once: what one connection is told most others
// are told too.
func alike(failed []error) error {
	var told []string
	var once []error
	for _, err := range failed {
		if err != nil && !slices.Contains(told, err.Error()) {
			told, once = append(told, err.Error()), append(once, err)
		}
	}
	return errors.Join(once...)
}

func (w work) keepAsking(ctx context.Context, c *connection, turn *atomic.Int64, until time.Time) (took []time.Duration, err error) {
	for at := time.Now(); at.Before(until) && ctx.Err() == nil; {
		request := w.request(int(turn.Add(1) - 1))
		if request == nil {
			return took, errors.New("there is nothing left to ask for; take a shorter time or a larger record")
		}
		a, err := c.ask(request)
		if err := a.expect(w.status, request, err); err != nil {
			return took, err
		}
		now := time.Now()
		took, at = append(took, now.Sub(at)), now
	}
	return took, ctx.Err()
}

// side collects what one side of a comparison did, round by round.
type side struct{ perSecond, cost, ownCost, p50, p95, p99 series }

func (s *side) add(l load) {
	s.perSecond = append(s.perSecond, l.perSecond())
	s.cost = append(s.cost, l.cost())
	s.ownCost = append(s.ownCost, l.ownCost())
	s.p50, s.p95, s.p99 = append(s.p50, l.late(.5)), append(s.p95, l.late(.95)), append(s.p99, l.late(.99))
}

// inTurn runs several works round by round: first all of them once, then all of
// them again. A first turn that warms them up is not counted.
func (b *bench) inTurn(ctx context.Context, works ...work) ([]side, error) {
	sides := make([]side, len(works))
	for round := range b.rounds + 1 {
		for i, w := range works {
			each := b.each
			if round == 0 {
				each /= 4
			}
			l, err := w.run(ctx, each)
			if err != nil {
				return nil, err
			}
			if round > 0 {
				sides[i].add(l)
			}
		}
	}
	return sides, nil
}

// same is a request that every connection makes again and again.
func same(request []byte) func(int) []byte { return func(int) []byte { return request } }

// cycle goes through requests and begins anew at the end.
func cycle(requests [][]byte) func(int) []byte {
	return func(n int) []byte { return requests[n%len(requests)] }
}
