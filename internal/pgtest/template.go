package pgtest

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"strings"

	"github.com/jackc/pgx/v5"

	"normmap/internal/store/schema"
	"normmap/migrations"
)

// templateLock is the advisory lock under which templates are made: one at a
// time on a server, since migrations also make its roles.
const templateLock = 7309001

// migrated makes sure of the template for the embedded migrations.
func (s *suite) migrated(ctx context.Context) (string, error) {
	var parts []string
	err := fs.WalkDir(migrations.FS, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(migrations.FS, path)
		parts = append(parts, path, string(b))
		return err
	})
	if err != nil {
		return "", fmt.Errorf("reading the migrations: %w", err)
	}
	name := templateName("migrated", parts...)
	return name, s.ensureTemplate(ctx, name, "template0", schema.Migrate)
}

// templateName is the same for the same parts.
func templateName(kind string, parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return fmt.Sprintf("normmap_%s_%x", kind, sum[:10])
}

// ensureTemplate makes the template name, a copy of from with what fill
// writes, unless it is there. It counts as there only when it is complete.
func (s *suite) ensureTemplate(ctx context.Context, name, from string, fill func(context.Context, string) error) error {
	conn, err := s.admin.Acquire(ctx)
	if err != nil {
		return fmt.Errorf("making a template database: %w", err)
	}
	defer conn.Release()
	if done, err := isTemplate(ctx, conn.Conn(), name); done || err != nil {
		return err
	}
	if _, err := conn.Exec(ctx, `select pg_advisory_lock($1)`, templateLock); err != nil {
		return fmt.Errorf("waiting to make a template database: %w", err)
	}
	defer conn.Exec(context.WithoutCancel(ctx), `select pg_advisory_unlock($1)`, templateLock)
	if done, err := isTemplate(ctx, conn.Conn(), name); done || err != nil {
		return err
	}
	if err := makeTemplate(ctx, conn.Conn(), name, from, func() error {
		return fill(ctx, withDatabase(s.base, name))
	}); err != nil {
		return fmt.Errorf("making the template database %s: %w", name, err)
	}
	return nil
}

func isTemplate(ctx context.Context, conn *pgx.Conn, name string) (bool, error) {
	var done bool
	err := conn.QueryRow(ctx, `select exists (select from pg_database where datname = $1 and datistemplate)`, name).Scan(&done)
	if err != nil {
		return false, fmt.Errorf("looking for a template database: %w", err)
	}
	return done, nil
}

// makeTemplate replaces what a killed run left. Nobody can connect to the
// result, since a connected session would keep it from being copied.
func makeTemplate(ctx context.Context, conn *pgx.Conn, name, from string, fill func() error) error {
	if _, err := conn.Exec(ctx, "drop database if exists "+name+" with (force)"); err != nil {
		return err
	}
	if _, err := conn.Exec(ctx, "create database "+name+" template "+from+" strategy file_copy"); err != nil {
		return err
	}
	if err := fill(); err != nil {
		return err
	}
	if err := awaitAlone(ctx, conn, name); err != nil {
		return err
	}
	_, err := conn.Exec(ctx, "alter database "+name+" with is_template true allow_connections false")
	return err
}
