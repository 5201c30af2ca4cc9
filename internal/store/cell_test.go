package store_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/jackc/pgx/v5/pgxpool"

	"normmap/internal/norms"
	"normmap/internal/store"
)

func aReview(ref string) norms.PutCellReview {
	return norms.PutCellReview{Principle: ref, Organization: "microsoft", ReviewedOn: "2026-11-20", Note: "Its site and its reports, by their search."}
}

// reviewedFirst records a review of Microsoft for a principle as if it had been
// there before the links.
func reviewedFirst(t *testing.T, pool *pgxpool.Pool, ref string) {
	t.Helper()
	rewrite(t, pool, `insert into cell_review (principle_id, organization_id, account_id, reviewed_on, note, version)
select n.id, o.id, (select min(id) from account), '2018', 'Its site.', (select max(id) from changeset)
from principle_name n, organization o where n.ref = '`+ref+`' and o.slug = 'microsoft'`)
}

func aRuling(ref string, outside bool) norms.PutAddresseeRuling {
	return norms.PutAddresseeRuling{Principle: ref, Organization: "microsoft", Outside: outside, Rationale: "As the text says elsewhere."}
}

// stateOf is the state of Microsoft's cell in the matrix, which its form has to
// show, too.
func stateOf(t *testing.T, s *store.Store, c norms.Coverage, ref string) norms.CellState {
	t.Helper()
	state := cell(t, c, ref, "microsoft").State
	parsed, err := norms.ParseRef(ref)
	must(t, err)
	if form := read[norms.Cell](t)(s.Cell(t.Context(), parsed, "microsoft")); form.State() != state {
		t.Errorf("%s is %s in the matrix and %s on its form", ref, state, form.State())
	}
	return state
}

// The first state that applies holds, step by step, and back.
func TestStatesOfACell(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	const open, foreign, cited = "paris-call/4", "un-norms/13-a", "paris-call/1"
	states := func(step string, ref string, want norms.CellState) {
		t.Helper()
		c := covered(t, s, norms.CoverageFilter{}, norms.Page{})
		if got := stateOf(t, s, c, ref); got != want {
			t.Errorf("%s: %s is %s, want %s", step, ref, got, want)
		}
	}
	states("at first", open, norms.NotReviewed)
	states("at first", foreign, norms.OutsideAddressee)
	states("at first", cited, norms.Cited)

	ruled := apply(t, s, by, aRuling(foreign, false))
	states("ruled inside", foreign, norms.NotReviewed)
	apply(t, s, by, norms.WithdrawAddresseeRuling{ID: ruled.IDs[0], Version: ruled.Revision})
	states("the ruling withdrawn", foreign, norms.OutsideAddressee)
	apply(t, s, by, aRuling(open, true))
	states("ruled outside", open, norms.OutsideAddressee)

	reviewed := apply(t, s, by, aReview(open))
	states("reviewed", open, norms.ReviewedNoneFound)
	apply(t, s, by, norms.WithdrawCellReview{ID: reviewed.IDs[0], Version: reviewed.Revision})
	states("the review withdrawn", open, norms.OutsideAddressee)
	reviewedFirst(t, pool, cited)
	states("reviewed, though links are on record", cited, norms.Cited)

	links := read[norms.List[norms.LinkRow]](t)(s.Links(t.Context(), norms.LinkFilter{Principle: cited, Origin: "contributor"}, norms.Page{}))
	view := anAssessment(links.Items[0].ID)
	view.View = norms.Partly
	made := apply(t, s, by, view)
	states("agreed in part", cited, norms.Cited)
	view.ID, view.Version, view.View = made.IDs[0], made.Revision, norms.Disagrees
	apply(t, s, by, view)
	states("disagreed", cited, norms.Contested)
	p := read[norms.Principle](t)(s.Principle(t.Context(), norms.Ref{Agreement: "paris-call", Label: "1"}, norms.Page{}))
	if p.State() != "contested" || p.Contested != 1 || p.Links != 10 || len(p.Cells.Reviews) != 1 || p.Cells.Reviews[0].Links != 10 {
		t.Errorf("the principle: %s, %d of %d contested, reviews %+v", p.State(), p.Contested, p.Links, p.Cells.Reviews)
	}
}

// Disagreement with a link that is not counted contests nothing.
func TestOnlyCountedLinksAreContested(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	l := aLink("paris-call/4")
	l.Initiative = "microsoft-cvd-policy"
	link := apply(t, s, by, l).IDs[0]
	apply(t, s, by, anAssessment(link))
	c := covered(t, s, norms.CoverageFilter{}, norms.Page{})
	want := norms.CoverageCell{State: norms.NotReviewed, Tally: norms.Tally{CuratorLinks: 1}}
	if d := cmp.Diff(want, cell(t, c, "paris-call/4", "microsoft")); d != "" {
		t.Error(d)
	}
	if g := read[norms.Gaps](t)(s.Gaps(t.Context(), time.Now(), "", norms.Page{})); len(g.Contested) != 0 {
		t.Errorf("contested: %+v", g.Contested)
	}
}

