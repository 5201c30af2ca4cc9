package pglocal

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
)

// clusterMajor is the major version that made the cluster in data, 0 if there
// is none. A folder that is there but is no cluster is an error: it may be
// somebody's data.
func clusterMajor(data string) (int, error) {
	if _, err := os.Lstat(data); errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	b, err := os.ReadFile(filepath.Join(data, "PG_VERSION"))
	if err != nil {
		return 0, fmt.Errorf("%s exists but is no PostgreSQL cluster (%w); nothing was changed: move it away", data, err)
	}
	major, err := strconv.Atoi(strings.TrimSpace(string(b)))
	if err != nil || major < 1 {
		return 0, fmt.Errorf("%s/PG_VERSION says %q, which is no version of PostgreSQL; nothing was changed", data, b)
	}
	return major, nil
}

// initdb makes the cluster beside its place and renames it there, so that
// data/ is absent or whole, whenever we are killed.
func (s *Server) initdb(ctx context.Context) error {
	removeHalfMade(s.opt.Dir)
	tmp, err := os.MkdirTemp(s.opt.Dir, halfMade)
	if err != nil {
		return fmt.Errorf("making the cluster: %w", err)
	}
	if err := s.user.own(tmp); err != nil {
		return fmt.Errorf("making the cluster: %w", err)
	}
	args := append([]string{
		"-D", tmp, "-U", s.opt.Name, "--encoding=UTF8", "--auth-local=trust", "--auth-host=reject",
	}, s.locale()...)
	if s.opt.Ephemeral {
		args = append(args, "--no-sync")
	}
	if out, err := s.run(ctx, filepath.Join(s.bins.dir, "initdb"), args...); err != nil {
		_ = os.RemoveAll(tmp)
		if cause := context.Cause(ctx); cause != nil {
			err = cause
		}
		return fmt.Errorf("making the cluster: initdb: %w; it said:\n%s", err, out)
	}
	if err := os.Rename(tmp, s.data); err != nil {
		return fmt.Errorf("making the cluster: %w", err)
	}
	return nil
}

const halfMade = "data.new-"

func removeHalfMade(dir string) { removeAll(filepath.Join(dir, halfMade+"*")) }

// removeAll removes what it can of all that matches pattern.
func removeAll(pattern string) {
	old, _ := filepath.Glob(pattern)
	for _, path := range old {
		_ = os.RemoveAll(path)
	}
}

// locale gives text the order of its code points and Unicode letters, alike on
// every system. Version 17 brings that; before, the system's library has it
// under different names.
func (s *Server) locale() []string {
	switch {
	case s.bins.major >= 17:
		return []string{"--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"}
	case runtime.GOOS == "darwin":
		return []string{"--locale=C", "--lc-ctype=UTF-8"}
	}
	return []string{"--locale=C.UTF-8"}
}

// createDatabase makes the database if it is missing. It looks at every start:
// the first may have been killed before it got here.
func (s *Server) createDatabase(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, s.URL("postgres"))
	if err != nil {
		return fmt.Errorf("connecting to the new server: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	var exists bool
	err = conn.QueryRow(ctx, `select exists (select from pg_database where datname = $1)`, s.opt.Name).Scan(&exists)
	if err != nil || exists {
		return err
	}
	if _, err := conn.Exec(ctx, `create database `+pgx.Identifier{s.opt.Name}.Sanitize()); err != nil {
		return fmt.Errorf("making the database: %w", err)
	}
	return nil
}
