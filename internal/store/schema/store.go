package schema

import "normmap/internal/store/postgres"

// Store examines a database: whether its schema is current and what it holds is sound.
type Store struct{ db postgres.DB }

// New makes a Store on db.
func New(db postgres.DB) *Store { return &Store{db} }
