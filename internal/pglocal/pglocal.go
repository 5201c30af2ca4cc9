package pglocal

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	"sync"
	"time"
)

// defaultName is the role, the database and the folder name when Options say nothing.
const defaultName = "normmap"

// ErrInUse is matched by the error of Start and Reset when another running
// instance holds the directory.
var ErrInUse = errors.New("in use by another running instance")

// Options say which server to run.
type Options struct {
	Dir       string            // holds the cluster; may be empty only if Ephemeral
	Name      string            // of the superuser role and of the database; "" = "normmap"
	BinDir    string            // folder with initdb and postgres; "" = search the machine, then download
	CacheDir  string            // keeps what is downloaded; "" = nothing is
	MinMajor  int               // oldest major version accepted; 0 = 15
	Ephemeral bool              // for tests: not durable; without Dir, deleted by Stop
	Timeout   time.Duration     // for the start, without a download; 0 = 60 s
	Settings  map[string]string // server settings that win over ours
	Log       *slog.Logger      // nil = silent
	Progress  io.Writer         // gets a line for people when something takes long; nil = silent

	folders []string // tests: search only these
	npm     string   // tests: the program that downloads
	bundle  *bundle  // tests: what it downloads; without a name, nothing
	outlive bool     // tests: the server does not notice our death, as on macOS
}

func (o Options) withDefaults() Options {
	o.Name = cmp.Or(o.Name, defaultName)
	o.MinMajor = cmp.Or(o.MinMajor, 15)
	o.Timeout = cmp.Or(o.Timeout, 60*time.Second)
	if o.Progress == nil {
		o.Progress = io.Discard
	}
	o.Log = cmp.Or(o.Log, slog.New(slog.DiscardHandler))
	return o
}

// Server is a running private server. Its methods may be called from several
// goroutines.
type Server struct {
	opt     Options
	user    *systemUser // nil: the server runs as we do
	bins    binaries
	data    string   // the cluster
	sock    string   // folder of the socket
	ownSock bool     // sock is outside Dir and ours to remove
	scratch bool     // Dir is ours to remove
	lock    *os.File // held until the server is gone
	proc    *process

	stop    sync.Once
	stopErr error
}

// Start finds server binaries or downloads them, makes the cluster if there is
// none, starts the server on it and returns when it takes connections. ctx ends
// the attempt, not the server. The error is made for the person who started
// the program: it says what was tried and what to do.
func Start(ctx context.Context, o Options) (*Server, error) {
	o = o.withDefaults()
	s := &Server{opt: o}
	if err := s.start(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("starting the private PostgreSQL: %w", err), s.Stop())
	}
	o.Log.Info("private PostgreSQL started", "version", s.bins.version, "bin", s.bins.dir,
		"data", s.data, "socket", s.sock, "pid", s.Pid())
	return s, nil
}

func (s *Server) start(ctx context.Context) error {
	major, err := s.open(ctx)
	if err != nil {
		return err
	}
	if s.bins, err = s.find(ctx, major); err != nil {
		return err
	}
	return s.bringUp(ctx, major)
}

// inTime is ctx with the time limit of what is done on this machine.
func (s *Server) inTime(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeoutCause(ctx, s.opt.Timeout, fmt.Errorf("not ready within %s", s.opt.Timeout))
}

// open makes the directory ours and tells which version made the cluster in
// it, 0 if there is none.
func (s *Server) open(ctx context.Context) (major int, err error) {
	ctx, cancel := s.inTime(ctx)
	defer cancel()
	if err := s.claim(ctx); err != nil {
		return 0, err
	}
	return clusterMajor(s.data)
}

// bringUp starts the server on its cluster, which it makes if there is none.
func (s *Server) bringUp(ctx context.Context, major int) error {
	ctx, cancel := s.inTime(ctx)
	defer cancel()
	if err := stopOrphan(ctx, s.data, s.opt.Log); err != nil {
		return err
	}
	if major == 0 {
		if err := s.initdb(ctx); err != nil {
			return err
		}
	}
	if err := s.makeSocketDir(); err != nil {
		return err
	}
	if err := s.boot(ctx); err != nil {
		return err
	}
	return s.createDatabase(ctx)
}

// URL is the connection string of a database of this server; "" is the one
// named in Options.
func (s *Server) URL(database string) string {
	return socketURL(s.sock, s.opt.Name, cmp.Or(database, s.opt.Name))
}

// socketURL has the user in the authority part, where every reader of such
// addresses (pgx, golang-migrate, psql) looks for it.
func socketURL(sock, role, database string) string {
	u := url.URL{
		Scheme:   "postgres",
		User:     url.User(role),
		Path:     "/" + database,
		RawQuery: url.Values{"host": {sock}, "sslmode": {"disable"}}.Encode(),
	}
	return u.String()
}

// Done is closed when the server process has ended, for whatever reason.
func (s *Server) Done() <-chan struct{} { return s.proc.done }

// Err says how the server process ended: nil before it has, and after a clean
// shutdown.
func (s *Server) Err() error { return s.proc.result() }

// Announce writes for [HeldBy] where the service that uses this server is
// reached, and where its metrics are, "" for none. It is forgotten with the lock,
// so it is never an old one's.
func (s *Server) Announce(address, metrics string) error {
	if _, err := fmt.Fprintf(s.lock, "%s\n%s\n", address, metrics); err != nil {
		return fmt.Errorf("announcing the addresses: %w", err)
	}
	return nil
}

// Pid is the process number of the server.
func (s *Server) Pid() int { return s.proc.cmd.Process.Pid }

// Stop ends the server, politely at first, and gives the directory free; an
// ephemeral one is deleted. Calling it again returns the same error.
func (s *Server) Stop() error {
	s.stop.Do(func() {
		if s.proc != nil {
			s.stopErr = s.proc.end(s.opt.Ephemeral)
		}
		s.release()
	})
	return s.stopErr
}

func (s *Server) release() {
	if s.ownSock {
		removeSocketDir(s.sock)
	}
	if s.scratch {
		_ = os.RemoveAll(s.opt.Dir)
	}
	if s.lock != nil {
		_ = s.lock.Close()
	}
}
