package postgres

import (
	"context"
	"errors"
	"math"
	"slices"
	"strconv"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Forever is the revision until which the present version of a row lasts.
const Forever = math.MaxInt64

// InPast is the record as it was at a revision, read from a pool of [OpenPast]. It
// cannot be written to.
func InPast(pool *pgxpool.Pool, revision int64) DB { return past{pool: pool, revision: revision} }

// AsOf is the revision of the past that is looked at; 0 for the present.
func AsOf(db DB) int64 {
	if p, ok := db.(past); ok {
		return p.revision
	}
	return 0
}

// Upto is the revision up to which the record is looked at; for the present,
// one to which no version lasts but those that still count.
func Upto(db DB) int64 {
	if revision := AsOf(db); revision > 0 {
		return revision
	}
	return Forever - 1
}

// ByIndex is db for statements about one thing. In the past its views are of
// tables of which the planner expects little, and reads them from end to end
// for each row: it is told to look things up by index, and to plan once.
func ByIndex(db DB) DB {
	p, earlier := db.(past)
	if !earlier {
		return db
	}
	p.byIndex = true
	return p
}

// past runs every statement on the rows of one revision. The revision is set
// in the same transaction as the statement, so it cannot leak to another.
type past struct {
	pool     *pgxpool.Pool
	revision int64
	byIndex  bool
}

// Of a revision whose tallies are not written down yet they are counted anew.
const (
	setRevision = "select set_config('normmap.as_of', $1, true), set_config('search_path', " +
		"case when $1::bigint > (select revision from history.tally_end) then 'recounted, asof, public' else 'asof, public' end, true)"
	setByIndex = setRevision + ", set_config('enable_seqscan', 'off', true), set_config('plan_cache_mode', 'force_generic_plan', true)"
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
