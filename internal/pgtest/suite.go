package pgtest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"normmap/internal/pglocal"
)

// appRole is the role as which the application works; the migrations make it.
const appRole = "normmap_app"

// binary is what all tests of this process share. The testing package hands
// nothing from TestMain to tests, so it is here.
var binary suite

// suite is a server, made ready when the first test asks for it.
type suite struct {
	main   bool         // Main runs, so close will be called
	seq    atomic.Int64 // for names
	once   sync.Once
	err    error
	server *pglocal.Server // nil if the server is not ours
	base   string          // address of a database to connect to for creating others
	admin  *pgxpool.Pool   // on base, as owner

	template string // migrated
	run      string // random, so that processes and machines can share a server

	sharedOnce sync.Once
	sharedErr  error
	shared     *pgxpool.Pool
	sharedName string
}

func (s *suite) open() error {
	s.once.Do(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
		defer cancel()
		if s.err = s.setUp(ctx, os.Getenv); s.err != nil {
			s.err = fmt.Errorf("tests need Postgres: %w", s.err)
		}
	})
	return s.err
}

func (s *suite) setUp(ctx context.Context, env func(string) string) (err error) {
	s.run = strings.ToLower(rand.Text()[:8])
	if s.base = env("TEST_DATABASE_URL"); s.base == "" {
		s.server, err = pglocal.Start(ctx, pglocal.Options{
			Ephemeral: true, BinDir: env("NORMMAP_PG_BIN"), Progress: os.Stderr,
			CacheDir: pglocal.DefaultCacheDir(os.Geteuid(), env, env("HOME")),
		})
		if err != nil {
			return fmt.Errorf("%w\nFor tests, TEST_DATABASE_URL may name a superuser's database instead", err)
		}
		s.base = s.server.URL("postgres")
	}
	if u, err := url.Parse(s.base); err != nil || !strings.HasPrefix(u.Scheme, "postgres") {
		return errors.New("TEST_DATABASE_URL must be an address like postgres://user:password@host:5432/postgres")
	}
	if s.admin, err = s.connect(ctx, s.base, 8, ""); err != nil {
		return err
	}
	s.template, err = s.migrated(ctx)
	return err
}

// close drops and stops what open and sharedPool made.
func (s *suite) close() {
	if s.shared != nil {
		s.shared.Close()
	}
	if s.sharedName != "" {
		if err := s.drop(context.Background(), s.sharedName); err != nil {
			fmt.Fprintln(os.Stderr, "pgtest:", err)
		}
	}
	if s.admin != nil {
		s.admin.Close()
	}
	if s.server == nil {
		return
	}
	if err := s.server.Stop(); err != nil {
		fmt.Fprintln(os.Stderr, "pgtest:", err)
	}
}

// sharedPool is on the database whose tests roll back.
func (s *suite) sharedPool() (*pgxpool.Pool, error) {
	s.sharedOnce.Do(func() {
		ctx := context.Background()
		if s.sharedName, s.sharedErr = s.clone(ctx, s.template); s.sharedErr != nil {
			return
		}
		s.shared, s.sharedErr = s.pool(ctx, withDatabase(s.base, s.sharedName), 16)
	})
	return s.shared, s.sharedErr
}

// pool connects as the application does.
func (s *suite) pool(ctx context.Context, url string, most int32) (*pgxpool.Pool, error) {
	return s.connect(ctx, url, most, appRole)
}

// connect makes a pool of at most that many connections; each takes on role.
func (s *suite) connect(ctx context.Context, url string, most int32, role string) (*pgxpool.Pool, error) {
	cfg, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("reading the test database's address: %w", err)
	}
	cfg.MaxConns = most
	if role != "" {
		cfg.AfterConnect = func(ctx context.Context, conn *pgx.Conn) error {
			_, err := conn.Exec(ctx, "set role "+role)
			return err
		}
	}
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return nil, fmt.Errorf("connecting to the test database: %w", err)
	}
	if err := pool.Ping(ctx); err != nil {
		pool.Close()
		return nil, fmt.Errorf("connecting to the test database: %w", err)
	}
	return pool, nil
}

// clone makes a database from a template. Copying files is three times as fast
// as the server's default for databases of this size, at least in memory.
func (s *suite) clone(ctx context.Context, template string) (name string, err error) {
	name = fmt.Sprintf("normmap_test_%s_%d", s.run, s.seq.Add(1))
	if _, err := s.admin.Exec(ctx, "create database "+name+" template "+template+" strategy file_copy"); err != nil {
		return "", fmt.Errorf("making a test database: %w", err)
	}
	return name, nil
}

// drop deletes a database, with whoever is still connected after a moment.
func (s *suite) drop(ctx context.Context, name string) error {
	conn, err := s.admin.Acquire(ctx)
	if err != nil {
		return fmt.Errorf("dropping a test database: %w", err)
	}
	defer conn.Release()
	if err := awaitAlone(ctx, conn.Conn(), name); err != nil {
		return fmt.Errorf("dropping a test database: %w", err)
	}
	if _, err := conn.Exec(ctx, "drop database if exists "+name+" with (force)"); err != nil {
		return fmt.Errorf("dropping a test database: %w", err)
	}
	return nil
}

// awaitAlone waits up to half a second until nobody is connected to name.
// Postgres itself looks again only every 100 ms when it drops or copies a
// database whose last session is on its way out.
func awaitAlone(ctx context.Context, conn *pgx.Conn, name string) error {
	for range 500 {
		var others int
		err := conn.QueryRow(ctx, `select count(*) from pg_stat_activity where datname = $1`, name).Scan(&others)
		if err != nil || others == 0 {
			return err
		}
		time.Sleep(time.Millisecond)
	}
	return nil
}

// withDatabase is address with another database in it.
func withDatabase(address, name string) string {
	u, err := url.Parse(address)
	if err != nil { // setUp has parsed it
		return address
	}
	u.Path = "/" + name
	return u.String()
}
