package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/url"
	"strings"
	"time"

	"normmap/internal/config"
	"normmap/internal/pglocal"
	"normmap/internal/store"
	"normmap/internal/store/postgres"
	"normmap/internal/store/schema"
)

// database is the one that a command works on.
type database struct {
	program    string // how this program was called
	url, owner string
	slow       *postgres.SlowLog // nil when nobody asked for it
	given      bool              // by DATABASE_URL, so it belongs to somebody else
	server     *pglocal.Server   // of the private database, when it is ours to stop
	store      *store.Store
	closers    []func()
}

// borrow finds the database for a command that is not serve: the given one,
// else that of a running serve, else a private server of its own on the
// cluster that serve made.
func (p *program) borrow(ctx context.Context, c config.Config) (*database, error) {
	if c.DatabaseURL == "" {
		if address, ok := pglocal.Running(c.DataDir); ok {
			db := &database{program: p.name, url: address, owner: address}
			return db, db.open(ctx)
		}
		exists, err := pglocal.Exists(c.DataDir)
		if err != nil {
			return nil, err
		}
		if !exists {
			return nil, fmt.Errorf("there is no database in %s; is the service run by another user, or with another --data-dir?", c.DataDir)
		}
	}
	return p.own(ctx, c, slog.New(slog.DiscardHandler), p.stderr, nil)
}

// own finds the database for serve: the given one, else a private server,
// which must not be in use. progress gets a line when that takes long; slow,
// which may be nil, what the service's statements take.
func (p *program) own(ctx context.Context, c config.Config, log *slog.Logger, progress io.Writer, slow *postgres.SlowLog) (*database, error) {
	db := &database{program: p.name, url: string(c.DatabaseURL), owner: string(c.OwnerURL), given: c.DatabaseURL != "", slow: slow}
	if !db.given {
		server, err := pglocal.Start(ctx, pglocal.Options{
			Dir: c.DataDir, BinDir: c.PgBin, CacheDir: c.CacheDir, Log: log, Progress: progress,
		})
		if err != nil {
			return nil, err
		}
		db.server, db.url, db.owner = server, server.URL(""), server.URL("")
	}
	if err := db.open(ctx); err != nil {
		db.close()
		return nil, err
	}
	return db, nil
}

// open makes the pool. It connects only when it is used. There are few
// connections: what a page needs takes a millisecond, and more of them would
// only wait for each other's processors. There are more than downloads and
// costly pages together may take, so that cheap ones always find one.
func (d *database) open(ctx context.Context) error {
	var err error
	if d.url, err = writable(d.url); err != nil {
		return err
	}
	if d.owner, err = writable(d.owner); err != nil {
		return err
	}
	if d.owner, err = with(d.owner, "connect_timeout", "5"); err != nil { // seconds
		return err
	}
	d.store, err = d.pools(ctx, 16, 8)
	return err
}

// pools opens pools of at most so many connections, which close closes.
func (d *database) pools(ctx context.Context, present, past int32) (*store.Store, error) {
	st, end, err := store.Connect(ctx, d.url, present, past, postgres.Watched(d.slow))
	if err != nil {
		return nil, d.explain(err)
	}
	d.closers = append(d.closers, end)
	return st, nil
}

// with is address with a parameter more.
func with(address, name, value string) (string, error) {
	u, err := url.Parse(address)
	if err != nil {
		return "", errUnreadable
	}
	q := u.Query()
	q.Set(name, value)
	u.RawQuery = q.Encode()
	return u.String(), nil
}

// writable is address, which of several servers asks for the one that takes
// changes, unless it says itself which one it means: a standby would show an
// older record and refuse every change.
func writable(address string) (string, error) {
	const attribute = "target_session_attrs"
	u, err := url.Parse(address)
	if err != nil {
		return "", errUnreadable
	}
	q := u.Query()
	if q.Has(attribute) || !strings.Contains(u.Host+q.Get("host"), ",") {
		return address, nil
	}
	return with(address, attribute, "read-write")
}

// errUnreadable leaves the text out, which would show the password; config has
// read it before.
var errUnreadable = errors.New("the address of the database cannot be read")

// close ends the pools, then the private server.
func (d *database) close() {
	if d == nil {
		return
	}
	d.slow.End()
	for _, end := range d.closers {
		end()
	}
	if d.server != nil {
		_ = d.server.Stop() // it was asked politely, then killed
	}
}

// ended is closed when the private server has ended by itself; nil, which
// blocks, when there is none.
func (d *database) ended() <-chan struct{} {
	if d.server == nil {
		return nil
	}
	return d.server.Done()
}

// migrate brings the schema to the newest version, and lets the service in
// where it has a login of its own.
func (d *database) migrate(ctx context.Context) error {
	if err := schema.Migrate(ctx, d.owner); err != nil {
		return d.explain(err)
	}
	if !d.given {
		return nil
	}
	return d.explain(schema.Admit(ctx, d.owner, d.url))
}

// prepare sees to it that the schema is current: it migrates a private server
// of our own, and refuses any other that is not.
func (d *database) prepare(ctx context.Context) error {
	if d.server != nil {
		return d.migrate(ctx)
	}
	go func() { _ = d.store.Ping(ctx) }() // the first page finds a connection made; what fails there, fails here
	st, err := d.schema(ctx)
	if err != nil {
		return err
	}
	if !st.Current() {
		return fmt.Errorf("this database cannot be used: %s", st.Describe(d.program))
	}
	return nil
}

// schema tells the state of the schema, as its owner: where no migration ever
// ran there is no role of the application.
func (d *database) schema(ctx context.Context) (schema.SchemaState, error) {
	st, err := schema.ReadSchema(ctx, d.owner)
	return st, d.explain(err)
}

// explain turns what the driver says into one line that says where the
// database is and what to do. The address is shown without user and password.
func (d *database) explain(err error) error {
	if err == nil {
		return nil
	}
	what := "check DATABASE_URL and that the server runs"
	if !d.given {
		what = "run this as the user who runs " + d.program + " serve"
	}
	if postgres.Refused(err) {
		return fmt.Errorf("the database %s refuses us: wrong user, password or name; %s", place(d.url), what)
	}
	if isAway(err) {
		return fmt.Errorf("the database %s does not answer%s; %s", place(d.url), because(err), what)
	}
	return err
}

// place is host and database name of an address.
func place(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "given"
	}
	host := u.Host
	if host == "" {
		host = u.Query().Get("host")
	}
	return host + u.Path
}

// because names what the network said, where it said something.
func because(err error) string {
	if op, ok := errors.AsType[*net.OpError](err); ok {
		return ": " + op.Err.Error()
	}
	if dns, ok := errors.AsType[*net.DNSError](err); ok {
		return ": " + dns.Err
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return " in time"
	}
	return ""
}

// readiness asks the database on a connection of its own, so that a full pool
// does not look like a database that is away.
func (d *database) readiness(ctx context.Context) (func(context.Context) error, error) {
	const patience = time.Second
	own, err := d.pools(ctx, 1, 0)
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context) error {
		ctx, cancel := context.WithTimeout(ctx, patience)
		defer cancel()
		err := own.Ping(ctx)
		if errors.Is(err, store.ErrStandby) { // the others may listen to it too
			own.Reconnect()
			d.store.Reconnect()
		}
		return err
	}, nil
}
