package history

import (
	"normmap/internal/store/naming"
	"normmap/internal/store/postgres"
)

// Store reads what was written when, by whom, and what it changed.
type Store struct {
	db    postgres.DB
	names *naming.Store
}

// New makes a Store on db.
func New(db postgres.DB, names *naming.Store) *Store { return &Store{db, names} }
