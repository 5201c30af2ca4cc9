package store_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"normmap/internal/norms"
	"normmap/internal/store/schema"
)

// links lets several new links wait, by the principles to which they lead.
func (c *crowd) links(principles ...string) {
	c.t.Helper()
	for i, p := range principles {
		c.come(c.t.Context(), fmt.Sprint("link ", i), c.link(p))
	}
}

func (c *crowd) counted() {
	c.t.Helper()
	if wrong := read[[]string](c.t)(c.s.WrongTallies(c.t.Context())); len(wrong) != 0 {
		c.t.Errorf("these are wrong: %v", wrong)
	}
	if flaws := read[[]schema.Flaw](c.t)(c.s.Flaws(c.t.Context())); len(flaws) != 0 {
		c.t.Errorf("history does not bear these out: %v", flaws)
	}
}

func TestNewLinksThatWaitAreWrittenTogether(t *testing.T) {
	t.Parallel()
	c := waiting(t)
	c.links("paris-call/6", "paris-call/8", "paris-call/9", "gcsc/2")
	c.writes(map[string]norms.Kind{})
	c.counted()
	if n := c.transactions(); n != 2 {
		t.Errorf("%d transactions, want 2", n)
	}
	for i := range 4 {
		done := c.done[fmt.Sprint("link ", i)]
		var version int64
		must(t, c.pool.QueryRow(t.Context(), "select version from link where id = $1", done.IDs[0]).Scan(&version))
		if version != done.Revision || done.Written != 1 {
			t.Errorf("told %+v of a link of version %d", done, version)
		}
	}
}

func TestAMistakeAmongNewLinksIsOnlyItsOwn(t *testing.T) {
	t.Parallel()
	for name, wrong := range map[string]struct {
		principle string
		kind      norms.Kind
	}{
		"the same link again": {"paris-call/6", norms.Conflict},
		"no such principle":   {"paris-call/77", norms.Invalid},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := waiting(t)
			c.links("paris-call/6", "paris-call/8", wrong.principle, "paris-call/9")
			c.writes(map[string]norms.Kind{"link 2": wrong.kind})
			c.counted()
		})
	}
}

// Whoever adds a link while others do is told it as it can be read.
func TestNewLinksAreToldAsTheyAreRecorded(t *testing.T) {
	t.Parallel()
	c := waiting(t)
	told := make([]norms.AssessedLink, 3)
	for i, p := range []string{"paris-call/6", "gcsc/2", "paris-call/9"} {
		link := c.link(p)
		c.all.Go(func() {
			var err error
			if told[i], err = c.s.AddLink(t.Context(), c.by, "Crowd", link); err != nil {
				t.Error(err)
			}
		})
		until(t, "one more waits", func() bool { return c.s.Waiting() == i+1 })
	}
	c.unlock()
	c.all.Wait()
	for _, got := range told {
		if d := cmp.Diff(read[norms.AssessedLink](t)(c.s.AssessedLink(t.Context(), got.ID)), got); d != "" {
			t.Errorf("recorded (-) and told (+):\n%s", d)
		}
	}
}

func TestAThirdPartyAmongNewLinksIsOne(t *testing.T) {
	t.Parallel()
	c := waiting(t)
	for name, organization := range map[string]string{
		"the initiative's own": "select o.slug from organization o join initiative i on i.organization_id = o.id where i.slug = $1",
		"no such organization": "select 'no-such-organization' || left($1, 0)",
		"another's":            "select o.slug from organization o join initiative i on o.id not in (i.organization_id, i.reported_by_id) where i.slug = $1 order by o.id limit 1",
	} {
		l := c.link("paris-call/6")
		l.Origin = "third_party"
		must(t, c.pool.QueryRow(t.Context(), organization, l.Initiative).Scan(&l.Asserter))
		c.come(t.Context(), name, l)
	}
	c.writes(map[string]norms.Kind{"the initiative's own": norms.Invalid, "no such organization": norms.Invalid})
	c.counted()
}

// A link may carry a changeset of its transaction before the last one only if it
// never was there.
func TestALinkCarriesAChangesetOfItsTransaction(t *testing.T) {
	t.Parallel()
	_, pool := owned(t)
	const open = "select open_changeset('seed', null, 'a test', '[]', null); "
	const put = `insert into link (id, initiative_id, principle_id, relation, origin, version)
select 900001, i.id, p.id, 'supports', 'curator', (select max(id) from changeset) - %d
from (select id from initiative order by id limit 1) i, (select id from principle order by id desc limit 1) p; `
	for name, c := range map[string]struct {
		sql     string
		refused bool
	}{
		"the last one":                     {open + fmt.Sprintf(put, 0), false},
		"the one before":                   {open + open + fmt.Sprintf(put, 1), false},
		"one of another transaction":       {open + fmt.Sprintf(put, 1), true},
		"one before it was there and went": {open + fmt.Sprintf(put, 0) + open + "delete from link where id = 900001; " + open + fmt.Sprintf(put, 1), true},
	} {
		t.Run(name, func(t *testing.T) { // one after the other: each is taken back
			tx := read[pgx.Tx](t)(pool.Begin(t.Context()))
			defer func() { _ = tx.Rollback(context.WithoutCancel(t.Context())) }()
			_, err := tx.Exec(t.Context(), c.sql)
			if pg, _ := errors.AsType[*pgconn.PgError](err); c.refused && (pg == nil || pg.Code != "NM003") || !c.refused && err != nil {
				t.Errorf("refused: %v, want %t", err, c.refused)
			}
		})
	}
}

// Other instances are told of the revision with which they are committed, once.
func TestNewLinksTellOfTheirLastRevision(t *testing.T) {
	t.Parallel()
	c := waiting(t)
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	other := connect(t, c.pool.Config().ConnString())
	_, err := other.Exec(ctx, "listen normmap_news")
	must(t, err)
	c.links("paris-call/6", "paris-call/8", "paris-call/9")
	c.writes(map[string]norms.Kind{})
	last := count(t, c.pool, "select max(id) from changeset")
	for told := ""; told != fmt.Sprint(last); { // an empty one is of the first writer
		news, err := other.WaitForNotification(ctx)
		must(t, err)
		if told = news.Payload; told != "" && told != fmt.Sprint(last) {
			t.Errorf("told of %s, the last is %d", told, last)
		}
	}
}
