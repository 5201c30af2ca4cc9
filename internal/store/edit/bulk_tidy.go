package edit

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"normmap/internal/store/postgres"
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
		return postgres.Failure(err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if _, err := conn.Exec(ctx, "vacuum (analyze)"); err != nil {
		return fmt.Errorf("tidying the database: %w", postgres.Failure(err))
	}
	return nil
}

// outgrown are the tables of which most rows were written since Postgres last
// looked at them.
const outgrown = `
select format('%I.%I', schemaname, relname)
from pg_stat_user_tables
where n_mod_since_analyze > greatest(500, n_live_tup / 2)
order by relid`

// Look lets Postgres look at the tables that have outgrown what it knows of
// them, as the owner of the schema: in the middle of a large load, plans made
// for empty tables are slow ones.
func Look(ctx context.Context, owner string) error {
	conn, err := pgx.Connect(ctx, owner)
	if err != nil {
		return postgres.Failure(err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	rows, err := conn.Query(ctx, outgrown)
	if err != nil {
		return postgres.Failure(err)
	}
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return postgres.Failure(err)
	}
	for _, t := range tables {
		if _, err := conn.Exec(ctx, "analyze "+t); err != nil {
			return fmt.Errorf("looking at the table %s: %w", t, postgres.Failure(err))
		}
	}
	return nil
}
