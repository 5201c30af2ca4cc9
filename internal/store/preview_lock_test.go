package store_test

import (
	"context"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store"
)

// looking runs f on a transaction that looks at an edit and is still open when
// f runs: as a preview of a long list is for everybody else.
func looking(t *testing.T, s *store.Store, f func(tx *store.Store)) {
	t.Helper()
	_ = s.InTx(t.Context(), func(tx *store.Store) error {
		f(tx)
		return context.Canceled
	})
}

// While somebody looks at what edits would do, others write.
func TestLookingKeepsNobodyFromWriting(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	tx, err := pool.Begin(t.Context())
	must(t, err)
	defer func() { _ = tx.Rollback(context.WithoutCancel(t.Context())) }()
	var rev int64
	must(t, tx.QueryRow(t.Context(), "select open_preview('account', $1, 'x', '[]', null)", by.ID).Scan(&rev))
	_, err = tx.Exec(t.Context(), "update initiative set title = 'Seen only', version = $1 where id = (select min(id) from initiative)", rev)
	must(t, err)
	_, err = tx.Exec(t.Context(), "update agreement set title = 'Seen only', version = $1 where slug = 'gcsc'", rev)
	must(t, err)
	done := apply(t, s, by, newInitiative("written-meanwhile"),
		norms.PutAgreement{Slug: "tests", Title: "The Accord of Tests", ShortTitle: "Tests", LegalNature: "proposal", Space: "within_un"})
	if done.Revision != 2 {
		t.Errorf("revision %d, want 2", done.Revision)
	}
	if n := count(t, pool, "select max(id) from changeset"); n != 2 {
		t.Errorf("others see changeset %d", n)
	}
	_, err = tx.Exec(t.Context(), "insert into organization (slug, name, kind, stakeholder_group, version) values ('x-y', 'X', 'body', 'private_sector', 3)")
	if err == nil || !strings.Contains(err.Error(), "version") {
		t.Errorf("a preview wrote under another number: %v", err)
	}
}

// While others write, somebody looks.
func TestLookingDoesNotWaitForWriters(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	tx, err := pool.Begin(t.Context())
	must(t, err)
	defer func() { _ = tx.Rollback(context.WithoutCancel(t.Context())) }()
	_, err = tx.Exec(t.Context(), "select open_changeset('account', $1, 'x', '[]', null)", by.ID)
	must(t, err)
	seen := read[[]norms.Outcome](t)(s.Preview(t.Context(), by, []norms.Edit{newInitiative("only-seen")}))
	if seen[0].Problem != nil || len(seen[0].Changes) == 0 {
		t.Errorf("%+v", seen[0])
	}
}

func TestAPreviewIsNeverCommitted(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	for _, first := range []string{"", "set constraints all deferred; "} {
		tx, err := pool.Begin(t.Context())
		must(t, err)
		_, err = tx.Exec(t.Context(), first+"select open_preview('account', "+number(by.ID)+", 'x', '[]', null)")
		must(t, err)
		if err := tx.Commit(t.Context()); err == nil || !strings.Contains(err.Error(), "preview") {
			t.Errorf("%scommitting gave %v", first, err)
		}
	}
	if n := count(t, pool, "select count(*) from changeset"); n != 1 {
		t.Errorf("%d changesets, want that of the seeds", n)
	}
	apply(t, s, by, newInitiative("after-it"))
	chain, err := s.Chain(t.Context())
	must(t, err)
	if chain.Broken != 0 || chain.Changesets != 2 {
		t.Errorf("the chain afterwards: %+v", chain)
	}
}

// keptBeside is all that is kept beside the record, row by row.
const keptBeside = `
select count(*)::text || md5(coalesce(string_agg(x.name || x.row, ',' order by x.name, x.row), ''))
from (select 'organization' as name, t::text as row from organization_tally t union all select 'group', t::text from group_tally t
  union all select 'record', t::text from record_tally t union all select 'pair', t::text from cocitation_tally t
  union all select 'link', t::text from link_tally t union all select 'adherence', t::text from adherence_tally t
  union all select 'adherences', t::text from adherence_group_tally t union all select 'listed', t::text from listed_link t
  union all select 'texts', t::text from history.text_revision t union all select 'version', t::text from text_version t) x`

