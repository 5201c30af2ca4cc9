package store_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store"
)

func aLink(principle string) norms.PutLink {
	return norms.PutLink{Initiative: "microsoft-secure-development", Principle: principle, Relation: "supports", Origin: "curator", Rationale: "It serves the whole life cycle."}
}

func TestCuratorsLinkIsAddedChangedAndWithdrawn(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	link := aLink("paris-call/6")
	link.Initiative = firstInitiative(t, pool)
	done := apply(t, s, by, link)
	link.ID, link.Version, link.Strength = done.IDs[0], done.Revision, "direct"
	done = apply(t, s, by, link)
	if _, err := s.Apply(t.Context(), by, "stale", []norms.Edit{link}); norms.KindOf(err) != norms.Stale {
		t.Errorf("a stale change gave %v, want Stale", err)
	}
	apply(t, s, by, norms.WithdrawLink{ID: link.ID, Version: done.Revision})
	if n := count(t, pool, liveLinks); n != 34 {
		t.Errorf("%d contributor's links, want 34 throughout", n)
	}
	if n := count(t, pool, "select count(*) from history.link where origin = 'curator'"); n != 2 {
		t.Errorf("history holds %d versions of the link, want 2", n)
	}
}

func firstInitiative(t *testing.T, pool *pgxpool.Pool) (slug string) {
	t.Helper()
	if err := pool.QueryRow(t.Context(), "select slug from initiative where parent_id is null order by position, id limit 1").Scan(&slug); err != nil {
		t.Fatal(err)
	}
	return slug
}

