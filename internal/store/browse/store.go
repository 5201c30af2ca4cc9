package browse

import (
	"normmap/internal/store/history"
	"normmap/internal/store/naming"
	"normmap/internal/store/news"
	"normmap/internal/store/postgres"
)

// Store reads what the pages of the record show.
type Store struct {
	db      postgres.DB
	names   *naming.Store
	history *history.Store
	kept    *memory     // of the present; nil where something else is looked at
	earlier *earlier    // of the past, for those who look at it
	then    *texts      // of the past that is looked at
	looksAt *news.State // of the snapshot; nil where every statement looks at the newest
}

// New makes a Store on db.
func New(db postgres.DB, names *naming.Store, changes *history.Store) *Store {
	return &Store{db: db, names: names, history: changes, kept: &memory{}, earlier: &earlier{}}
}

// Keep lets s, which looks at a snapshot of the present, use what from keeps in
// memory, and add to it. The state is that of the snapshot, once it is read.
func (s *Store) Keep(from *Store, state *news.State) { s.kept, s.looksAt = from.kept, state }
