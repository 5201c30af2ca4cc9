package naming

import "normmap/internal/store/postgres"

// Store reads the names of things.
type Store struct{ db postgres.DB }

// New makes a Store on db.
func New(db postgres.DB) *Store { return &Store{db} }
