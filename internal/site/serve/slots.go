package serve

import (
	"context"
	"sync"
	"time"
)

// Slots are the places for work that takes long: so many in all, and few enough
// for one client that it cannot keep the others waiting.
type Slots struct {
	rules SlotRules
	all   *places

	mu sync.Mutex
	by map[string]*places // of the clients ([account.ClientKey]) that have or want one
}

// SlotRules say how many places there are and what becomes of those who find
// none.
type SlotRules struct {
	All, Each     int
	Own, Shared   time.Duration // how long to wait for one of the client's own places, and of all
	TooMany, Full error         // what is said to who found none of each
}

// places are those of one client, or of one kind of work.
type places struct {
	taken chan struct{}
	users int // that have one or wait
}

func newPlaces(n int) *places { return &places{taken: make(chan struct{}, n)} }

// NewSlots makes places under rules.
func NewSlots(r SlotRules) *Slots {
	return &Slots{rules: r, all: newPlaces(r.All), by: map[string]*places{}}
}

// Take gives a client a place until it is released, or says why there is none.
func (s *Slots) Take(ctx context.Context, client string) (release func(), err error) {
	own := s.join(client)
	if !own.take(ctx, s.rules.Own) {
		s.leave(client)
		return nil, s.rules.TooMany
	}
	giveBack := func() {
		<-own.taken
		s.leave(client)
	}
	if !s.all.take(ctx, s.rules.Shared) {
		giveBack()
		return nil, s.rules.Full
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

func (s *Slots) join(client string) *places {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.by[client] == nil {
		s.by[client] = newPlaces(s.rules.Each)
	}
	s.by[client].users++
	return s.by[client]
}

// leave forgets a client that nobody is left of.
func (s *Slots) leave(client string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.by[client].users--; s.by[client].users == 0 {
		delete(s.by, client)
	}
}
