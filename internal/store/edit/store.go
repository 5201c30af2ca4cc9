package edit

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"normmap/internal/store/browse"
	"normmap/internal/store/history"
	"normmap/internal/store/naming"
	"normmap/internal/store/news"
	"normmap/internal/store/postgres"
)

// Store writes edits to the record, and tries out what they would do.
type Store struct {
	db     postgres.DB
	writer *writer // nil on a transaction, which is one's own to write in
	names  *naming.Store
	record *browse.Store
	news   *news.Store
}

// New makes a Store on db, which tells what it wrote to heard. On a pool,
// changesets that are applied at the same time share a transaction.
func New(db postgres.DB, heard *news.Store) *Store {
	s := on(db)
	s.news = heard
	if pool, ok := db.(*pgxpool.Pool); ok {
		s.writer = &writer{pool: pool}
	}
	return s
}

// on is a Store for what is part of writing a changeset.
func on(db postgres.DB) *Store {
	names := naming.New(db)
	return &Store{db: db, names: names, record: browse.New(db, names, history.New(db, names))}
}

// inTx runs f with a Store on one transaction.
func (s *Store) inTx(ctx context.Context, f func(tx *Store) error) error {
	return postgres.InTransaction(ctx, s.db, func(tx pgx.Tx) error { return f(on(tx)) })
}
