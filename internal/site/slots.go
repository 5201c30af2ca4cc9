package site

import (
	"context"
	"sync"
	"time"

	"normmap/internal/norms"
)

// slots are the places for downloads: so many in all, and few enough for one
// client that it cannot keep the others waiting.
type slots struct {
	all      chan struct{}
	each     int
	patience time.Duration // in which one of the client's own places may become free

	mu sync.Mutex
	by map[string]*places // of the clients ([account.ClientKey]) that have or want one
}

// places are those of one client, or of one kind of work.
type places struct {
	taken chan struct{}
	users int // that have one or wait
}

func newPlaces(n int) *places { return &places{taken: make(chan struct{}, n)} }

func newSlots(all, each int, patience time.Duration) *slots {
	return &slots{all: make(chan struct{}, all), each: each, patience: patience, by: map[string]*places{}}
}

// take gives a client a place until it is released, or says why there is none.
func (s *slots) take(ctx context.Context, client string) (release func(), err error) {
	own := s.join(client)
	if !own.take(ctx, s.patience) {
		s.leave(client)
		return nil, later(norms.Errorf(norms.TooMany, "%d downloads to your network address are under way, which is as many as there may be; wait until one of them ends", s.each), stepTime/4)
	}
	giveBack := func() {
		<-own.taken
		s.leave(client)
	}
	select {
	case s.all <- struct{}{}:
		return func() { <-s.all; giveBack() }, nil
	default:
		giveBack()
		return nil, later(norms.Errorf(norms.Unavailable, "many downloads are under way; try again in a moment"), stepTime/4)
	}
}

// take waits for a place of the client's own: small files asked for at once
// follow each other.
func (p *places) take(ctx context.Context, patience time.Duration) bool {
	select {
	case p.taken <- struct{}{}:
		return true
	default:
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
		s.by[client] = newPlaces(s.each)
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
