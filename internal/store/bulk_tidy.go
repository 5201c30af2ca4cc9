package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// Edited says whether the record holds anything but seeds.
func (s *Store) Edited(ctx context.Context) (bool, error) {
	w := &writing{db: s.db}
	return w.peopleEdited(ctx)
}

// Tidy lets Postgres look at what was written, as the owner of the schema: it
// does so by itself, but minutes after a large load and not before the pages
// are read that need it.
func Tidy(ctx context.Context, owner string) error {
	conn, err := pgx.Connect(ctx, owner)
	if err != nil {
		return failure(err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if _, err := conn.Exec(ctx, "vacuum (analyze)"); err != nil {
		return fmt.Errorf("tidying the database: %w", failure(err))
	}
	return nil
}
