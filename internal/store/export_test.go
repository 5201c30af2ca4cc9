package store

import (
	"context"

	"normmap/internal/account"
	"normmap/internal/norms"
)

// ApplySingly is Apply without writing any edits together.
func (s *Store) ApplySingly(ctx context.Context, by account.Actor, reason string, edits []norms.Edit) (norms.Applied, error) {
	return s.apply(ctx, batch{by: by, reason: reason, edits: edits, singly: true})
}

// Dependences lists the dependences as table.column -> table.
func Dependences() []string {
	out := make([]string, len(dependences))
	for i, d := range dependences {
		out[i] = d.child + "." + d.column + " -> " + d.parent
	}
	return out
}

// Waiting is how many changesets wait for their turn to be written.
func (s *Store) Waiting() int {
	s.writer.mu.Lock()
	defer s.writer.mu.Unlock()
	return len(s.writer.waiting)
}

// Asking is how many requests wait to know for whom their tokens act, but for
// those that are being answered.
func (s *Store) Asking() int {
	s.asked.mu.Lock()
	defer s.asked.mu.Unlock()
	return len(s.asked.waiting)
}

// ChooseLinks is the statement that finds a page of links.
var ChooseLinks = linkList.choose()
