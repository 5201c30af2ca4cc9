package store_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/account"
	"normmap/internal/norms"
	"normmap/internal/seed"
	"normmap/seeds"
)

const liveLinks = "select count(*) from link where origin = 'contributor' and relation = 'supports'"

func TestSeedsGiveTheLettersFigures(t *testing.T) {
	t.Parallel()
	_, pool := seeded(t)
	for q, want := range map[string]int{
		"select count(*) from initiative": 17, "select count(*) from citation_line": 13, "select count(*) from reference": 29,
		"select count(*) from citation": 38, liveLinks: 34, "select count(*) from citation where resolution = 'ambiguous'": 4,
		"select count(*) from changeset": 1,
	} {
		if got := count(t, pool, q); got != want {
			t.Errorf("%s = %d, want %d", q, got, want)
		}
	}
}

// The totals per principle that the letter's citation lines add up to.
func TestLinksPerPrinciple(t *testing.T) {
	t.Parallel()
	_, pool := seeded(t)
	rows, err := pool.Query(t.Context(), "select n.ref, count(l.id) from principle_name n left join link l on l.principle_id = n.id where n.agreement in ('tech-accord', 'paris-call') group by n.ref")
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]int{}
	for rows.Next() {
		var ref string
		var n int
		if err := rows.Scan(&ref, &n); err != nil {
			t.Fatal(err)
		}
		got[ref] = n
	}
	want := map[string]int{
		"tech-accord/1": 4, "tech-accord/2": 3, "tech-accord/3": 3, "tech-accord/4": 2,
		"paris-call/1": 10, "paris-call/2": 2, "paris-call/3": 1, "paris-call/4": 0, "paris-call/5": 2, "paris-call/6": 1,
		"paris-call/7": 4, "paris-call/8": 0, "paris-call/9": 2,
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestGCSCLabelsStayAmbiguous(t *testing.T) {
	t.Parallel()
	_, pool := seeded(t)
	const q = `
select c.label || ' ' || string_agg(n.ref, ' ' order by cc.position)
from citation c join citation_candidate cc on cc.citation_id = c.id join principle_name n on n.id = cc.principle_id
where c.resolution = 'ambiguous' group by c.id, c.label order by 1`
	rows, err := pool.Query(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		got = append(got, s)
	}
	five, seven := "5 gcsc/5 gcsc/6 gcsc@singapore-2018/5", "7 gcsc/7 gcsc/8 gcsc/1"
	if d := cmp.Diff([]string{five, five, seven, seven}, got); d != "" {
		t.Error(d)
	}
}

func TestSecondSeedRunChangesNothing(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	edits := load(t)
	done, err := s.Apply(t.Context(), account.SeedFiles(), "again", edits)
	if err != nil {
		t.Fatal(err)
	}
	if done.Revision != 0 || done.Written != 0 || len(done.Kept) != 0 {
		t.Errorf("second run: %+v, want nothing", done)
	}
	if n := count(t, pool, "select max(id) from changeset"); n != 1 {
		t.Errorf("revision %d after the second run, want 1", n)
	}
}

func load(t *testing.T) []norms.Edit {
	t.Helper()
	edits, err := seed.Load(seeds.FS)
	if err != nil {
		t.Fatal(err)
	}
	return edits
}

func TestSeedsKeepWhatAPersonChangedOrWithdrew(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	ctx := t.Context()
	renamed := put[norms.PutOrganization](t, func(e norms.PutOrganization) bool { return e.Slug == "microsoft" })
	renamed.Name, renamed.Version = "Microsoft Corporation", 1
	if _, err := s.Apply(ctx, by, "full name", []norms.Edit{renamed}); err != nil {
		t.Fatal(err)
	}
	var manrs int64
	if err := pool.QueryRow(ctx, "select ad.id from adherence ad join agreement a on a.id = ad.agreement_id where a.slug = 'manrs' and relation = 'endorsed'").Scan(&manrs); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Apply(ctx, by, "not sure", []norms.Edit{norms.WithdrawAdherence{ID: manrs, Version: 1}}); err != nil {
		t.Fatal(err)
	}
	done, err := s.Apply(ctx, account.SeedFiles(), "again", load(t))
	if err != nil {
		t.Fatal(err)
	}
	if len(done.Kept) != 2 || done.Revision != 0 {
		t.Errorf("kept %+v, revision %d; want the organization and the adherence kept and nothing written", done.Kept, done.Revision)
	}
	if n := count(t, pool, "select count(*) from organization where name = 'Microsoft Corporation'"); n != 1 {
		t.Error("the person's name was overwritten")
	}
}

// put finds an edit of the seeds, to be changed by the test.
func put[E norms.Edit](t *testing.T, is func(E) bool) E {
	t.Helper()
	for _, e := range load(t) {
		if e, ok := e.(E); ok && is(e) {
			return e
		}
	}
	t.Fatal("the seeds hold no such edit")
	panic("unreachable")
}
