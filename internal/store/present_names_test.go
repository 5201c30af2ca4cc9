package store_test

import (
	"testing"

	"normmap/internal/norms"
)

func TestWhatIsRenamedMeanwhileIsAppliedUnderItsPresentName(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	things(t, s, pool)
	by := editor(t, pool)
	r := reviewed{t: t, s: s, pool: pool, proposer: person(t, pool, "Carl Contributor", "contributor"), reviewer: person(t, pool, "Rita Reviewer", "reviewer")}
	link := aLink("tests/1")
	link.Initiative = "suite"
	part := newInitiative("a-part")
	part.Parent, part.Organization, part.Source = "suite", "testers", "test-letter"
	part.Partners = []norms.Partner{{Name: "Testers", Organization: "testers"}}
	r.id = r.propose(link, part)
	for kind, key := range map[string]string{"agreement": "tests", "organization": "testers", "initiative": "suite", "source": "test-letter"} {
		renamed(t, s, pool, by, kind, key, "new-"+key)
	}
	for _, e := range r.proposal().List {
		if e.State != norms.EditReady || len(e.Renamed) == 0 {
			t.Errorf("edit %d is %s (%v), renamed %v", e.Position, e.State, e.Problem, e.Renamed)
		}
		must(t, r.decide(e.Position, norms.Accepted))
	}
	done := r.apply()
	const applied = "select count(*) from changeset where id = $1 and edits::text like '%new-suite%' and edits::text not like '%\"suite\"%' and edits::text like '%new-tests/1%'"
	var n int
	must(t, pool.QueryRow(t.Context(), applied, done.Revision).Scan(&n))
	if n != 1 {
		t.Error("the changeset does not say the present names")
	}
	if e := r.proposal().List[0]; len(e.Renamed) != 0 {
		t.Errorf("an applied edit is still renamed: %v", e.Renamed)
	}
}