// Not even the preview itself sees another figure: no writer of what others write
// too has to wait for it.
func TestLookingLeavesWhatIsKeptAlone(t *testing.T) {
	t.Parallel()
	_, pool := owned(t)
	kept := func(tx pgx.Tx) (all string) {
		must(t, tx.QueryRow(t.Context(), keptBeside).Scan(&all))
		return all
	}
	for begin, changes := range map[string]bool{
		"select open_preview('account', (select min(id) from account), 'x', '[]', null)": false,
		"select open_changeset('seed', null, 'x', '[]', null)":                           true,
	} {
		tx := read[pgx.Tx](t)(pool.Begin(t.Context()))
		_, err := tx.Exec(t.Context(), begin)
		must(t, err)
		before := kept(tx)
		_, err = tx.Exec(t.Context(), versioned.Replace(`
update initiative set @, title = title || '!', status = 'planned', due_on = '';
update organization set @, stakeholder_group = 'academia', name = name || '!';
update link set @, relation = 'contrary' where id % 2 = 0;
update link set @, origin = 'curator', asserter_id = null where id % 3 = 0 and relation = 'supports';
delete from adherence where id % 2 = 0;
update adherence set @, relation = 'mentioned' where relation = 'signed';
update principle set @, summary = summary || '!';
set constraints changeset_is_counted immediate`))
		must(t, err)
		if got := kept(tx) != before; got != changes {
			t.Errorf("%s changes what is kept: %v", begin, got)
		}
		must(t, tx.Rollback(t.Context()))
	}
}

// Reverts and restores look at everything that was put off, and so would at
// the number of a preview; in one transaction with what is then written.
func TestRevertsAndRestoresArePreviewed(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	made := apply(t, s, by, newInitiative("one-a"))
	gone := apply(t, s, by, newInitiative("one-b"))
	apply(t, s, by, norms.Withdraw{Kind: "initiative", Key: "one-b", Version: gone.Revision})
	edits := []norms.Edit{norms.Revert{Changeset: made.Revision}, norms.Restore{Kind: "initiative", Key: "one-b"}, newInitiative("one-c")}
	looking(t, s, func(tx *store.Store) {
		for i, o := range read[[]norms.Outcome](t)(tx.Preview(t.Context(), by, edits)) {
			if o.Problem != nil || len(o.Changes) == 0 {
				t.Errorf("edit %d: %v, %d rows", i, o.Problem, len(o.Changes))
			}
		}
		if done := apply(t, tx, by, edits[2]); done.Revision != 5 {
			t.Errorf("revision %d after a preview in the same transaction, want 5", done.Revision)
		}
	})
}

// Two who look at the same edits, and one who writes them.
func TestPreviewsOfTheSameRowsTakeTurns(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	e := newInitiative("wanted-by-all")
	failed := make(chan error, 4)
	for range 4 {
		go func() {
			_, err := s.Preview(t.Context(), by, []norms.Edit{e})
			failed <- err
		}()
	}
	apply(t, s, by, e)
	for range 4 {
		must(t, <-failed)
	}
}

func TestTakingBackWhatNeverWas(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	edit := norms.Revert{Changeset: 999}
	_, err := s.Apply(t.Context(), by, "x", []norms.Edit{edit})
	wantKind(t, "reverting it", err, norms.NotFound)
	if err != nil && strings.Contains(err.Error(), "fkey") {
		t.Errorf("says %q", err)
	}
	if o := read[[]norms.Outcome](t)(s.Preview(t.Context(), by, []norms.Edit{edit})); kindOf(o[0].Problem) != norms.NotFound {
		t.Errorf("previewing it: %v", o[0].Problem)
	}
}

func TestProposalsAreShownToWhoeverIsSignedIn(t *testing.T) {
	t.Parallel()
	r := proposed(t, newInitiative("one-a"))
	for name, c := range map[string]struct {
		by   account.Actor
		want norms.Kind
	}{"a visitor": {account.Actor{}, norms.Forbidden}, "another contributor": {person(t, r.pool, "Olga", account.Contributor), 0}} {
		_, err := r.s.Proposal(t.Context(), c.by, r.id, norms.Page{})
		_, _, one := r.s.ProposedEdit(t.Context(), c.by, r.id, 1)
		if norms.KindOf(err) != c.want || norms.KindOf(one) != c.want {
			t.Errorf("%s: %v and %v, want kind %d", name, err, one, c.want)
		}
	}
}
