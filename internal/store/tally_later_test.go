package store_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
)

// checkedAtOnce is what a transaction may do to constraints in its middle, among
// them the trigger that counts; mostly nothing.
var checkedAtOnce = []string{"", "", "", "", "set constraints changeset_is_counted immediate", "set constraints changeset_is_counted immediate; set constraints changeset_is_counted deferred"}

// sharedWrites are among them so many links at once that they are counted at once.
var sharedWrites = append(slices.Clone(randomWrites), `
insert into link (initiative_id, principle_id, relation, origin, version)
select i.id, p.id, 'supports', 'curator', history.current_rev() from initiative i, principle p where (i.id * 7 + p.id * 3 + %d) %% 5 = 0
on conflict do nothing`)

// However many writes share a transaction, whichever of them are taken back
// before its end, and whenever it is made to count, the tallies are what the
// record gives once it is committed.
func TestTalliesAreRightWhateverSharesATransaction(t *testing.T) {
	t.Parallel()
	s, pool := owned(t)
	r := rand.New(rand.NewPCG(25, 5))
	committed, rolledBack := 0, 0
	for n := range 50 {
		var said []string
		err := pgx.BeginFunc(t.Context(), pool, func(tx pgx.Tx) error {
			for range 1 + r.IntN(4) {
				kept, sql := someWrites(t, tx, r)
				said = append(said, sql)
				if !kept {
					rolledBack++
				}
			}
			return nil
		})
		if err == nil {
			committed++
		}
		if wrong := read[[]string](t)(s.WrongTallies(t.Context())); len(wrong) > 0 {
			t.Fatalf("after %d transactions, the last one (%v)\n%v\nthese are wrong: %v", n+1, err, said, wrong[:min(len(wrong), 8)])
		}
	}
	if committed < 25 || rolledBack < 25 {
		t.Errorf("%d transactions were committed and %d savepoints rolled back: that tries too little", committed, rolledBack)
	}
}

// someWrites opens a changeset in a savepoint and writes a few times. Every
// third one is taken back, as is what goes wrong.
func someWrites(t *testing.T, tx pgx.Tx, r *rand.Rand) (kept bool, said string) {
	t.Helper()
	inner := read[pgx.Tx](t)(tx.Begin(t.Context()))
	sql := checkedAtOnce[r.IntN(len(checkedAtOnce))] + "; select open_changeset('seed', null, 'rewritten by a test', '[]', null); set constraints all deferred; "
	if r.IntN(4) == 0 {
		sql += checkedAtOnce[len(checkedAtOnce)-2] + "; "
	}
	for range 1 + r.IntN(3) {
		sql += fmt.Sprintf(sharedWrites[r.IntN(len(sharedWrites))], r.IntN(1000)) + "; " + checkedAtOnce[r.IntN(len(checkedAtOnce))] + "; "
	}
	if _, err := inner.Exec(t.Context(), sql); err != nil || r.IntN(3) == 0 {
		must(t, inner.Rollback(t.Context()))
		return false, "rolled back: " + sql
	}
	must(t, inner.Commit(t.Context()))
	return true, sql
}

// Without the trigger that counts, what is written would not be counted.
func TestOnlyTheCommitCountsWhatIsWritten(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	link := aLink("paris-call/6")
	link.Initiative = firstInitiative(t, pool)
	apply(t, s, by, link)
	if wrong := read[[]string](t)(s.WrongTallies(t.Context())); len(wrong) != 0 {
		t.Errorf("a link was recorded, and these are wrong: %v", wrong)
	}
	_, err := connect(t, pool.Config().ConnString()).Exec(t.Context(), "drop trigger changeset_is_counted on changeset")
	must(t, err)
	link.Principle = "paris-call/8"
	another := link
	another.Principle = "paris-call/9"
	apply(t, s, by, link, another) // a link alone is counted at once
	if wrong := read[[]string](t)(s.WrongTallies(t.Context())); len(wrong) == 0 {
		t.Error("the control: nothing counted the link, and nothing is wrong")
	}
}

// What shares a transaction is counted once, and what was refused in it is not.
func TestThoseWhoShareATransactionAreCounted(t *testing.T) {
	t.Parallel()
	c := waiting(t)
	c.come(t.Context(), "link", c.link("paris-call/6"))
	c.come(t.Context(), "same link", c.link("paris-call/6"))
	c.come(t.Context(), "another link", c.link("paris-call/8"))
	c.come(t.Context(), "both and one wrong", c.link("paris-call/9"), c.link("paris-call/6"))
	c.come(t.Context(), "organization", plain("last"))
	c.writes(map[string]norms.Kind{"same link": norms.Conflict, "both and one wrong": norms.Conflict})
	if wrong := read[[]string](t)(c.s.WrongTallies(t.Context())); len(wrong) != 0 {
		t.Errorf("these are wrong: %v", wrong)
	}
	if n := c.transactions(); n != 2 {
		t.Errorf("%d transactions, want 2", n)
	}
}

// A row that is written, goes and is written again in a transaction is one row.
func TestARowThatComesTwiceIsCountedOnce(t *testing.T) {
	t.Parallel()
	s, pool := owned(t)
	const put = `insert into link (id, initiative_id, principle_id, relation, property, origin, asserter_id, rationale, strength, version)
select 900001, i.id, p.id, @relation, '', 'curator', null, 'because', '', 2
from (select id from initiative order by id limit 1) i, (select id from principle order by id desc limit 1) p`
	err := pgx.BeginFunc(t.Context(), pool, func(tx pgx.Tx) error {
		_, err := tx.Exec(t.Context(), "select open_changeset('seed', null, 'rewritten by a test', '[]', null)")
		for _, sql := range []string{strings.Replace(put, "@relation", "'contrary'", 1), "delete from link where id = 900001", strings.Replace(put, "@relation", "'supports'", 1)} {
			if err == nil {
				_, err = tx.Exec(t.Context(), sql)
			}
		}
		return err
	})
	wrong, asked := s.WrongTallies(t.Context())
	if err != nil || asked != nil || len(wrong) > 0 {
		t.Errorf("%v, %v; wrong: %v", err, asked, wrong)
	}
}

// Many links are counted at once, but for those of organizations that are
// counted anew at the end: their figures are still those of another group.
func TestManyLinksOfOrganizationsThatChangeTheirGroupAreCountedOnce(t *testing.T) {
	t.Parallel()
	s, pool := owned(t)
	err := pgx.BeginFunc(t.Context(), pool, func(tx pgx.Tx) error {
		_, err := tx.Exec(t.Context(), `
select open_changeset('seed', null, 'rewritten by a test', '[]', null);
update organization set stakeholder_group = case stakeholder_group when 'academia' then 'government' else 'academia' end, version = history.current_rev();
insert into link (initiative_id, principle_id, relation, origin, version)
select i.id, p.id, 'supports', 'curator', history.current_rev() from initiative i, principle p on conflict do nothing`)
		return err
	})
	wrong, asked := s.WrongTallies(t.Context())
	if err != nil || asked != nil || len(wrong) > 0 {
		t.Errorf("%v, %v; wrong: %v", err, asked, wrong[:min(len(wrong), 8)])
	}
}
