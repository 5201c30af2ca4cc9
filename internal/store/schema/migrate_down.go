package schema

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/golang-migrate/migrate/v4"
	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
	"normmap/migrations"
)

// MigrateDown takes the last steps migrations back; steps 0 takes back all.
// More than were applied is an Invalid, and nothing is touched.
func MigrateDown(ctx context.Context, dsn string, steps int) error {
	return migrating(ctx, dsn, func(m *migrate.Migrate) error {
		if steps == 0 {
			return m.Down()
		}
		st, err := ReadSchema(ctx, dsn)
		if err == nil && !st.Dirty { // a dirty one is refused by the library
			err = st.mayStepDown(steps)
		}
		if err != nil {
			return err
		}
		return m.Steps(-steps)
	})
}

func (s SchemaState) mayStepDown(steps int) error {
	switch {
	case s.Version == 0:
		return norms.Errorf(norms.Invalid, "no migration was applied to this database, so none can be taken back")
	case uint(steps) > s.Version:
		return norms.Errorf(norms.Invalid, "only %d migrations were applied, so %d cannot be taken back; nothing was changed", s.Version, steps)
	}
	return nil
}

// Loss is a table that would go, or a column of one that stays, with what it
// holds.
type Loss struct {
	Table string // or table.column
	Rows  int64
}

func (l Loss) String() string { return fmt.Sprintf("%s (%d)", l.Table, l.Rows) }

var errTried = errors.New("only tried")

// MigrateDownLoses tells what taking the last steps migrations back would
// delete, by doing so in a transaction that is rolled back. Tables and columns that are
// empty, the migrations' own and what only counts changes are no loss. Steps are refused as by
// [MigrateDown].
func MigrateDownLoses(ctx context.Context, dsn string, steps int) ([]Loss, error) {
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return nil, postgres.Failure(err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	st, err := New(conn).Schema(ctx)
	if err != nil || st.Dirty {
		return nil, err
	}
	if err := st.mayStepDown(steps); err != nil {
		return nil, err
	}
	var lost []Loss
	err = pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		if lost, err = lossesIn(ctx, tx, st.Version, uint(steps)); err != nil {
			return err
		}
		return errTried
	})
	if !errors.Is(err, errTried) {
		return nil, fmt.Errorf("looking at what would go: %w", postgres.Failure(err))
	}
	return lost, nil
}

// filled lists the tables that hold data, those of history after the others.
const filled = `
select case n.nspname when 'public' then '' else n.nspname || '.' end || c.relname as "table",
  (xpath('/row/n/text()', query_to_xml(format('select count(*) as n from %I.%I', n.nspname, c.relname), true, true, '')))[1]::text::bigint as rows
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind = 'r' and n.nspname in ('public', 'history')
  and c.relname not in ('schema_migrations', 'schema_applied', 'tracked', 'account_names', 'text_version', 'course_end', 'principle_course', 'listed_link', 'text_revision', 'text_sketch')
  and c.relname not like '%\_tally' and c.relname not in ('organization_course', 'group_course', 'link_course', 'row_course', 'tally_end') -- counted anew, so no loss
order by n.nspname desc, c.relname`

// columns lists those of the record that may be empty: they hold what not every
// row has.
const columns = `
select c.relname as "table", a.attname as "column"
from pg_class c
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and not a.attnotnull
join history.tracked t on t.name = c.relname
where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
order by 1, 2`

type column struct{ Table, Column string }

func lossesIn(ctx context.Context, tx pgx.Tx, from, steps uint) ([]Loss, error) {
	if _, err := tx.Exec(ctx, "set local lock_timeout = '5s'"); err != nil {
		return nil, err
	}
	before, err := postgres.Collect[Loss](ctx, tx, "the tables", filled, pgx.StrictNamedArgs{})
	if err != nil {
		return nil, err
	}
	had, err := postgres.Collect[column](ctx, tx, "the columns", columns, pgx.StrictNamedArgs{})
	if err != nil {
		return nil, err
	}
	after, left, err := stepsDown(ctx, tx, from, steps)
	if err != nil {
		return nil, err
	}
	stays := func(table string) bool {
		return slices.ContainsFunc(after, func(a Loss) bool { return a.Table == table })
	}
	lost := slices.DeleteFunc(before, func(l Loss) bool { return l.Rows == 0 || stays(l.Table) })
	for _, c := range had {
		if slices.Contains(left, c) || !stays(c.Table) {
			continue
		}
		l := Loss{Table: c.Table + "." + c.Column}
		table, name := pgx.Identifier{"public", c.Table}.Sanitize(), pgx.Identifier{c.Column}.Sanitize()
		if err := tx.QueryRow(ctx, "select count("+name+") from "+table).Scan(&l.Rows); err != nil {
			return nil, err
		}
		if l.Rows > 0 {
			lost = append(lost, l)
		}
	}
	return lost, nil
}

// stepsDown lists the tables and columns that are left after some steps down,
// which it takes back.
func stepsDown(ctx context.Context, tx pgx.Tx, from, steps uint) (tables []Loss, left []column, err error) {
	err = pgx.BeginFunc(ctx, tx, func(tx pgx.Tx) error {
		for version := from; version > from-steps; version-- {
			if err := stepDown(ctx, tx, version); err != nil {
				return err
			}
		}
		var err error
		if tables, err = postgres.Collect[Loss](ctx, tx, "the tables", filled, pgx.StrictNamedArgs{}); err != nil {
			return err
		}
		if from == steps {
			return errTried // of nothing there are no columns
		}
		if left, err = postgres.Collect[column](ctx, tx, "the columns", columns, pgx.StrictNamedArgs{}); err != nil {
			return err
		}
		return errTried
	})
	if errors.Is(err, errTried) {
		err = nil
	}
	return tables, left, err
}

func stepDown(ctx context.Context, tx pgx.Tx, version uint) error {
	names, err := fs.Glob(migrations.FS, fmt.Sprintf("%04d_*.down.sql", version))
	if err != nil || len(names) != 1 {
		return fmt.Errorf("this program does not know migration %d: %s", version, strings.Join(names, ", "))
	}
	body, err := migrations.FS.ReadFile(names[0])
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, string(body))
	return err
}