// Every total is the sum of the cells that it speaks of, on whichever page they
// are.
func TestStatesAddUp(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	var edits []norms.Edit
	for i := range 5 {
		slug := fmt.Sprintf("firm-%d", i)
		edits = append(edits, norms.PutOrganization{Slug: slug, Name: slug, Kind: "body", StakeholderGroup: norms.StakeholderGroups[i%3]},
			norms.PutAdherence{Organization: slug, Agreement: "paris-call", Relation: "supported", Source: "microsoft-bpf-2019"},
			norms.PutCellReview{Principle: fmt.Sprintf("paris-call/%d", i+1), Organization: slug, ReviewedOn: "2026", Note: "Looked."},
			norms.PutAddresseeRuling{Principle: "paris-call/8", Organization: slug, Outside: i%2 == 0, Rationale: "So."})
	}
	apply(t, s, by, append(edits, aReview("un-norms/13-a"), anAssessment(1), anAssessment(2))...)
	for _, by := range norms.CoverageBys {
		whole := covered(t, s, norms.CoverageFilter{By: by}, norms.Page{})
		var all norms.Share
		for _, r := range whole.Rows {
			var row norms.Share
			for _, c := range r.Cells {
				row.Count(c.State, 1)
				all.Count(c.State, 1)
			}
			if d := cmp.Diff(row, r.Share); d != "" {
				t.Errorf("%s, %s: %s", by, r.Ref, d)
			}
		}
		if d := cmp.Diff(all, whole.All.Share); d != "" || all.States[norms.Contested] == 0 || all.States[norms.OutsideAddressee] == 0 {
			t.Errorf("%s: %+v: %s", by, all, d)
		}
		page := covered(t, s, norms.CoverageFilter{By: by}, norms.Page{Limit: 2})
		if d := cmp.Diff(whole.All, page.All); d != "" {
			t.Errorf("%s: the totals of a page with two columns: %s", by, d)
		}
		ignore := cmpopts.IgnoreFields(norms.CoverageRow{}, "Cells")
		if d := cmp.Diff(whole.Rows, page.Rows, ignore); d != "" {
			t.Errorf("%s: the rows of a page with two columns: %s", by, d)
		}
	}
}

// A group was reviewed when every organization of it that has a cell was.
func TestStatesOfAStakeholderGroup(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	const ref = "paris-call/4"
	group := func() norms.CellState {
		return cell(t, covered(t, s, norms.CoverageFilter{By: norms.ByStakeholderGroup, Agreements: []string{"paris-call"}}, norms.Page{}), ref, "civil_society").State
	}
	join := func(slug string) {
		apply(t, s, by, norms.PutOrganization{Slug: slug, Name: slug, Kind: "body", StakeholderGroup: "civil_society"},
			norms.PutAdherence{Organization: slug, Agreement: "paris-call", Relation: "supported", Source: "microsoft-bpf-2019"})
	}
	review := func(slug string) norms.PutCellReview {
		return norms.PutCellReview{Principle: ref, Organization: slug, ReviewedOn: "2026", Note: "Looked."}
	}
	if got := group(); got != norms.NotReviewed {
		t.Errorf("nobody: %s", got)
	}
	join("one")
	join("two")
	apply(t, s, by, review("one"))
	if got := group(); got != norms.NotReviewed {
		t.Errorf("one of two reviewed: %s", got)
	}
	apply(t, s, by, review("two"))
	if got := group(); got != norms.ReviewedNoneFound {
		t.Errorf("both reviewed: %s", got)
	}
	join("three")
	apply(t, s, by, norms.PutAddresseeRuling{Principle: ref, Organization: "three", Outside: true, Rationale: "So."})
	if got := group(); got != norms.NotReviewed {
		t.Errorf("a third one came: %s; a ruling is about an organization", got)
	}
	foreign := cell(t, covered(t, s, norms.CoverageFilter{By: norms.ByStakeholderGroup}, norms.Page{}), "un-norms/13-a", "civil_society")
	if foreign.State != norms.OutsideAddressee {
		t.Errorf("a norm for states and civil society: %s", foreign.State)
	}
}

func TestGapsOfReviewedAndContestedCells(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	link, _ := someLink(t, pool)
	apply(t, s, by, anAssessment(link), aReview("paris-call/4"))
	reviewedFirst(t, pool, "paris-call/1")
	g := read[norms.Gaps](t)(s.Gaps(t.Context(), time.Now(), "", norms.Page{}))
	if len(g.Contested) != 1 || g.Contested[0].ID != link || g.Contested[0].Disagreed != 1 {
		t.Errorf("contested: %+v", g.Contested)
	}
	if len(g.Reviewed) != 1 || g.Reviewed[0].Principle != "paris-call/4" || g.Reviewed[0].Reviewer != "Ada Editor" {
		t.Errorf("reviewed, none found: %+v", g.Reviewed)
	}
}