func apply(t *testing.T, s *store.Store, by account.Actor, edits ...norms.Edit) norms.Applied {
	t.Helper()
	done, err := s.Apply(t.Context(), by, "because the test says so", edits)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

func TestSameLinkTwiceIsAConflict(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	link := aLink("paris-call/6")
	link.Initiative = firstInitiative(t, pool)
	apply(t, s, by, link)
	if _, err := s.Apply(t.Context(), by, "again", []norms.Edit{link}); norms.KindOf(err) != norms.Conflict {
		t.Errorf("the same link again gave %v, want Conflict", err)
	}
}

func TestContributorsLinkChangesOnlyByItsCitation(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	var id int64
	if err := pool.QueryRow(t.Context(), "select min(id) from link").Scan(&id); err != nil {
		t.Fatal(err)
	}
	_, err := s.Apply(t.Context(), by, "away", []norms.Edit{norms.WithdrawLink{ID: id, Version: 1}})
	if norms.KindOf(err) != norms.Conflict {
		t.Errorf("withdrawing a contributor's link gave %v, want Conflict", err)
	}
}

func TestResolvingSettingAsideAndReopening(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	var id int64
	if err := pool.QueryRow(t.Context(), "select min(id) from citation where resolution = 'ambiguous'").Scan(&id); err != nil {
		t.Fatal(err)
	}
	decide := func(d norms.Decision, principle string, version int64) int64 {
		return apply(t, s, by, norms.ResolveCitation{ID: id, Version: version, Decision: d, Principle: principle, Note: "as discussed"}).Revision
	}
	const unresolved = "select count(*) from citation where resolution in ('ambiguous', 'out_of_range', 'unknown_agreement')"
	figures := func(step string, links, open int) {
		t.Helper()
		if l, u := count(t, pool, liveLinks), count(t, pool, unresolved); l != links || u != open {
			t.Errorf("%s: %d links, %d unresolved; want %d, %d", step, l, u, links, open)
		}
	}
	rev := decide("resolve", "gcsc/6", 1)
	figures("resolved", 35, 3)
	rev = decide("set_aside", "", rev)
	figures("set aside", 34, 3)
	decide("reopen", "", rev)
	figures("re-opened", 34, 4)
}

func TestRevert(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	one := aLink("paris-call/6")
	one.Initiative = firstInitiative(t, pool)
	two := one
	two.Principle = "paris-call/8"
	done := apply(t, s, by, one, two)
	changed := two
	changed.ID, changed.Version, changed.Rationale = done.IDs[1], done.Revision, "Changed by someone since."
	apply(t, s, by, changed)

	back := apply(t, s, by, norms.Revert{Changeset: done.Revision})
	if len(back.Conflicts) != 1 || back.Conflicts[0].ID != changed.ID {
		t.Errorf("conflicts %+v, want the link changed since", back.Conflicts)
	}
	if n := count(t, pool, "select count(*) from link where origin = 'curator'"); n != 1 {
		t.Errorf("%d curator's links after the revert, want the one left alone", n)
	}
	again := apply(t, s, by, norms.Revert{Changeset: back.Revision})
	if n := count(t, pool, "select count(*) from link where origin = 'curator'"); n != 2 || len(again.Conflicts) != 0 {
		t.Errorf("%d curator's links after reverting the revert, want 2", n)
	}
}

func TestRandomEditsRevertedLeaveNothing(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	before := fingerprint(t, pool)
	org := put[norms.PutOrganization](t, func(e norms.PutOrganization) bool { return e.Slug == "microsoft" })
	org.Version, org.Summary = 1, "Another summary."
	link := aLink("paris-call/8")
	link.Initiative = firstInitiative(t, pool)
	first := apply(t, s, by, org, link)
	var open int64
	if err := pool.QueryRow(t.Context(), "select max(id) from citation where resolution = 'ambiguous'").Scan(&open); err != nil {
		t.Fatal(err)
	}
	second := apply(t, s, by, norms.ResolveCitation{ID: open, Version: 1, Decision: "resolve", Principle: "gcsc/8", Note: "best fit"})
	apply(t, s, by, norms.Revert{Changeset: second.Revision})
	apply(t, s, by, norms.Revert{Changeset: first.Revision})
	if d := cmp.Diff(before, fingerprint(t, pool)); d != "" {
		t.Errorf("after reverting everything the data differ:\n%s", d)
	}
}

// fingerprint is all domain data but the versions, table by table.
func fingerprint(t *testing.T, pool *pgxpool.Pool) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, table := range []string{"agreement", "edition", "principle", "organization", "adherence", "initiative", "link", "citation", "citation_candidate", "reference", "source"} {
		var hash string
		q := "select md5(string_agg((to_jsonb(t) - 'version')::text, '|' order by t.id)) from " + table + " t"
		if err := pool.QueryRow(t.Context(), q).Scan(&hash); err != nil {
			t.Fatal(err)
		}
		out[table] = hash
	}
	return out
}

func TestRightsAndReasons(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	link := aLink("paris-call/6")
	contributor := account.Actor{ID: 1, Name: "C", Role: account.Contributor}
	for name, c := range map[string]struct {
		by     account.Actor
		reason string
		edit   norms.Edit
		want   norms.Kind
	}{
		"a visitor":        {account.Actor{}, "why", link, norms.Forbidden},
		"a contributor":    {contributor, "why", link, norms.Forbidden},
		"no reason":        {editor(t, pool), "  ", link, norms.Invalid},
		"unknown slug":     {editor(t, pool), "why", norms.PutLink{Initiative: "nobody", Principle: "paris-call/1", Relation: "supports", Origin: "curator", Rationale: "x"}, norms.Invalid},
		"unknown citation": {editor(t, pool), "why", norms.ResolveCitation{ID: 99999, Version: 1, Decision: "set_aside", Note: "x"}, norms.Gone},
		"contributor's":    {editor(t, pool), "why", norms.PutLink{Initiative: "a", Principle: "paris-call/1", Relation: "supports", Origin: "contributor", Rationale: "x"}, norms.Invalid},
	} {
		if _, err := s.Apply(t.Context(), c.by, c.reason, []norms.Edit{c.edit}); norms.KindOf(err) != c.want {
			t.Errorf("%s: %v (kind %d), want kind %d", name, err, norms.KindOf(err), c.want)
		}
	}
}

