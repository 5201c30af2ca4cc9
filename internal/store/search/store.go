package search

import (
	"normmap/internal/store/naming"
	"normmap/internal/store/postgres"
)

// Store finds things by words and by numbers.
type Store struct {
	db    postgres.DB
	names *naming.Store
}

// New makes a Store on db.
func New(db postgres.DB, names *naming.Store) *Store { return &Store{db, names} }
