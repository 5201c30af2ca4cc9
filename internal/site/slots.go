package site

import (
	"context"
	"sync"
	"time"
)

// slots are the places for work that takes long: so many in all, and few enough
// for one client that it cannot keep the others waiting.
type slots struct {
	rules slotRules
	all   *places

	mu sync.Mutex
	by map[string]*places // of the clients ([account.ClientKey]) that have or want one
}

// slotRules say how many places there are and what becomes of those who find
// none.
type slotRules struct {
	all, each     int
	own, shared   time.Duration // how long to wait for one of the client's own places, and of all
	tooMany, full error         // what is said to who found none of each
}

// places are those of one client, or of one kind of work.
type places struct {
	taken chan struct{}
	users int // that have one or wait
}

func newPlaces(n int) *places { return &places{taken: make(chan struct{}, n)} }

func newSlots(r slotRules) *slots {
	return &slots{rules: r, all: newPlaces(r.all), by: map[string]*places{}}
}

// take gives a client a place until it is released, or says why there is none.
func (s *slots) take(ctx context.Context, client string) (release func(), err error) {
	own := s.join(client)
	if !own.take(ctx, s.rules.own) {
		s.leave(client)
		return nil, s.rules.tooMany
	}
	giveBack := func() {
		<-own.taken
		s.leave(client)
	}
	if !s.all.take(ctx, s.rules.shared) {
		giveBack()
		return nil, s.rules.full
	}
	return func() { <-s.all.taken; giveBack() }, nil
}

// take waits for a place: small files asked for at once follow each other.
func (p *places) take(ctx context.Context, patience time.Duration) bool {
	select {
	case p.taken <- struct{}{}:
		return true
	default:
	}
	if patience == 0 {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	select {
	case p.taken <- struct{}{}:
		return true
	case <-ctx.Done():
		return false
	}
}

func (s *slots) join(client string) *places {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.by[client] == nil {
		s.by[client] = newPlaces(s.rules.each)
	}
	s.by[client].users++
	return s.by[client]
}

// leave forgets a client that nobody is left of.
func (s *slots) leave(client string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.by[client].users--; s.by[client].users == 0 {
		delete(s.by, client)
	}
}
