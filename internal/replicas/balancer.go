package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync/atomic"
	"syscall"
	"time"

	"normmap/internal/rig"
)

// balancer sends requests to the instances in turn, as a simple proxy does: to
// those that say that they are ready, and to the next one when a connection is
// refused. A request that an instance has taken is never repeated.
type balancer struct {
	instances []*rig.Instance
	ready     []atomic.Bool
	turn      atomic.Int64
	client    http.Client
}

func newBalancer(instances []*rig.Instance) *balancer {
	return &balancer{instances: instances, ready: make([]atomic.Bool, len(instances)),
		client: http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: writers + readers}}}
}

// watch asks the instances whether they are ready until ctx ends.
func (b *balancer) watch(ctx context.Context) {
	for ctx.Err() == nil {
		for n, one := range b.instances {
			b.ready[n].Store(one.Readiness(ctx) == http.StatusOK)
		}
		select {
		case <-ctx.Done():
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// answer is what came back.
type answer struct {
	status     int
	retryAfter string
	body       string
}

// ask makes a request to whichever instance takes it.
func (b *balancer) ask(ctx context.Context, method, path, token, body string) (answer, error) {
	var refused error
	turn := int(b.turn.Add(1))
	for _, ready := range []bool{true, false} { // when none is ready, any will say so
		for n := range b.instances {
			at := (turn + n) % len(b.instances)
			if b.ready[at].Load() != ready {
				continue
			}
			a, err := send(ctx, &b.client, b.instances[at].Base, method, path, token, body)
			if !errors.Is(err, syscall.ECONNREFUSED) {
				return a, err
			}
			refused = err
		}
	}
	return answer{}, fmt.Errorf("no instance takes a connection: %w", refused)
}

func send(ctx context.Context, client *http.Client, base, method, path, token, body string) (answer, error) {
	r, err := http.NewRequestWithContext(ctx, method, base+path, bytes.NewReader([]byte(body)))
	if err != nil {
		return answer{}, err
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
		r.Header.Set("Content-Type", "application/json")
	}
	res, err := client.Do(r)
	if err != nil {
		return answer{}, err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		return answer{}, fmt.Errorf("reading the answer to %s %s: %w", method, path, err)
	}
	return answer{res.StatusCode, res.Header.Get("Retry-After"), string(text)}, nil
}
