package store

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"normmap/internal/norms"
)

// OpenPast makes a pool of connections that can only look at the past: their
// role sees the views of the schema asof and the history, and nothing of the
// present. It is a pool of its own, since connections that went to and fro
// would plan every statement anew.
func OpenPast(ctx context.Context, url string, options ...func(*pgxpool.Config)) (*pgxpool.Pool, error) {
	return open(ctx, url, "set role normmap_past; set search_path = asof, public; set default_transaction_read_only = on", options...)
}

// Connect makes a Store on pools of its own, of at most so many connections
// each; with 0 for the past it cannot be asked for it. What it writes it tells
// those who follow (see [Store.Follow]). end closes the pools.
func Connect(ctx context.Context, url string, present, past int32, options ...func(*pgxpool.Config)) (s *Store, end func(), err error) {
	most := func(n int32) []func(*pgxpool.Config) {
		return append([]func(*pgxpool.Config){func(c *pgxpool.Config) { c.MaxConns = n }}, options...)
	}
	pool, err := Open(ctx, url, most(present)...)
	if err != nil {
		return nil, nil, err
	}
	s = New(pool).telling(pool)
	endPresent := func() {
		s.news.end()
		pool.Close()
	}
	if past == 0 {
		return s, endPresent, nil
	}
	earlier, err := OpenPast(ctx, url, most(past)...)
	if err != nil {
		endPresent()
		return nil, nil, err
	}
	return s.WithPast(earlier), func() {
		earlier.Close()
		endPresent()
	}, nil
}

// WithPast is the store with a pool that [OpenPast] made, so that AsOf can be
// asked.
func (s *Store) WithPast(pool *pgxpool.Pool) *Store {
	return &Store{db: s.db, past: pool, bound: s.bound, writer: s.writer, news: s.news, kept: s.kept}
}

// AsOf reads the record as it was at a revision. It cannot write.
func (s *Store) AsOf(revision int64) *Store {
	return &Store{db: past{pool: s.past, revision: revision}, past: s.past, asOf: revision, news: s.news}
}

// upto is the revision up to which the record is looked at; for the present,
// one to which no version lasts but those that still count.
func (s *Store) upto() int64 {
	if s.asOf > 0 {
		return s.asOf
	}
	return forever - 1
}

// past runs every statement on the rows of one revision. The revision is set
// in the same transaction as the statement, so it cannot leak to another.
type past struct {
	pool     *pgxpool.Pool
	revision int64
	byIndex  bool
}

const (
	setRevision = "select set_config('normmap.as_of', $1, true)"
	setByIndex  = setRevision + ", set_config('enable_seqscan', 'off', true), set_config('plan_cache_mode', 'force_generic_plan', true)"
)

var errPast = errors.New("the past cannot be changed")

func (p past) Begin(context.Context) (pgx.Tx, error) { return nil, errPast }

func (p past) Exec(context.Context, string, ...any) (pgconn.CommandTag, error) {
	return pgconn.CommandTag{}, errPast
}

func (p past) CopyFrom(context.Context, pgx.Identifier, []string, pgx.CopyFromSource) (int64, error) {
	return 0, errPast
}

// SendBatch sends the setting and the statements together: one round trip and
// one transaction.
func (p past) SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults {
	sql := setRevision
	if p.byIndex {
		sql = setByIndex
	}
	set := &pgx.Batch{}
	set.Queue(sql, strconv.FormatInt(p.revision, 10))
	results := p.pool.SendBatch(ctx, &pgx.Batch{QueuedQueries: slices.Concat(set.QueuedQueries, b.QueuedQueries)})
	_, _ = results.Exec() // the error comes again with every result that follows
	return results
}

// byIndex is the store for statements about one thing. In the past its views are
// of tables of which the planner expects little, and reads them from end to end
// for each row: it is told to look things up by index, and to plan once.
func (s *Store) byIndex() *Store {
	p, earlier := s.db.(past)
	if !earlier {
		return s
	}
	p.byIndex = true
	return &Store{db: p, past: s.past, asOf: s.asOf, news: s.news}
}

// Query implements DB.
func (p past) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	b := &pgx.Batch{}
	b.Queue(sql, args...)
	results := p.SendBatch(ctx, b)
	rows, err := results.Query()
	if err != nil {
		_ = results.Close()
		return nil, err
	}
	return &pastRows{rows, results}, nil
}

func (p past) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row {
	rows, err := p.Query(ctx, sql, args...)
	return pastRow{rows, err}
}

// pastRows give their connection back when they are closed.
type pastRows struct {
	pgx.Rows
	results pgx.BatchResults
}

// Next implements pgx.Rows. After the last row it closes them, as those of a
// connection do.
func (r *pastRows) Next() bool {
	if r.Rows.Next() {
		return true
	}
	r.Close()
	return false
}

// Close implements pgx.Rows.
func (r *pastRows) Close() {
	r.Rows.Close()
	_ = r.results.Close() // what went wrong is in Err
}

// pastRow is the first of rows.
type pastRow struct {
	rows pgx.Rows
	err  error
}

// Scan implements pgx.Row.
func (r pastRow) Scan(into ...any) error {
	if r.err != nil {
		return r.err
	}
	defer r.rows.Close()
	if !r.rows.Next() {
		if err := r.rows.Err(); err != nil {
			return err
		}
		return pgx.ErrNoRows
	}
	return r.rows.Scan(into...)
}

const momentOf = `
select c.id as revision, c.at, (select max(id) from changeset) - c.id as since,
  (select at from changeset order by id desc limit 1) as newest
from changeset c
where c.id = coalesce(nullif(@revision::bigint, 0), (select max(id) from changeset where at <= @at::timestamptz))`

const edges = `
select coalesce(min(id), 0) as first, coalesce(max(id), 0) as last, min(at) as began from changeset`

// Moment finds the revision that a question about the past means. It is
// NotFound when nothing was recorded yet, or not so many revisions.
func (s *Store) Moment(ctx context.Context, asked norms.AsOf) (norms.Moment, error) {
	found, err := collect[norms.Moment](ctx, s.db, "a revision", momentOf, pgx.StrictNamedArgs{"revision": asked.Revision, "at": asked.At})
	if err != nil {
		return norms.Moment{}, err
	}
	if len(found) > 0 {
		found[0].Asked = asked.At
		return found[0], nil
	}
	var first, last int64
	var began *time.Time
	if err := s.db.QueryRow(ctx, edges).Scan(&first, &last, &began); err != nil {
		return norms.Moment{}, failure(err)
	}
	switch {
	case began == nil:
		return norms.Moment{}, norms.NotFoundf("nothing is recorded yet, so there is no past to look at")
	case asked.Revision > 0:
		return norms.Moment{}, norms.NotFoundf("there is no revision %d; the record has %d to %d (a day is written like 2026-11-22)", asked.Revision, first, last)
	}
	return norms.Moment{}, norms.NotFoundf("nothing was recorded then: the record begins on %s", began.UTC().Format("2 January 2006 at 15:04 UTC"))
}

// Shown is the revision that this store shows: one of the past, or the newest
// that it sees.
func (s *Store) Shown(ctx context.Context) (int64, error) {
	if s.asOf > 0 {
		return s.asOf, nil
	}
	return s.Revision(ctx)
}
