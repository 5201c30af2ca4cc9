package proposals

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/store/edit"
	"normmap/internal/store/naming"
	"normmap/internal/store/news"
	"normmap/internal/store/postgres"
)

// Store keeps proposals, and applies what was decided about them.
type Store struct {
	db    postgres.DB
	names *naming.Store
	edits *edit.Store
	news  *news.Store
}

// New makes a Store on db that applies edits through edits, which tell what was
// written to heard.
func New(db postgres.DB, names *naming.Store, edits *edit.Store, heard *news.Store) *Store {
	return &Store{db, names, edits, heard}
}

// inTx runs f with a Store on one transaction.
func (s *Store) inTx(ctx context.Context, f func(tx *Store) error) error {
	return s.news.InTx(ctx, func(tx pgx.Tx, bound *news.Store) error {
		return f(New(tx, naming.New(tx), edit.New(tx, bound), bound))
	})
}
