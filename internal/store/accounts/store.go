package accounts

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/store/postgres"
)

// Store reads and writes accounts and what belongs to them.
type Store struct {
	db    postgres.DB
	asked askedHolders
}

// New makes a Store on db.
func New(db postgres.DB) *Store { return &Store{db: db} }

// inTx runs f with a Store on one transaction.
func (s *Store) inTx(ctx context.Context, f func(tx *Store) error) error {
	return postgres.InTransaction(ctx, s.db, func(tx pgx.Tx) error { return f(New(tx)) })
}
