// Package private makes databases for programs of the workshop that need one of
// their own for as long as they run.
package private

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"strings"

	"github.com/jackc/pgx/v5"
)

// Database makes an empty database on a server, for the program that is named,
// and returns its address and how to drop it.
func Database(ctx context.Context, server, program string) (address string, drop func() error, err error) {
	u, err := url.Parse(server)
	if err != nil {
		return "", nil, fmt.Errorf("TEST_DATABASE_URL must be an address like postgres://user:password@host:5432/postgres")
	}
	name := "normmap_" + program + "_" + strings.ToLower(rand.Text()[:8])
	if err := execute(ctx, server, "create database "+name); err != nil {
		return "", nil, fmt.Errorf("making a database: %w", err)
	}
	u.Path = "/" + name
	return u.String(), func() error {
		if err := execute(context.WithoutCancel(ctx), server, "drop database "+name+" with (force)"); err != nil {
			return fmt.Errorf("dropping the database: %w", err)
		}
		return nil
	}, nil
}

func execute(ctx context.Context, address, sql string) error {
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	_, err = conn.Exec(ctx, sql)
	return err
}
