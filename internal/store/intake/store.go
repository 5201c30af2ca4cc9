package intake

import "normmap/internal/store/postgres"

// Store reads and keeps what the intake of tables needs.
type Store struct{ db postgres.DB }

// New makes a Store on db.
func New(db postgres.DB) *Store { return &Store{db} }