// What the application's own role may not do. (Who holds the owner's password
// can always take another role: give the service a login of its own.)
func TestDatabaseRefusesWritesPastTheDoor(t *testing.T) {
	t.Parallel()
	_, pool := seeded(t)
	for _, q := range []string{
		"update agreement set title = 'x'",
		"delete from fact_source",
		"truncate link",
		"insert into agreement_alias (agreement_id, alias) select id, 'x' from agreement limit 1",
		"update history.agreement set title = 'x'",
		"delete from history.link",
		"update changeset set reason = 'x'",
		"insert into changeset (id, xid, actor, reason, at, edits, hash) values (99, pg_current_xact_id(), 'seed', 'x', now(), '[]', '')",
		"select history.current_rev()",
		"alter table link disable trigger all",
		"create table public.mine (id int)",
		"select set_config('normmap.changeset', '1', false); update agreement set title = 'x'",
		"create temp table mine (like history.link); create trigger forge after insert on mine referencing new table as new_rows for each statement execute function history.link_insert()",
		"create temp table agreement (id bigint, slug text); create trigger forge after insert on pg_temp.agreement for each row execute function public.claim_address()",
		"select open_changeset('seed', null, 'x', '[]', null); insert into agreement_event (agreement_id, kind, title, version) select id, 'closed', 'x', 0 from agreement limit 1",
		"select open_changeset('seed', null, 'x', '[]', null); update citation set resolution = 'set_aside', link_id = null, version = (select max(id) from changeset) where id = (select min(id) from citation where resolution = 'resolved')",
	} {
		_, err := pool.Exec(t.Context(), q)
		if pg, ok := errors.AsType[*pgconn.PgError](err); !ok || !strings.HasPrefix(pg.Code, "NM") && pg.Code != "42501" {
			t.Errorf("%s: %v, want a refusal", q, err)
		}
	}
	if n := count(t, pool, "select count(*) from agreement where title = 'x'"); n != 0 {
		t.Error("a write past the door was taken")
	}
}

func TestInTxRollsBack(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	link := aLink("paris-call/6")
	link.Initiative = firstInitiative(t, pool)
	sorry := errors.New("sorry")
	err := s.InTx(t.Context(), func(tx *store.Store) error {
		if _, err := tx.Apply(context.WithoutCancel(t.Context()), by, "will not stay", []norms.Edit{link}); err != nil {
			return err
		}
		return sorry
	})
	if !errors.Is(err, sorry) {
		t.Fatal(err)
	}
	if n := count(t, pool, "select count(*) from link where origin = 'curator'"); n != 0 {
		t.Error("the link outlived its transaction")
	}
}

func TestResolvingStaysWithinTheCitedAgreement(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	var id int64
	if err := pool.QueryRow(t.Context(), "select min(id) from citation where resolution = 'ambiguous'").Scan(&id); err != nil {
		t.Fatal(err)
	}
	_, err := s.Apply(t.Context(), by, "why", []norms.Edit{norms.ResolveCitation{ID: id, Version: 1, Decision: "resolve", Principle: "tech-accord/1", Note: "x"}})
	if norms.KindOf(err) != norms.Invalid {
		t.Errorf("resolving a GCSC citation to the Tech Accord gave %v, want Invalid", err)
	}
}

func TestRecordedLineIsNotTakenTwice(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	line := put[norms.PutCitationLine](t, func(norms.PutCitationLine) bool { return true })
	line.Place = ""
	if _, err := s.Apply(t.Context(), by, "again", []norms.Edit{line}); norms.KindOf(err) != norms.Conflict {
		t.Errorf("a recorded line again gave %v, want Conflict", err)
	}
}

func TestHashChainHolds(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	link := aLink("paris-call/6")
	apply(t, s, by, link)
	const q = `
select count(*) from (
  select hash, sha256(coalesce(lag(hash) over (order by id), '') || convert_to(
    jsonb_build_array(id, actor, account_id, reason, at, edits, reverts_id)::text, 'utf8')) as again
  from changeset) c
where hash <> again`
	if n := count(t, pool, q); n != 0 {
		t.Errorf("%d changesets do not fit their hash", n)
	}
}
