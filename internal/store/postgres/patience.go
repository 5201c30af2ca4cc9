package postgres

import (
	"context"
	"fmt"
)

// Before a lock a transaction waits longer than statements run: those who have it
// may write a lot.
const (
	patience        = `set local statement_timeout = '30s'`
	patienceIsAtEnd = `set local statement_timeout to default`
)

// LockPatiently takes an advisory lock by the statement of a transaction. What
// says what it is for, as in "waiting for others who send a document".
func LockPatiently(ctx context.Context, db DB, what, lock string, args ...any) error {
	_, err := db.Exec(ctx, patience)
	if err == nil {
		_, err = db.Exec(ctx, lock, args...)
	}
	if err == nil {
		_, err = db.Exec(ctx, patienceIsAtEnd)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", what, Failure(err))
	}
	return nil
}
