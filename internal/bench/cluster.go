package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/pglocal"
	"normmap/internal/rig"
	"normmap/internal/synth"
	"normmap/migrations"
)

// seed is that of the records: every run measures on the same ones.
const seed = 5

// cluster is the PostgreSQL on which everything is measured, with the records
// that are kept from run to run.
type cluster struct {
	server *pglocal.Server
	conn   *pgx.Conn // to the database of maintenance
	copies int
}

func cacheFolder(env func(string) string) string {
	return pglocal.DefaultCacheDir(os.Geteuid(), env, env("HOME"))
}

// openCluster starts the server that has the records of this schema. Its
// settings are those of the program's own server: it waits for the disk at each
// commit.
func openCluster(ctx context.Context, b *bench) (*cluster, error) {
	if b.cache == "" {
		return nil, errors.New("there is no folder to keep records in; set HOME or XDG_CACHE_HOME")
	}
	key, err := recordKey()
	if err != nil {
		return nil, err
	}
	dir := filepath.Join(b.cache, "bench-"+key)
	b.forgetOthers(dir)
	server, err := pglocal.Start(ctx, pglocal.Options{Dir: dir, BinDir: b.pgBin, CacheDir: b.cache, Progress: b.told})
	if err != nil {
		return nil, err
	}
	conn, err := pgx.Connect(ctx, server.URL("postgres"))
	if err != nil {
		return nil, errors.Join(err, server.Stop())
	}
	b.say("PostgreSQL with the records runs in %s", dir)
	return &cluster{server: server, conn: conn}, nil
}

// keptFor is how long the records of another schema stay: somebody may be
// working on it.
const keptFor = 7 * 24 * time.Hour

// forgetOthers removes the records of other schemas that nobody used lately:
// they are large.
func (b *bench) forgetOthers(dir string) {
	others, _ := filepath.Glob(filepath.Join(b.cache, "bench-*"))
	for _, other := range others {
		used, err := os.Stat(filepath.Join(other, "postgres.log"))
		if _, held := pglocal.HeldBy(other); !held && other != dir && (err != nil || time.Since(used.ModTime()) > keptFor) {
			b.say("removing %s, which is of another schema", other)
			_ = os.RemoveAll(other) // what cannot be removed is left
		}
	}
}

func (c *cluster) close(ctx context.Context) error {
	return errors.Join(c.conn.Close(ctx), c.server.Stop())
}

// recordKey changes with the schema and with what synth makes, and with nothing
// else: building the program again costs no new records.
func recordKey() (string, error) {
	h := sha256.New()
	err := fs.WalkDir(migrations.FS, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(migrations.FS, path)
		fmt.Fprintf(h, "%s %d\n%s", path, len(text), text)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("reading the migrations: %w", err)
	}
	next := int64(0)
	err = synth.Run(synth.Options{Links: 2000, Seed: seed}, synth.Door{
		Write: func(c synth.Changeset) (norms.Applied, error) {
			edits, err := norms.MarshalEdits(c.Edits)
			fmt.Fprintln(h, c.By, c.Reason, string(edits))
			done := norms.Applied{Written: len(c.Edits)}
			for range c.Edits {
				next++
				done.IDs = append(done.IDs, next)
			}
			return done, err
		},
		Links: func(initiative string) ([]norms.LinkRow, error) {
			return []norms.LinkRow{{ID: int64(len(initiative)), Initiative: initiative}}, nil
		},
	})
	return fmt.Sprintf("%x", h.Sum(nil)[:6]), err
}

// record is the name of the database with so many links, which is made if it is
// not there yet. One that was not finished has another name.
func (c *cluster) record(ctx context.Context, b *bench, links int) (string, error) {
	name := fmt.Sprintf("record_%d", links)
	var there bool
	if err := c.conn.QueryRow(ctx, "select exists (select from pg_database where datname = $1)", name).Scan(&there); err != nil || there {
		return name, err
	}
	half := name + "_half"
	b.say("making a record of %d links, which is kept for the next run", links)
	began := time.Now()
	if err := c.fresh(ctx, half, ""); err != nil {
		return "", err
	}
	p := rig.Instance{Binary: b.binary, Database: c.server.URL(half)}
	for _, args := range [][]string{{"migrate", "up"}, {"synth", "--links", fmt.Sprint(links), "--seed", fmt.Sprint(seed)}} {
		made := p.Command(ctx, args...)
		made.Stderr = b.told
		if err := made.Run(); err != nil {
			return "", fmt.Errorf("making a record of %d links: normmap %s: %w", links, args[0], err)
		}
	}
	if err := c.in(ctx, half, "vacuum (analyze)", "checkpoint"); err != nil {
		return "", err
	}
	if err := c.do(ctx, "alter database "+half+" rename to "+name); err != nil {
		return "", err
	}
	b.say("made it in %s", time.Since(began).Round(time.Second))
	return name, nil
}

// copyOf makes a copy of a record to work on.
func (c *cluster) copyOf(ctx context.Context, record string) (string, error) {
	c.copies++
	name := fmt.Sprintf("run_%d", c.copies)
	return name, c.fresh(ctx, name, " template "+record+" strategy file_copy")
}

// fresh makes a database in the place of one that an earlier run may have left.
func (c *cluster) fresh(ctx context.Context, name, how string) error {
	if err := c.drop(ctx, name); err != nil {
		return err
	}
	return c.do(ctx, "create database "+name+how)
}

func (c *cluster) drop(ctx context.Context, name string) error {
	return c.do(ctx, "drop database if exists "+name+" with (force)")
}

func (c *cluster) do(ctx context.Context, sql string) error {
	if _, err := c.conn.Exec(ctx, sql); err != nil {
		return fmt.Errorf("%s: %w", sql, err)
	}
	return nil
}

// in does statements in a database, each by itself.
func (c *cluster) in(ctx context.Context, database string, statements ...string) error {
	conn, err := pgx.Connect(ctx, c.server.URL(database))
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	for _, sql := range statements {
		if _, err := conn.Exec(ctx, sql); err != nil {
			return fmt.Errorf("%s: %w", sql, err)
		}
	}
	return nil
}
