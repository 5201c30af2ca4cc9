package store_test

import (
	"testing"
	"time"

	"normmap/internal/store"
)

// Who sends what somebody else is sending waits for them, longer than a statement
// may run, and is then told what they did.
func TestWhoSendsTheSameWaits(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	for what, lock := range map[string]func(*store.Store) error{
		"a table":    func(tx *store.Store) error { return tx.LockTable(t.Context(), []byte("digest")) },
		"a document": func(tx *store.Store) error { return tx.LockSending(t.Context()) },
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			held, done := make(chan bool), make(chan error)
			go func() {
				done <- s.InTx(t.Context(), func(tx *store.Store) error {
					err := lock(tx)
					close(held)
					time.Sleep(3500 * time.Millisecond) // statements end after three seconds
					return err
				})
			}()
			<-held
			must(t, s.InTx(t.Context(), lock))
			must(t, <-done)
		})
	}
}
