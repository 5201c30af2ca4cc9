package news

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"normmap/internal/store/postgres"
)

// How the newest state is followed. Besides the notifications it is read every
// so often: whoever wrote may have died before it could say so, and a
// connection may be dead without a word.
const (
	followEvery  = time.Second
	followWithin = time.Second
	// After a loss the first try is at once, and the others ever later.
	followFirst = 50 * time.Millisecond
	followMost  = 2 * time.Second
)

// Follow listens on a connection of its own to what other instances write,
// until end is called. Then, and while the connection is lost, Newest asks the
// database each time. Each loss, and each try to connect again that fails, is
// told to lost, which may be nil.
func (s *Store) Follow(ctx context.Context, lost func(error)) (end func(), err error) {
	pool, ok := s.db.(*pgxpool.Pool)
	if !ok {
		return nil, errors.New("only a store on a pool can follow what others write")
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	f := &follower{news: s.news, pool: pool.Config(), lost: lost}
	var running sync.WaitGroup
	running.Go(func() { f.run(ctx) })
	return func() {
		cancel()
		running.Wait()
	}, nil
}

type follower struct {
	news *news
	pool *pgxpool.Config
	lost func(error)
}

// run listens, again and again.
func (f *follower) run(ctx context.Context) {
	wait := followFirst
	for {
		heard, err := f.listen(ctx)
		f.news.lose()
		if ctx.Err() != nil {
			return
		}
		if f.lost != nil {
			f.lost(err)
		}
		if heard {
			wait = followFirst
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		wait = min(2*wait, followMost)
	}
}

// listen hears until the connection is lost; heard tells whether there was one.
func (f *follower) listen(ctx context.Context) (heard bool, err error) {
	conn, err := f.connect(ctx)
	if err != nil {
		return false, fmt.Errorf("connecting to listen: %w", err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	// What is read after this began cannot be missed: it is either in the state
	// or notified.
	if _, err := conn.Exec(ctx, "listen normmap_news"); err != nil {
		return false, fmt.Errorf("beginning to listen: %w", err)
	}
	if err := f.news.regain(func() (State, error) { return f.read(ctx, conn) }); err != nil {
		return false, err
	}
	for {
		if err := f.hearFor(ctx, conn); err != nil {
			return true, err
		}
		st, err := f.read(ctx, conn)
		if err != nil {
			return true, err
		}
		f.news.hear(st)
	}
}

// connect makes a connection like those of the pool.
func (f *follower) connect(ctx context.Context) (*pgx.Conn, error) {
	cfg := f.pool.ConnConfig.Copy()
	cfg.RuntimeParams["application_name"] = "normmap listener"
	cfg.Tracer = nil // of what requests ask
	return postgres.ConnectAs(ctx, cfg, f.pool.AfterConnect)
}

// hearFor hears for a while of revisions, and returns sooner when there is news
// that must be asked for. Who tells of a revision has committed it, where this
// connection leads to: it is never newer than what can be read there.
func (f *follower) hearFor(ctx context.Context, conn *pgx.Conn) error {
	ctx, cancel := context.WithTimeout(ctx, followEvery)
	defer cancel()
	for {
		told, err := conn.WaitForNotification(ctx)
		if pgconn.Timeout(err) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("listening: %w", err)
		}
		revision, err := strconv.ParseInt(told.Payload, 10, 64)
		if err != nil {
			return nil // it is not said what
		}
		f.news.hear(State{Revision: revision})
	}
}

func (f *follower) read(ctx context.Context, conn *pgx.Conn) (State, error) {
	ctx, cancel := context.WithTimeout(ctx, followWithin)
	defer cancel()
	st, err := ReadState(ctx, conn)
	if err != nil {
		return st, fmt.Errorf("reading the newest revision: %w", err)
	}
	return st, nil
}
