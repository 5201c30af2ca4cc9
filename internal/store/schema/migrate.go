package schema

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/golang-migrate/migrate/v4"
	"github.com/golang-migrate/migrate/v4/database"
	_ "github.com/golang-migrate/migrate/v4/database/pgx/v5" // scheme pgx5
	"github.com/golang-migrate/migrate/v4/source/iofs"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
	"normmap/migrations"
)

// migrationLock is the key of the advisory lock under which the schema changes.
const migrationLock = 7226002

// SchemaState compares the schema of a database with the migrations that this
// binary carries.
type SchemaState struct {
	Version uint // last migration that golang-migrate began; 0 = none
	Applied uint // last migration that the database has committed
	Latest  uint // last migration known
	Dirty   bool // a migration was interrupted or failed
}

// Current says whether the schema is the one that this binary needs.
func (s SchemaState) Current() bool { return !s.Dirty && s.Version == s.Latest }

// Describe says the state in words, with what to do; program is how the reader
// calls this program.
func (s SchemaState) Describe(program string) string {
	switch {
	case s.Dirty && s.Applied == s.Version:
		return fmt.Sprintf("migration %d was committed but its runner was stopped before it said so; run: %s migrate repair", s.Version, program)
	case s.Dirty:
		return fmt.Sprintf("migration %d failed or was interrupted and left nothing behind; the schema is at %d; run: %s migrate repair, then %s migrate up", s.Version, s.Applied, program, program)
	case s.Version == 0:
		return fmt.Sprintf("the database has no schema yet; run: %s serve --migrate --seed", program)
	case s.Version > s.Latest:
		return fmt.Sprintf("the schema (%d) is newer than this program (%d); install a newer normmap", s.Version, s.Latest)
	case s.Version < s.Latest:
		return fmt.Sprintf("the schema (%d) is older than this program (%d); run: %s migrate up", s.Version, s.Latest, program)
	}
	return fmt.Sprintf("the schema is current (%d)", s.Version)
}

// Migrate brings the schema of the database at dsn to the newest version.
// Several instances may call it at once; one works, the others wait.
func Migrate(ctx context.Context, dsn string) error {
	return migrating(ctx, dsn, func(m *migrate.Migrate) error {
		if err := mayBegin(ctx, dsn); err != nil {
			return err
		}
		return m.Up()
	})
}

// ability says whether the migrations will find or make the two roles that the
// service works as, and may let the owner act as the first and the first as
// the second. Up to Postgres 15 who may create roles may also grant them; from
// 16 only who has the admin option, as the maker of a role does.
const ability = `
select current_user::text as owner, me.rolsuper or (
  case when app.oid is null then me.rolcreaterole
       when pg_has_role(me.oid, app.oid, 'MEMBER') then true
       when current_setting('server_version_num')::int < 160000 then me.rolcreaterole
       else pg_has_role(me.oid, app.oid, 'MEMBER WITH ADMIN OPTION') end
  and
  case when past.oid is null then me.rolcreaterole
       when app.oid is not null and pg_has_role(app.oid, past.oid, 'MEMBER') then true
       when current_setting('server_version_num')::int < 160000 then me.rolcreaterole
       else pg_has_role(me.oid, past.oid, 'MEMBER WITH ADMIN OPTION') end) as able
from pg_roles me
left join pg_roles app on app.rolname = 'normmap_app'
left join pg_roles past on past.rolname = 'normmap_past'
where me.rolname = current_user`

// rolesMade is the last migration that makes a role.
const rolesMade = 7

