package serve

import (
	"context"
	"errors"
	"testing"
	"time"
)

// A file that is asked for beside two others comes when one of them has ended.
func TestADownloadWaitsForAnother(t *testing.T) {
	t.Parallel()
	s := NewSlots(SlotRules{All: 6, Each: 1, Own: time.Hour, TooMany: errors.New("too many")})
	first, err := s.Take(t.Context(), "192.0.2.1")
	if err != nil {
		t.Fatal(err)
	}
	if n := len(s.by); n != 1 {
		t.Errorf("%d clients are remembered", n)
	}
	second := make(chan error)
	go func() {
		release, err := s.Take(t.Context(), "192.0.2.1")
		if err == nil {
			release()
		}
		second <- err
	}()
	first()
	if err := <-second; err != nil {
		t.Error(err)
	}
	left, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Take(t.Context(), "192.0.2.1"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Take(left, "192.0.2.1"); err == nil {
		t.Error("who left got a place")
	}
}
