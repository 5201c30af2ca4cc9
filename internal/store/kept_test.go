package store_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/norms"
	"normmap/internal/store"
)

// versioned writes the version of a row that changes for @ and #.
var versioned = strings.NewReplacer("@", "version = current_setting('normmap.changeset')::bigint", "#", "current_setting('normmap.changeset')::bigint")

// ofSnapshot reads a principle as a page does, which may keep its texts.
func ofSnapshot(t *testing.T, s *store.Store, ref norms.Ref, at norms.Page) norms.Principle {
	t.Helper()
	snap := read[*store.Snapshot](t)(s.Snapshot(t.Context()))
	defer snap.End()
	return read[norms.Principle](t)(snap.Principle(t.Context(), ref, at))
}

// differing are the principles of which a snapshot shows something else than
// the record holds.
func differing(t *testing.T, s *store.Store) (refs []string) {
	t.Helper()
	all := read[norms.List[norms.PrincipleRow]](t)(s.Principles(t.Context(), norms.PrincipleFilter{Agreement: "paris-call"}, norms.Page{}))
	for _, row := range all.Items {
		ref := read[norms.Ref](t)(norms.ParseRef(row.Ref))
		for at := (norms.Page{Limit: 4}); ; {
			want := read[norms.Principle](t)(s.Principle(t.Context(), ref, at))
			if diff := cmp.Diff(want, ofSnapshot(t, s, ref, at)); diff != "" {
				t.Logf("%s: %s", row.Ref, diff)
				refs = append(refs, row.Ref)
			}
			if want.EvidenceNext == nil {
				break
			}
			at.Cursor = *want.EvidenceNext
		}
	}
	return refs
}

// changesOfAPrinciple change what its page shows.
var changesOfAPrinciple = []string{
	"update organization set @, name = name || '!' where slug = 'microsoft'",
	"update source set @, title = title || '!'",
	"update agreement set @, short_title = short_title || '!' where slug = 'paris-call'",
	"update edition set @, title = title || '!' where slug = '2018'",
	"update principle set @, summary = summary || '!'",
	"update numbering set @, title = title || '!'",
	"update numbering_label set label = label || '!'",
	"update fact_source set @, note = note || '!', confidence = 'unverified'",
	"update element set @, title = title || '!'",
	"update statement set @, title = title || '!'",
	"update crosswalk set @, rationale = rationale || '!'",
	"delete from addressee_ruling",
	"insert into agreement_event (agreement_id, kind, happened_on, title, version) select id, 'repealed', '2026-01-01', 'Repealed', # from agreement",
	"update initiative set @, title = title || '!'",
	"update link set @, rationale = rationale || '!'",
	"insert into citation (id, reference_id, position, label, resolution, link_id, version) select -id, reference_id, 1000 + position, label, resolution, link_id, # from citation",
	"insert into citation (reference_id, position, label, resolution, link_id, version) select reference_id, 2000 + position, label, resolution, link_id, # from citation where id > 0",
	"insert into citation (reference_id, position, label, resolution, version) select min(reference_id), 3000, '1', 'ambiguous', # from citation",
	"insert into citation_candidate (citation_id, position, principle_id, reason) select c.id, 1000 - p.id, p.id, 'Reason ' || p.id from citation c, principle p where c.position = 3000",
	"delete from cell_review",
}

// What is kept in memory is never shown when it is not what the record holds,
// whatever changes of the texts, the names or the evidence.
func TestKeptTextsAreThoseOfTheMoment(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	for _, change := range append([]string{""}, changesOfAPrinciple...) {
		if change != "" {
			rewrite(t, pool, versioned.Replace(change))
		}
		for range 2 { // the second time they are kept
			if refs := differing(t, s); len(refs) > 0 {
				t.Fatalf("after %q these differ: %v", change, refs)
			}
		}
	}
}

// The check above sees a change that nobody told of.
func TestKeptTextsWithoutTheirTriggerAreFound(t *testing.T) {
	t.Parallel()
	s, pool := owned(t)
	differing(t, s)
	_, err := pool.Exec(t.Context(), "alter table principle disable trigger texts_changed")
	must(t, err)
	rewrite(t, pool, versioned.Replace("update principle set @, summary = summary || '!'"))
	if refs := differing(t, s); len(refs) == 0 {
		t.Error("nothing differs")
	}
}

