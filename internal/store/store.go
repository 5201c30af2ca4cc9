package store

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"normmap/internal/store/accounts"
	"normmap/internal/store/browse"
	"normmap/internal/store/dataset"
	"normmap/internal/store/edit"
	"normmap/internal/store/history"
	"normmap/internal/store/intake"
	"normmap/internal/store/naming"
	"normmap/internal/store/news"
	"normmap/internal/store/postgres"
	"normmap/internal/store/proposals"
	"normmap/internal/store/schema"
	"normmap/internal/store/search"
)

// The parts of a Store are known by their subjects.
type (
	accountsStore  = accounts.Store
	browseStore    = browse.Store
	datasetStore   = dataset.Store
	editStore      = edit.Store
	historyStore   = history.Store
	intakeStore    = intake.Store
	namingStore    = naming.Store
	newsStore      = news.Store
	proposalsStore = proposals.Store
	schemaStore    = schema.Store
	searchStore    = search.Store
)

// Store reads and writes the record. It is safe for concurrent use when its
// DB is a pool.
type Store struct {
	*accountsStore
	*browseStore
	*datasetStore
	*editStore
	*historyStore
	*intakeStore
	*namingStore
	*newsStore
	*proposalsStore
	*schemaStore
	*searchStore

	db   postgres.DB
	past *pgxpool.Pool // that AsOf reads from; nil when the past is not asked
}

// New makes a Store on db. On a pool, changesets that are applied at the same
// time share a transaction.
func New(db postgres.DB) *Store { return assemble(db, nil, news.New(db)) }

// assemble puts a Store together of its parts.
func assemble(db postgres.DB, past *pgxpool.Pool, heard *news.Store) *Store {
	names := naming.New(db)
	changes := history.New(db, names)
	edits := edit.New(db, heard)
	return &Store{
		accountsStore:  accounts.New(db),
		browseStore:    browse.New(db, names, changes),
		datasetStore:   dataset.New(db),
		editStore:      edits,
		historyStore:   changes,
		intakeStore:    intake.New(db),
		namingStore:    names,
		newsStore:      heard,
		proposalsStore: proposals.New(db, names, edits, heard),
		schemaStore:    schema.New(db),
		searchStore:    search.New(db, names),
		db:             db,
		past:           past,
	}
}

// bound is a Store for what is done in a transaction.
func (s *Store) bound(tx pgx.Tx) *Store { return assemble(tx, s.past, s.newsStore.Bound(tx)) }

// InTx runs f with a store bound to one transaction: all of f's statements
// take effect, or none when it returns an error. Inside InTx it makes a
// savepoint.
func (s *Store) InTx(ctx context.Context, f func(tx *Store) error) error {
	return s.newsStore.InTx(ctx, func(tx pgx.Tx, bound *news.Store) error { return f(assemble(tx, s.past, bound)) })
}

// Ping says whether the database answers and takes what is written.
func (s *Store) Ping(ctx context.Context) error {
	var readOnly bool
	err := s.db.QueryRow(ctx, "select pg_is_in_recovery()").Scan(&readOnly)
	if err == nil && readOnly {
		return postgres.Away(ErrStandby)
	}
	return postgres.Failure(err)
}

// ErrStandby is matched by the error of Ping when the server that answers only
// reads: it is a standby, or has become one.
var ErrStandby = errors.New("the server is a standby and takes no changes")

// Reconnect lets go of every connection, of those under way when they are done.
// The next ones are made anew, and so lead to where the address leads now.
func (s *Store) Reconnect() {
	if pool, ok := s.db.(*pgxpool.Pool); ok {
		pool.Reset()
	}
	if s.past != nil {
		s.past.Reset()
	}
}

// Revision is the number of the last changeset, 0 when there is none.
func (s *Store) Revision(ctx context.Context) (int64, error) {
	var rev int64
	err := s.db.QueryRow(ctx, newestRevision).Scan(&rev)
	return rev, postgres.Failure(err)
}
