package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"syscall"

	"github.com/jackc/pgx/v5"

	"normmap/internal/pglocal"
)

// standbyName is how the primary knows its replica.
const standbyName = "standby"

// pair is a primary with a replica that has every change before the primary
// acknowledges it.
type pair struct{ primary, standby *pglocal.Server }

// folder makes one that the user of the servers can enter.
func folder() (string, error) {
	dir, err := os.MkdirTemp("", "normmap-replicas-")
	if err != nil {
		return "", fmt.Errorf("making a folder: %w", err)
	}
	return dir, os.Chmod(dir, 0o755)
}

// newPair makes a cluster, copies it while it rests, and starts the copy as a
// replica of the first.
func newPair(ctx context.Context, dir, bin string, durable bool) (*pair, error) {
	first, second := filepath.Join(dir, "1"), filepath.Join(dir, "2")
	opt := pglocal.Options{Dir: first, BinDir: bin, Settings: map[string]string{"wal_keep_size": "256MB"},
		CacheDir: pglocal.DefaultCacheDir(os.Geteuid(), os.Getenv, os.Getenv("HOME")), Progress: os.Stderr}
	if !durable {
		opt.Settings["fsync"] = "off"
	}
	made, err := pglocal.Start(ctx, opt)
	if err != nil {
		return nil, err
	}
	if err := made.Stop(); err != nil {
		return nil, err
	}
	if err := copyCluster(filepath.Join(first, "data"), filepath.Join(second, "data")); err != nil {
		return nil, fmt.Errorf("copying the cluster: %w", err)
	}
	p := &pair{}
	opt.Settings["synchronous_standby_names"] = standbyName
	if p.primary, err = pglocal.Start(ctx, opt); err != nil {
		return nil, err
	}
	opt.Dir = second
	delete(opt.Settings, "synchronous_standby_names") // once it is promoted it has no replica
	opt.Settings["primary_conninfo"] = fmt.Sprintf("host=%s user=normmap application_name=%s", socket(p.primary), standbyName)
	if p.standby, err = pglocal.Start(ctx, opt); err != nil {
		return nil, errors.Join(err, p.primary.Stop())
	}
	return p, p.follows(ctx)
}

// copyCluster copies a cluster that is not in use, with owners and modes, and
// marks the copy as a replica.
func copyCluster(from, to string) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	err := filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		return copyOne(path, filepath.Join(to, rel), d)
	})
	if err != nil {
		return err
	}
	signal := filepath.Join(to, "standby.signal")
	if err := os.WriteFile(signal, nil, 0o600); err != nil {
		return err
	}
	return ownAs(filepath.Join(from, "PG_VERSION"), signal)
}

func copyOne(from, to string, d fs.DirEntry) error {
	if d.IsDir() {
		if err := os.Mkdir(to, 0o700); err != nil {
			return err
		}
		return ownAs(from, to)
	}
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close(), ownAs(from, to))
}

// ownAs gives to the owner of from.
func ownAs(from, to string) error {
	fi, err := os.Stat(from)
	if err != nil {
		return err
	}
	owner := fi.Sys().(*syscall.Stat_t)
	return os.Lchown(to, int(owner.Uid), int(owner.Gid))
}

func socket(s *pglocal.Server) string {
	u, err := url.Parse(s.URL(""))
	if err != nil {
		return "" // pglocal made it
	}
	return u.Query().Get("host")
}

// address names both servers, the replica first: who cannot tell them apart
// ends there.
func (p *pair) address() string {
	u := url.URL{Scheme: "postgres", User: url.User("normmap"), Path: "/normmap", RawQuery: url.Values{
		"host": {socket(p.standby) + "," + socket(p.primary)}, "port": {"5432,5432"}, "sslmode": {"disable"},
	}.Encode()}
	return u.String()
}

// follows waits until the primary waits for the replica at each commit.
func (p *pair) follows(ctx context.Context) error {
	return within(ctx, patience, "the replica follows", func() bool {
		var synchronous bool
		err := query(ctx, p.primary, "select exists (select from pg_stat_replication where sync_state = 'sync')", &synchronous)
		return err == nil && synchronous
	})
}

// killPrimary ends the primary as a power cut would.
func (p *pair) killPrimary() error {
	if err := syscall.Kill(p.primary.Pid(), syscall.SIGKILL); err != nil {
		return fmt.Errorf("killing the primary: %w", err)
	}
	<-p.primary.Done()
	return nil
}

// promote makes the replica the primary.
func (p *pair) promote(ctx context.Context) error {
	var promoted bool
	if err := query(ctx, p.standby, "select pg_promote(true, 60)", &promoted); err != nil || !promoted {
		return fmt.Errorf("promoting the replica: done %v: %w", promoted, err)
	}
	return nil
}

func (p *pair) stop() {
	_ = p.primary.Stop() // it may have been killed
	_ = p.standby.Stop() // the folder goes with whatever it did not write
}

func query(ctx context.Context, s *pglocal.Server, sql string, into any) error {
	conn, err := pgx.Connect(ctx, s.URL(""))
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	return conn.QueryRow(ctx, sql).Scan(into)
}
