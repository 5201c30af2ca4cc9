package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
)

// addsLink says whether a changeset is one new link and nothing else.
func (b batch) addsLink() bool {
	if len(b.edits) != 1 || b.by.Seeds {
		return false
	}
	link, ok := b.edits[0].(norms.PutLink)
	return ok && link.ID == 0
}

// errOneByOne ends shareLinks when something speaks against one of the links.
var errOneByOne = errors.New("these are to be written one by one")

// shareLinks writes a group of new links, a changeset each, in two round trips:
// what all of them name is looked up together, and then they are sent together.
// There are no savepoints, so when anything speaks against one of the links, or
// one is not found, none is written, and it is for share to say which.
func (s *Store) shareLinks(ctx context.Context, p *pipelined, group []*waiter) error {
	all, last, err := s.nameLinks(ctx, group)
	if err != nil {
		return err
	}
	for i, w := range all {
		w.rev = last + int64(i) + 1
		if err := w.openLater(p, group[i].batch); err != nil {
			return err
		}
		if _, err := w.edit(ctx, group[i].batch.edits[0]); err != nil {
			return err
		}
	}
	readMoments(p, all)
	if err := p.flush(ctx); err != nil {
		return failure(err)
	}
	if err := p.failedLate(); err != nil {
		return failure(err)
	}
	for i, w := range all {
		m := group[i]
		w.done.Revision, w.done.Written = w.rev, 1
		m.done, m.err = w.done, nil
		if m.batch.shown != nil {
			*m.batch.shown = w.shown
		}
	}
	return nil
}

// nameLinks takes the lock of writers, looks up what the links name, and tells
// the last revision.
func (s *Store) nameLinks(ctx context.Context, group []*waiter) (all []*writing, last int64, err error) {
	b := &pgx.Batch{}
	b.Queue(lockWriters)
	b.Queue(newestRevision).QueryRow(func(row pgx.Row) error { return row.Scan(&last) })
	b.Queue(samePlan)
	for _, m := range group {
		w := &writing{db: s.db, by: m.batch.by, proposer: m.batch.proposer, sole: true, known: map[string]int64{}}
		w.nameAhead(b, m.batch.edits[0].(norms.PutLink))
		all = append(all, w)
	}
	if err := s.db.SendBatch(ctx, b).Close(); err != nil {
		return nil, 0, failure(err)
	}
	for _, w := range all {
		if w.shown == nil {
			return nil, 0, errOneByOne
		}
	}
	return all, last, nil
}

// openLater opens a changeset along with what is sent next. Its number is known
// beforehand, as nobody else writes.
func (w *writing) openLater(p *pipelined, b batch) error {
	args, err := w.changeset(b.reason, b.edits)
	if err != nil {
		return err
	}
	p.readLater(func(rows pgx.Rows) error {
		rev, err := pgx.CollectExactlyOneRow(rows, pgx.RowTo[int64])
		if err == nil && rev != w.rev {
			err = fmt.Errorf("changeset %d was opened as %d", w.rev, rev)
		}
		return err
	}, openChangeset, args)
	return nil
}

// momentsSince reads when changesets were opened.
const momentsSince = `
select at
from changeset
where id >= @first
order by id`

// readMoments tells the links when their changesets were opened.
func readMoments(p *pipelined, all []*writing) {
	p.readLater(func(rows pgx.Rows) error {
		moments, err := pgx.CollectRows(rows, pgx.RowTo[time.Time])
		if err == nil && len(moments) != len(all) {
			err = fmt.Errorf("%d changesets were opened, and %d are there", len(all), len(moments))
		}
		if err != nil {
			return err
		}
		for i, w := range all {
			w.shown.At = moments[i]
		}
		return nil
	}, momentsSince, pgx.StrictNamedArgs{"first": all[0].rev})
}
