package news

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"normmap/internal/store/postgres"
)

// State says of when an answer about the record is: two answers at the same
// state, to the same question, are the same.
type State struct {
	Revision int64 // the newest changeset
	Names    int64 // how often accounts were renamed: pages name who wrote a changeset
	Epoch    int64 // how often this instance may have missed something; not in the database

	Texts int64 // how often texts changed, and the names beside them; not heard of, but read
}

// news is what one instance knows of the newest state without asking for it:
// its own changesets at once, those of others by the database's notifications
// ([Store.Follow]). While nobody follows, it must be asked for.
type news struct {
	heard atomic.Pointer[heard] // never nil

	notify  func(context.Context) error // tells the other instances; nil where there are none to tell
	mu      sync.Mutex
	untold  bool          // something was written since notify was last called
	telling bool          // a goroutine calls it
	closed  chan struct{} // nobody is told any more
	told    sync.WaitGroup
}

type heard struct {
	State
	current bool // whoever writes something newer will say so
}

func newNews() *news {
	n := &news{closed: make(chan struct{})}
	n.heard.Store(&heard{})
	return n
}

// update changes what was heard, whoever else changes it at the same time.
func (n *news) update(change func(*heard)) {
	for {
		old := n.heard.Load()
		next := *old
		change(&next)
		if next == *old || n.heard.CompareAndSwap(old, &next) {
			return
		}
	}
}

// hear takes in a state that was read from the database. A later one may have
// been heard meanwhile.
func (n *news) hear(st State) {
	n.update(func(h *heard) {
		h.Revision, h.Names = max(h.Revision, st.Revision), max(h.Names, st.Names)
	})
}

// lose notes that changes of others will not be heard of.
func (n *news) lose() {
	n.update(func(h *heard) {
		if h.current {
			h.current, h.Epoch = false, h.Epoch+1
		}
	})
}

// regain begins a new epoch with what read finds in the database now: after a
// loss the record may even have fallen back, onto a standby that did not have
// the last changesets.
func (n *news) regain(read func() (State, error)) error {
	for {
		old := n.heard.Load()
		st, err := read()
		if err != nil {
			return err
		}
		st.Epoch = old.Epoch + 1
		if n.heard.CompareAndSwap(old, &heard{st, true}) {
			return nil
		}
	}
}

// newestState is one row, whether or not there is a changeset.
const newestState = "select coalesce((select max(id) from changeset), 0) as revision, (select version from account_names) as names"

// MomentState is that of a snapshot, for which it matters of when texts are.
const MomentState = `select coalesce((select max(id) from changeset), 0) as revision, (select version from account_names) as names,
  (select version from text_version) as texts`

// Revisions is what the database knows of a State.
type Revisions struct{ Revision, Names, Texts int64 }

// Newest is the newest state of the record. It is answered from memory while
// changes are heard of, and otherwise asked of the database. Never is it older
// than what this instance wrote, or another one had written a moment ago.
func (s *Store) Newest(ctx context.Context) (State, error) {
	h := s.news.heard.Load()
	if h.current {
		return h.State, nil
	}
	st, err := ReadState(ctx, s.db)
	if err != nil {
		return State{}, fmt.Errorf("asking for the newest revision: %w", err)
	}
	if !s.bound { // else it may not be there to stay
		s.news.hear(st)
	}
	st.Epoch = h.Epoch
	return st, nil
}

// Heard is [Store.Newest] where that is known without asking the database.
func (s *Store) Heard() (st State, current bool) {
	h := s.news.heard.Load()
	return h.State, h.current
}

// Epoch is how often this instance may have missed something.
func (s *Store) Epoch() int64 { return s.news.heard.Load().Epoch }

// Hear takes in a state that was read from the database.
func (s *Store) Hear(st State) { s.news.hear(st) }

// ReadState asks the database for the newest state.
func ReadState(ctx context.Context, db postgres.DB) (st State, err error) {
	err = db.QueryRow(ctx, newestState).Scan(&st.Revision, &st.Names)
	return st, postgres.Failure(err)
}

// Wrote is called after a changeset was written, with its revision; see committed.
func (s *Store) Wrote(ctx context.Context, revision int64, told bool) {
	s.written.Add(1)
	s.committed(ctx, revision, told)
}

// committed is called after a changeset was committed, or written into the
// transaction that this store is bound to, which passes it on when it ends.
// Told says whether the other instances hear of it anyway.
func (s *Store) committed(ctx context.Context, revision int64, told bool) {
	if s.bound {
		s.unheard.Store(max(s.unheard.Load(), revision))
		return
	}
	s.news.hear(State{Revision: revision})
	if w, ok := ctx.Value(writtenKey{}).(*Written); ok {
		w.note(revision)
	}
	if !told {
		s.news.tell()
	}
}

type writtenKey struct{}

// Written is what was written on behalf of one request.
type Written struct{ revision atomic.Int64 }

// NoteWritten prepares a context so that whatever is written with it leaves its
// revision there.
func NoteWritten(ctx context.Context) (context.Context, *Written) {
	w := new(Written)
	return context.WithValue(ctx, writtenKey{}, w), w
}

// Revision is the last changeset that was written, 0 when there was none.
func (w *Written) Revision() int64 { return w.revision.Load() }

func (w *Written) note(revision int64) { w.revision.Store(max(w.revision.Load(), revision)) }

// Telling others takes a transaction of its own, which need not be on disk: who
// listens hears of the last of several at once. New links tell of themselves.
const notifyOthers = "select set_config('synchronous_commit', 'off', true), pg_notify('normmap_news', '')"

// Writers who follow each other closely are told of together.
const (
	tellEvery  = 5 * time.Millisecond
	tellWithin = 2 * time.Second
)

// tell sees to it that the other instances hear of what was committed. When
// that fails they find out by themselves, a moment later.
func (n *news) tell() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.untold = true
	if n.notify == nil || n.telling || n.ended() {
		return
	}
	n.telling = true
	n.told.Go(func() {
		for n.more() {
			ctx, cancel := context.WithTimeout(context.Background(), tellWithin)
			_ = n.notify(ctx)
			cancel()
			n.pause()
		}
	})
}

// more tells whether there is something to tell, which is then about to happen.
func (n *news) more() bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.telling, n.untold = n.untold, false
	return n.telling
}

func (n *news) pause() {
	select {
	case <-n.closed:
	case <-time.After(tellEvery):
	}
}

func (n *news) ended() bool {
	select {
	case <-n.closed:
		return true
	default:
		return false
	}
}

// end waits until what was committed is told.
func (n *news) end() {
	n.mu.Lock()
	if !n.ended() {
		close(n.closed)
	}
	n.mu.Unlock()
	n.told.Wait()
}

// Tell has others told, through a pool, of what is written.
func (s *Store) Tell(pool *pgxpool.Pool) {
	s.news.notify = func(ctx context.Context) error {
		_, err := pool.Exec(ctx, notifyOthers)
		return err
	}
}
