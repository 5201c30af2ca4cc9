package store_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// writtenDown are the views of the past that read what was written down. Of each
// there is one that counts anew.
var writtenDown = []string{"organization_tally", "group_tally", "adherence_tally", "adherence_group_tally", "record_tally", "link_tally", "unresolved_tally", "cocitation_tally"}

// Whatever was written, what is written down of the tallies of each revision is
// what counting it anew gives, in however many steps it was.
func TestTalliesWrittenDownAreWhatCountingAnewGives(t *testing.T) {
	t.Parallel()
	s, pool := owned(t)
	r := rand.New(rand.NewPCG(45, 1))
	write := func(n int) string {
		if n < len(randomWrites) {
			return fmt.Sprintf(randomWrites[n], r.IntN(1000))
		}
		if n%9 == 0 {
			return fmt.Sprintf(renames[n/9%len(renames)], r.IntN(1000))
		}
		return fmt.Sprintf(randomWrites[r.IntN(len(randomWrites))], r.IntN(1000))
	}
	for n := range 90 {
		if n%5 == 4 {
			writeTogether(t, pool, write(n), write(n+1), write(n+2))
		} else {
			writeTogether(t, pool, write(n))
		}
		if n%7 == 6 { // some at once, others later by many
			must(t, pool.QueryRow(t.Context(), "select coalesce(history.keep_tallies($1, 50), 0)", 1+n%5).Scan(new(int64)))
		}
	}
	must(t, s.KeepCourse(t.Context()))
	newest := read[int64](t)(s.Revision(t.Context()))
	if newest < 80 {
		t.Fatalf("only %d changesets were written", newest)
	}
	changed := 0
	for revision := range newest + 1 {
		changed += sameTallies(t, pool, revision)
	}
	if changed < int(newest)*len(writtenDown)/10 { // the control: otherwise it would say nothing
		t.Errorf("of %d revisions only %d tallies are others than before", newest, changed)
	}
}

// writeTogether makes a changeset of each of several writes in one transaction,
// unless a constraint refuses what they make at random.
func writeTogether(t *testing.T, pool *pgxpool.Pool, writes ...string) {
	t.Helper()
	err := pgx.BeginFunc(t.Context(), pool, func(tx pgx.Tx) error {
		for _, sql := range writes {
			if _, err := tx.Exec(t.Context(), `select open_changeset('seed', null, 'rewritten by a test', '[]', null)`); err != nil {
				return err
			}
			if _, err := tx.Exec(t.Context(), "set constraints all deferred; "+sql); err != nil {
				return err
			}
		}
		return nil
	})
	if pg, refused := errors.AsType[*pgconn.PgError](err); !refused || !strings.HasPrefix(pg.Code, "23") {
		must(t, err)
	}
}

// sameTallies says where what is written down is not what counting gives, and
// tells how many of the views are others than at the revision before.
func sameTallies(t *testing.T, pool *pgxpool.Pool, revision int64) (changed int) {
	t.Helper()
	tx := read[pgx.Tx](t)(pool.Begin(t.Context()))
	defer func() { must(t, tx.Rollback(t.Context())) }()
	look := func(revision int64) {
		_, err := tx.Exec(t.Context(), "select set_config('normmap.as_of', $1, true)", fmt.Sprint(revision))
		must(t, err)
	}
	for _, view := range writtenDown {
		look(revision)
		var more, less, now, before string
		must(t, tx.QueryRow(t.Context(), fmt.Sprintf(`
select (select coalesce(string_agg(x::text, ' '), '') from (table asof.%[1]s except all table recounted.%[1]s) x),
  (select coalesce(string_agg(x::text, ' '), '') from (table recounted.%[1]s except all table asof.%[1]s) x where x::text not like '%%,0)' or '%[1]s' <> 'record_tally'),
  (select coalesce(md5(string_agg(x::text, ' ' order by x::text)), '') from asof.%[1]s x)`, view)).Scan(&more, &less, &now))
		if more != "" || less != "" {
			t.Fatalf("as of revision %d, %s holds %.300s, and counted anew %.300s", revision, view, more, less)
		}
		look(revision - 1)
		must(t, tx.QueryRow(t.Context(), fmt.Sprintf("select coalesce(md5(string_agg(x::text, ' ' order by x::text)), '') from asof.%s x", view)).Scan(&before))
		if now != before {
			changed++
		}
	}
	return changed
}