// mayBegin refuses to begin when a migration would fail for want of rights, or
// of extensions, and leave its mark.
func mayBegin(ctx context.Context, dsn string) error {
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return postgres.Failure(err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	st, err := New(conn).Schema(ctx)
	if err != nil || st.Dirty || st.Applied >= extensionsMade {
		return err
	}
	if err := mayExtend(ctx, conn); err != nil || st.Applied >= rolesMade {
		return err
	}
	var owner string
	var able bool
	if err := conn.QueryRow(ctx, ability).Scan(&owner, &able); err != nil || able {
		return postgres.Failure(err)
	}
	return norms.Errorf(norms.Forbidden, "the owner needs CREATEROLE, or let an administrator run: "+
		"create role normmap_app nologin; create role normmap_past nologin; grant normmap_past to normmap_app; "+
		"grant normmap_app to %s with admin option", pgx.Identifier{owner}.Sanitize())
}

// migrating polls for our own lock before it opens golang-migrate, whose
// opening takes a blocking lock of its own: two starting processes and a
// CREATE INDEX CONCURRENTLY would deadlock otherwise.
func migrating(ctx context.Context, dsn string, work func(*migrate.Migrate) error) error {
	release, err := lockSchema(ctx, dsn)
	if err != nil {
		return err
	}
	defer release()
	m, err := openMigrate(dsn)
	if err != nil {
		return fmt.Errorf("opening the migrations: %w", err)
	}
	defer m.Close()
	err = work(m)
	if dirty, ok := errors.AsType[migrate.ErrDirty](err); ok {
		return norms.Errorf(norms.Conflict, "migration %d was interrupted; look at it with migrate status, then clear it with migrate repair", dirty.Version)
	}
	if failed, ok := errors.AsType[database.Error](err); ok {
		err = failed.OrigErr // without the text of the whole migration
	}
	if err != nil && !errors.Is(err, migrate.ErrNoChange) {
		return fmt.Errorf("migrating the schema: %w", err)
	}
	return nil
}

// MigrateRepair clears the mark of an interrupted migration. Each migration
// is one transaction and records itself in schema_applied, so the database
// knows which of the two cases it is: nothing was applied, or everything was.
func MigrateRepair(ctx context.Context, dsn string) (SchemaState, error) {
	err := migrating(ctx, dsn, func(m *migrate.Migrate) error {
		before, err := ReadSchema(ctx, dsn) // under the lock: no migration is running
		if err != nil || !before.Dirty {
			return err
		}
		if before.Applied == 0 {
			return m.Force(-1) // no version at all
		}
		return m.Force(int(before.Applied))
	})
	if err != nil {
		return SchemaState{}, err
	}
	return ReadSchema(ctx, dsn)
}

// ReadSchema is Schema for whoever has only the owner's address, before the
// application's role exists.
func ReadSchema(ctx context.Context, dsn string) (SchemaState, error) {
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return SchemaState{}, postgres.Failure(err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	return New(conn).Schema(ctx)
}

func lockSchema(ctx context.Context, dsn string) (release func(), err error) {
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return nil, postgres.Failure(err)
	}
	release = func() { _ = conn.Close(context.WithoutCancel(ctx)) } // the lock goes with the connection
	for {
		var mine bool
		if err := conn.QueryRow(ctx, "select pg_try_advisory_lock($1)", migrationLock).Scan(&mine); err != nil {
			release()
			return nil, fmt.Errorf("waiting for the schema lock: %w", postgres.Failure(err))
		}
		if mine {
			return release, nil
		}
		select {
		case <-ctx.Done():
			release()
			return nil, fmt.Errorf("waiting for the schema lock: %w", ctx.Err())
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func openMigrate(dsn string) (*migrate.Migrate, error) {
	src, err := iofs.New(migrations.FS, ".")
	if err != nil {
		return nil, err
	}
	u, err := url.Parse(dsn)
	if err != nil {
		return nil, err
	}
	u.Scheme = "pgx5"
	q := u.Query()
	q.Set("lock_timeout", "5000") // ms: a waiting change of the schema makes every reader wait
	u.RawQuery = q.Encode()
	return migrate.NewWithSourceInstance("iofs", src, u.String())
}

// Admit lets the login of the service's address take on the application's
// role. Where the service and the owner of the schema are the same it has
// nothing to do.
func Admit(ctx context.Context, owner, service string) error {
	cfg, err := pgx.ParseConfig(service)
	if err != nil {
		return fmt.Errorf("reading the database URL: %w", err)
	}
	conn, err := pgx.Connect(ctx, owner)
	if err != nil {
		return postgres.Failure(err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	var admitted bool
	const q = "select coalesce((select pg_has_role(rolname, 'normmap_app', 'MEMBER') from pg_roles where rolname = $1), false)"
	if err := conn.QueryRow(ctx, q, cfg.User).Scan(&admitted); err != nil || admitted {
		return postgres.Failure(err)
	}
	if _, err := conn.Exec(ctx, "grant normmap_app to "+pgx.Identifier{cfg.User}.Sanitize()); err != nil {
		if pg, ok := errors.AsType[*pgconn.PgError](err); ok && pg.Code == "42501" {
			return norms.Errorf(norms.Forbidden, "the owner may not let %[1]s in; let an administrator run: grant normmap_app to %[1]s", pgx.Identifier{cfg.User}.Sanitize())
		}
		return fmt.Errorf("letting %s act as normmap_app: %w", cfg.User, postgres.Failure(err))
	}
	return nil
}

// LatestMigration is the number of the newest migration of this binary.
func LatestMigration() (uint, error) {
	names, err := migrations.FS.ReadDir(".")
	if err != nil {
		return 0, err
	}
	var latest uint
	for _, n := range names {
		var v uint
		if _, err := fmt.Sscanf(n.Name(), "%04d_", &v); err == nil && strings.HasSuffix(n.Name(), ".up.sql") {
			latest = max(latest, v)
		}
	}
	return latest, nil
}

// Schema tells the state of the schema without changing anything.
func (s *Store) Schema(ctx context.Context) (SchemaState, error) {
	var st SchemaState
	var err error
	if st.Latest, err = LatestMigration(); err != nil {
		return st, err
	}
	var begun, applied bool
	const tables = "select to_regclass('public.schema_migrations') is not null, to_regclass('public.schema_applied') is not null"
	if err := s.db.QueryRow(ctx, tables).Scan(&begun, &applied); err != nil {
		return st, postgres.Failure(err)
	}
	if begun {
		const q = "select greatest(max(version), 0)::bigint, coalesce(bool_or(dirty), false) from schema_migrations"
		err = s.db.QueryRow(ctx, q).Scan(&st.Version, &st.Dirty)
	}
	if applied && err == nil {
		err = s.db.QueryRow(ctx, "select coalesce(max(version), 0)::bigint from schema_applied").Scan(&st.Applied)
	}
	return st, postgres.Failure(err)
}
