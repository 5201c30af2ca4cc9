package dataset

import "normmap/internal/store/postgres"

// Store reads the datasets for downloads.
type Store struct{ db postgres.DB }

// New makes a Store on db.
func New(db postgres.DB) *Store { return &Store{db} }