// A savepoint that goes back takes its change of the texts with it, and a later
// one of the same transaction is told all the same.
func TestTextsChangeOncePerTransaction(t *testing.T) {
	t.Parallel()
	_, pool := owned(t)
	version := func() int { return count(t, pool, "select version from text_version") }
	before := version()
	_, err := pool.Exec(t.Context(), versioned.Replace(`begin;
select open_changeset('seed', null, 'several', '[]', null);
savepoint a;
update principle set @, summary = summary || '!' where id = 1;
rollback to a;
update principle set @, summary = summary || '!' where id = 2;
update principle set @, summary = summary || '!' where id = 3;
commit`))
	must(t, err)
	if got := version() - before; got != 1 {
		t.Errorf("the version rose by %d, want 1", got)
	}
}

// What is kept of the past is that of its revision, whatever was written before
// and after it.
func TestKeptTextsOfThePastAreThoseOfTheirRevision(t *testing.T) {
	t.Parallel()
	present, pool := seeded(t)
	s := earlierToo(t, present, pool)
	for _, change := range changesOfAPrinciple {
		rewrite(t, pool, versioned.Replace(change))
	}
	rewrite(t, pool, versioned.Replace("delete from statement"))
	last := count(t, pool, "select max(id)::int from changeset")
	for range 2 { // the second time all are kept
		for revision := int64(1); revision <= int64(last); revision++ {
			m := read[norms.Moment](t)(s.Moment(t.Context(), norms.AsOf{Revision: revision}))
			for _, ref := range []string{"paris-call/1", "paris-call/5", "gcsc/5"} {
				r := read[norms.Ref](t)(norms.ParseRef(ref))
				want := read[norms.Principle](t)(s.AsOf(revision).Principle(t.Context(), r, norms.Page{Limit: 4}))
				got := read[norms.Principle](t)(s.At(m, s.Epoch()).Principle(t.Context(), r, norms.Page{Limit: 4}))
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s at %d: %s", ref, revision, diff)
				}
			}
		}
	}
}

// After an epoch in which revisions may have been lost, their numbers may mean others.
func TestKeptTextsOfThePastAreOfTheirEpoch(t *testing.T) {
	t.Parallel()
	present, pool := owned(t)
	s := earlierToo(t, present, pool)
	ref := read[norms.Ref](t)(norms.ParseRef("paris-call/1"))
	m := read[norms.Moment](t)(s.Moment(t.Context(), norms.AsOf{Revision: int64(count(t, pool, "select max(id)::int from changeset"))}))
	before := read[norms.Principle](t)(s.At(m, 1).Principle(t.Context(), ref, norms.Page{}))
	_, err := pool.Exec(t.Context(), "alter table history.principle disable trigger all; update history.principle set summary = summary || '!'")
	must(t, err)
	for epoch, differs := range map[int64]bool{1: false, 2: true} {
		after := read[norms.Principle](t)(s.At(m, epoch).Principle(t.Context(), ref, norms.Page{}))
		if (after.Summary != before.Summary) != differs {
			t.Errorf("in epoch %d the summary is %q, it was %q", epoch, after.Summary, before.Summary)
		}
	}
}

// Once its texts are kept, a page of a principle needs six statements at most,
// of which two begin and end the reading.
func TestKeptTextsNeedFewStatements(t *testing.T) {
	t.Parallel()
	_, pool := seeded(t)
	s, statements := counted(t, pool)
	ref := read[norms.Ref](t)(norms.ParseRef("paris-call/1"))
	ofSnapshot(t, s, ref, norms.Page{})
	for _, most := range []int{6, 5} { // names are asked for once
		statements.n.Store(0)
		ofSnapshot(t, s, ref, norms.Page{})
		if got := int(statements.n.Load()); got == 0 || got > most {
			t.Errorf("%d statements, want no more than %d", got, most)
		}
	}
}
