package store_test

import (
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/store"
)

// orphans counts contributor's links on which no resolved citation rests.
const orphans = "select count(*) from link l where origin = 'contributor' and not exists (select from citation c where c.link_id = l.id)"

// linked is a resolved citation with its link.
func linked(t *testing.T, pool *pgxpool.Pool) (citation int64) {
	t.Helper()
	if err := pool.QueryRow(t.Context(), "select min(id) from citation where resolution = 'resolved'").Scan(&citation); err != nil {
		t.Fatal(err)
	}
	return citation
}

func decide(t *testing.T, s *store.Store, by account.Actor, id, version int64, d norms.Decision, ref string) int64 {
	t.Helper()
	return apply(t, s, by, norms.ResolveCitation{ID: id, Version: version, Decision: d, Principle: ref, Note: "as discussed"}).Revision
}

func TestRevertRefusesToTakeAwayWhatOthersRestOn(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	initiative := norms.PutInitiative{Slug: "new-one", Title: "A new one", Kind: "policy", Organization: "microsoft", ReportedBy: "microsoft", Status: "ongoing"}
	made := apply(t, s, by, initiative)
	link := aLink("paris-call/6")
	link.Initiative = "new-one"
	apply(t, s, by, link)
	_, err := s.Apply(t.Context(), by, "undo", []norms.Edit{norms.Revert{Changeset: made.Revision}})
	if norms.KindOf(err) != norms.Conflict {
		t.Errorf("reverting an initiative that a link rests on gave %v, want Conflict", err)
	}
}

func TestRevertLeavesNoLinkWithoutItsCitation(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	id := linked(t, pool)
	aside := decide(t, s, by, id, 1, "set_aside", "")
	decide(t, s, by, id, aside, "resolve", "tech-accord/4")
	_, err := s.Apply(t.Context(), by, "undo", []norms.Edit{norms.Revert{Changeset: aside}})
	if kind := norms.KindOf(err); err != nil && kind != norms.Conflict {
		t.Fatal(err)
	}
	if n := count(t, pool, orphans); n != 0 {
		t.Errorf("%d links without a citation", n)
	}
	if n := count(t, pool, liveLinks); n != 34 {
		t.Errorf("%d links, want 34", n)
	}
}

// secondLine cites the same principle for the same initiative in another line,
// so that two citations share a link.
func secondLine(t *testing.T, s *store.Store, pool *pgxpool.Pool, by account.Actor) (first, second, rev int64) {
	t.Helper()
	first = linked(t, pool)
	var initiative, text string
	const q = `select i.slug, r.text from citation c join reference r on r.id = c.reference_id join citation_line l on l.id = r.line_id
join initiative i on i.id = l.initiative_id where c.id = $1`
	if err := pool.QueryRow(t.Context(), q, first).Scan(&initiative, &text); err != nil {
		t.Fatal(err)
	}
	rev = apply(t, s, by, norms.PutCitationLine{
		Source: "microsoft-bpf-2019", Initiative: initiative, Text: text,
		References: []norms.Reference{{Text: text, Start: -1, End: -1, Name: "Cybersecurity Tech Accord", Agreement: "tech-accord", Labels: []string{"1"}}},
	}).Revision
	if err := pool.QueryRow(t.Context(), "select max(id) from citation").Scan(&second); err != nil {
		t.Fatal(err)
	}
	return first, second, rev
}

func TestTwoCitationsShareALinkThroughReverts(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	first, second, rev := secondLine(t, s, pool, by)
	if n := count(t, pool, liveLinks); n != 34 {
		t.Fatalf("%d links with the second line, want 34", n)
	}
	one := decide(t, s, by, first, 1, "set_aside", "")
	two := decide(t, s, by, second, rev, "set_aside", "")
	if n := count(t, pool, liveLinks); n != 33 {
		t.Errorf("both set aside: %d links, want 33", n)
	}
	apply(t, s, by, norms.Revert{Changeset: one})
	if n, o := count(t, pool, liveLinks), count(t, pool, orphans); n != 34 || o != 0 {
		t.Errorf("the first is back: %d links, %d orphans; want 34, 0", n, o)
	}
	apply(t, s, by, norms.Revert{Changeset: two})
	apply(t, s, by, norms.ResolveCitation{ID: first, Version: version(t, pool, "citation", first), Decision: "set_aside", Note: "again"})
	if n, o := count(t, pool, liveLinks), count(t, pool, orphans); n != 34 || o != 0 {
		t.Errorf("one of two set aside: %d links, %d orphans; want 34, 0", n, o)
	}
	_, err := s.Apply(t.Context(), by, "undo", []norms.Edit{norms.Revert{Changeset: rev}})
	if norms.KindOf(err) != norms.Conflict {
		t.Errorf("taking back a line whose citation was decided since gave %v, want Conflict", err)
	}
}

func TestRevertOfASecondLineTakesTheLinkThatOnlyItHolds(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	first, _, rev := secondLine(t, s, pool, by)
	decide(t, s, by, first, 1, "set_aside", "")
	apply(t, s, by, norms.Revert{Changeset: rev})
	if n, o := count(t, pool, liveLinks), count(t, pool, orphans); n != 33 || o != 0 {
		t.Errorf("%d links, %d orphans; want 33, 0", n, o)
	}
}

