package edit

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// Bounds of what shares a transaction, so that nobody waits long for others.
const (
	mostShare     = 64  // changesets
	mostEdits     = 200 // of all of them; a longer changeset has its own
	writingAtMost = 10 * time.Second
)

// writer lets an instance write on one connection at a time. All changesets
// that wait at one moment share a transaction, since a lock that is kept until
// a commit is on disk lets nobody else commit meanwhile: each has a savepoint
// and an outcome of its own. Whoever comes while nobody writes does so for all
// who wait by then, and then makes way for the first of those who came since.
type writer struct {
	pool    *pgxpool.Pool
	mu      sync.Mutex
	busy    bool
	waiting []*waiter // in the order in which they came

	// conn is that of whoever writes, who leaves it to the next one who waits:
	// what it knows of the statements need not be learnt again.
	conn *pgxpool.Conn
}

// waiter is a changeset that waits to be written.
type waiter struct {
	ctx   context.Context
	batch Batch
	turn  chan bool // whether to write, or else to look at the outcome
	done  norms.Applied
	told  bool // the other instances hear of it when it is committed
	err   error
}

// apply writes a changeset. Whoever gives up while it waits has written
// nothing; once it is being written the outcome is what happened. Told says
// whether the other instances need not be told of it.
func (w *writer) apply(ctx context.Context, b Batch) (done norms.Applied, told bool, err error) {
	me := &waiter{ctx: ctx, batch: b, turn: make(chan bool, 1)}
	if !w.join(me) {
		select {
		case lead := <-me.turn:
			if !lead {
				return me.done, me.told, me.err
			}
		case <-ctx.Done():
			if w.leave(me) {
				return norms.Applied{}, false, postgres.Failure(ctx.Err())
			}
			if !<-me.turn {
				return me.done, me.told, me.err
			}
		}
	}
	w.lead()
	return me.done, me.told, me.err
}

// join takes a place among those who wait and says whether nobody writes, so
// that it is for the newcomer to do.
func (w *writer) join(me *waiter) (lead bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.waiting = append(w.waiting, me)
	lead, w.busy = !w.busy, true
	return lead
}

// leave gives up a place, unless it is too late for that.
func (w *writer) leave(me *waiter) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(me.turn) > 0 {
		return false
	}
	for i, other := range w.waiting {
		if other == me {
			w.waiting = append(w.waiting[:i], w.waiting[i+1:]...)
			return true
		}
	}
	return false
}

// lead writes for those who wait, of whom the caller is the first.
func (w *writer) lead() {
	group, broke := w.take(), true
	defer func() { // also when writing panics: nobody may wait for ever, or believe that it was written
		if broke {
			tell(group, errBroken)
		}
		w.next()
		for _, m := range group[1:] {
			m.turn <- false
		}
	}()
	ctx := group[0].ctx
	if len(group) > 1 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(context.WithoutCancel(ctx), writingAtMost)
		defer cancel()
	}
	w.write(ctx, group)
	broke = false
}

// errBroken is what the others read when the one who wrote for them panicked.
var errBroken = errors.New("writing broke off")

// take takes those who can share a transaction off the waiting.
func (w *writer) take() []*waiter {
	w.mu.Lock()
	defer w.mu.Unlock()
	n, edits := 1, len(w.waiting[0].batch.Edits)
	for ; n < len(w.waiting) && n < mostShare && !w.waiting[0].batch.alone(); n++ {
		edits += len(w.waiting[n].batch.Edits)
		if edits > mostEdits || w.waiting[n].batch.alone() {
			break
		}
	}
	group := w.waiting[:n:n]
	w.waiting = w.waiting[n:]
	return group
}

// alone says whether a changeset has its own transaction: a long one, the
// seeds, what puts off checks of the whole transaction, and what may take long.
func (b Batch) alone() bool {
	return b.By.Seeds || len(b.Edits) > mostEdits || slices.ContainsFunc(b.Edits, func(e norms.Edit) bool {
		switch e := e.(type) {
		case norms.Revert, norms.Restore, norms.PutEdition:
			return true
		case norms.PutSourceText:
			return e.Replaces != ""
		}
		return false
	})
}

// next lets the first of those who wait write, or nobody.
func (w *writer) next() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.busy = len(w.waiting) > 0; w.busy {
		w.waiting[0].turn <- true
		return
	}
	w.disconnect()
}

// write writes a group and notes each one's outcome.
func (w *writer) write(ctx context.Context, group []*waiter) {
	if err := w.connect(ctx); err != nil {
		tell(group, postgres.Failure(err))
		return
	}
	if !slices.ContainsFunc(group, func(m *waiter) bool { return !m.batch.addsLink() }) && w.addLinks(ctx, w.conn.Conn(), group) {
		return
	}
	p := postgres.Pipeline(w.conn.Conn())
	s := on(p)
	if len(group) > 1 {
		err := s.inTx(ctx, func(tx *Store) error { return tx.share(ctx, p, group) })
		if err == nil {
			return
		}
		if p.Closed() {
			tell(group, err)
			return
		}
		_ = p.FailedLate() // each is tried again
	}
	for _, m := range group { // the only one, or each after the commit of all was refused
		m.done, m.err = s.writeAlone(ctx, m.batch)
	}
}

// connect takes a connection, unless whoever wrote before left theirs in order.
func (w *writer) connect(ctx context.Context) (err error) {
	if w.conn != nil {
		if c := w.conn.Conn().PgConn(); !c.IsClosed() && !c.IsBusy() && c.TxStatus() == 'I' {
			return nil
		}
		w.disconnect()
	}
	w.conn, err = w.pool.Acquire(ctx)
	return err
}

func (w *writer) disconnect() {
	if w.conn != nil {
		w.conn.Release()
		w.conn = nil
	}
}

func tell(group []*waiter, err error) {
	for _, m := range group {
		m.done, m.err = norms.Applied{}, err
	}
}

// share writes a group in the transaction to which s is bound, each in a
// savepoint. What one of them put off is answered when the next one sends
// something. If it failed, the next one's savepoint was not made: by rolling it
// back, that of the failed one was, and the next one begins again.
func (s *Store) share(ctx context.Context, p *postgres.Pipelined, group []*waiter) error {
	for i := 0; i < len(group); {
		m := group[i]
		b := m.batch
		b.shares = true
		m.done, _, m.err = s.write(ctx, b)
		if p.Closed() {
			return m.err
		}
		if late := p.FailedLate(); late != nil && i > 0 {
			tell(group[i-1:i], postgres.Failure(late))
			continue
		}
		i++
	}
	return s.shareLast(ctx, p, group[len(group)-1])
}

// shareLast answers what the last one put off.
func (s *Store) shareLast(ctx context.Context, p *postgres.Pipelined, last *waiter) error {
	err := p.Flush(ctx)
	late := p.FailedLate()
	if late == nil {
		return err
	}
	last.done, last.err = norms.Applied{}, postgres.Failure(late)
	_, err = s.db.Exec(ctx, "rollback to savepoint sp_1")
	return err
}

// Waiting is how many changesets wait for their turn to be written.
func (s *Store) Waiting() int {
	s.writer.mu.Lock()
	defer s.writer.mu.Unlock()
	return len(s.writer.waiting)
}