// What an undo takes along, because nothing holds it any more, was not left
// alone.
func TestRevertDoesNotListWhatItTookAlong(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	citation := linked(t, pool)
	aside := decide(t, s, by, citation, 1, "set_aside", "")
	anew := decide(t, s, by, citation, aside, "resolve", "tech-accord/4")
	link := func() (id int64) {
		t.Helper()
		must(t, pool.QueryRow(t.Context(), "select link_id from citation where id = $1", citation).Scan(&id))
		return id
	}()
	rewrite(t, pool, "update link set strength = 'direct', version = (select max(id) from changeset) where id = "+number(link))
	back := apply(t, s, by, norms.Revert{Changeset: anew})
	if n := count(t, pool, "select count(*) from link where id = "+number(link)); n != 0 || len(back.Conflicts) > 0 {
		t.Errorf("%d links of that citation, left alone: %+v", n, back.Conflicts)
	}
}

func version(t *testing.T, pool *pgxpool.Pool, table string, id int64) (v int64) {
	t.Helper()
	if err := pool.QueryRow(t.Context(), "select version from "+table+" where id = $1", id).Scan(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestRevertListsWhatSomethingElseReplacedSince(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	one := aLink("paris-call/6")
	one.Initiative = firstInitiative(t, pool)
	two := one
	two.Principle = "paris-call/8"
	made := apply(t, s, by, one, two)
	gone := apply(t, s, by, norms.WithdrawLink{ID: made.IDs[0], Version: made.Revision}, norms.WithdrawLink{ID: made.IDs[1], Version: made.Revision})
	apply(t, s, by, one) // the same link again, under another id
	back := apply(t, s, by, norms.Revert{Changeset: gone.Revision})
	if len(back.Conflicts) != 1 || back.Conflicts[0].ID != made.IDs[0] {
		t.Errorf("conflicts %+v, want the link that was added again", back.Conflicts)
	}
	if n := count(t, pool, "select count(*) from link where origin = 'curator'"); n != 2 {
		t.Errorf("%d curator's links, want both", n)
	}
}

func TestRevertOfPartsMakesOlderFormsStale(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	e := put[norms.PutInitiative](t, func(e norms.PutInitiative) bool { return e.Parent == "" && len(e.Partners) > 0 })
	e.Version, e.Partners = 1, append(e.Partners, norms.Partner{Name: "Another"})
	with := apply(t, s, by, e)
	e.Version, e.Summary = with.Revision, "Changed since."
	later := apply(t, s, by, e)
	apply(t, s, by, norms.Revert{Changeset: with.Revision})
	e.Version, e.Summary = later.Revision, "From a form opened before the revert."
	if _, err := s.Apply(t.Context(), by, "late", []norms.Edit{e}); norms.KindOf(err) != norms.Stale {
		t.Errorf("a save from before the revert gave %v, want Stale", err)
	}
}

func TestEditionsChangePlacesAndBack(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	old := put[norms.PutEdition](t, func(e norms.PutEdition) bool { return e.Agreement == "gcsc" && e.Current })
	next := put[norms.PutEdition](t, func(e norms.PutEdition) bool { return e.Agreement == "gcsc" && e.Slug == "singapore-2018" })
	old.Version, old.Current = 1, false
	next.Version, next.Current = 1, true
	done := apply(t, s, by, old, next)
	apply(t, s, by, norms.Revert{Changeset: done.Revision})
	if n := count(t, pool, "select count(*) from edition where slug = 'final-2019' and current"); n != 1 {
		t.Error("the current edition did not come back")
	}
}

func TestSeedsGoOnAfterTheirOwnChangesetWasReverted(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	_, err := s.Apply(t.Context(), by, "oops", []norms.Edit{norms.Revert{Changeset: 1}})
	if norms.KindOf(err) != norms.Forbidden {
		t.Errorf("an editor takes back the founding data: %v, want Forbidden", err)
	}
	by.Role = account.Admin
	undone := apply(t, s, by, norms.Revert{Changeset: 1})
	done, err := s.Apply(t.Context(), account.SeedFiles(), "at the next start", load(t))
	if err != nil || done.Revision != 0 || len(done.Kept) == 0 {
		t.Fatalf("seeds after their revert: revision %d, %d kept, %v; want nothing written and all kept", done.Revision, len(done.Kept), err)
	}
	again := apply(t, s, by, norms.Revert{Changeset: undone.Revision})
	if n, o := count(t, pool, liveLinks), count(t, pool, orphans); n != 34 || o != 0 {
		t.Errorf("%d links, %d orphans after reverting the revert; want 34, 0", n, o)
	}
	by.Role = account.Editor
	_, err = s.Apply(t.Context(), by, "oops", []norms.Edit{norms.Revert{Changeset: again.Revision}})
	if norms.KindOf(err) != norms.Forbidden {
		t.Errorf("an editor takes back the founding data by way of its return: %v, want Forbidden", err)
	}
}

func TestSeedsThatNoLongerFitAreLeftOutAndReported(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	parent := put[norms.PutInitiative](t, func(e norms.PutInitiative) bool { return e.Slug == "microsoft-defending-democracy" })
	for _, e := range load(t) {
		if part, ok := e.(norms.PutInitiative); ok && part.Parent == parent.Slug {
			part.Parent, part.Version = "", 1
			apply(t, s, by, part)
		}
	}
	parent.Parent, parent.Version = "microsoft-standards-work", 1
	apply(t, s, by, parent)
	done, err := s.Apply(t.Context(), account.SeedFiles(), "at the next start", load(t))
	if err != nil || len(done.Kept) < 5 {
		t.Errorf("kept %d, %v; want the parent and its four parts kept", len(done.Kept), err)
	}
}
