package store_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/norms"
	"normmap/internal/store"
)

func covered(t *testing.T, s *store.Store, f norms.CoverageFilter, p norms.Page) norms.Coverage {
	t.Helper()
	if f.By == "" {
		f.By = norms.ByOrganization
	}
	return read[norms.Coverage](t)(s.Coverage(t.Context(), f, p))
}

// cell is what a coverage shows for a principle and a column.
func cell(t *testing.T, c norms.Coverage, ref, column string) norms.CoverageCell {
	t.Helper()
	row := slices.IndexFunc(c.Rows, func(r norms.CoverageRow) bool { return r.Ref == ref })
	col := slices.IndexFunc(c.Columns, func(c norms.CoverageColumn) bool { return c.Key == column })
	if row < 0 || col < 0 {
		t.Fatalf("no cell for %s and %q: row %d, column %d", ref, column, row, col)
	}
	return c.Rows[row].Cells[col]
}

func TestCoverageOfTheFoundingLetter(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	c := covered(t, s, norms.CoverageFilter{}, norms.Page{})
	wants := map[string]norms.CoverageCell{
		"paris-call/1":  {State: norms.Cited, Tally: norms.Tally{Links: 10, Initiatives: 10}},
		"paris-call/4":  {State: norms.NotReviewed},
		"paris-call/8":  {State: norms.NotReviewed},
		"tech-accord/1": {State: norms.Cited, Tally: norms.Tally{Links: 4, Initiatives: 4}},
		"gcsc/6":        {State: norms.NotReviewed, Tally: norms.Tally{PossiblyCited: 2}},
		"manrs@ixps/1":  {State: norms.NotReviewed},
	}
	for ref, want := range wants {
		if d := cmp.Diff(want, cell(t, c, ref, "microsoft")); d != "" {
			t.Errorf("%s: %s", ref, d)
		}
	}
	if d := cmp.Diff(norms.CoverageCell{State: norms.NotReviewed}, cell(t, c, "paris-call/1", "cybersecurity-tech-accord")); d != "" {
		t.Errorf("what members do is not what their collective does: %s", d)
	}
	start := read[norms.Start](t)(s.Start(t.Context()))
	all := c.All.Tally
	if all.Links != start.Stats.Links || all.Initiatives != 13 || len(c.Rows) != start.Stats.Principles || c.Evidence != 1 {
		t.Errorf("%d links by %d initiatives for %d principles, %d columns with links", all.Links, all.Initiatives, len(c.Rows), c.Evidence)
	}
}

// Rows and columns are added up from the same cells, and shares say of how
// many.
func TestCoverageAddsUp(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	for _, by := range norms.CoverageBys {
		c := covered(t, s, norms.CoverageFilter{By: by, Agreements: []string{"gcsc", "paris-call"}}, norms.Page{})
		var links, cited int
		for i, col := range c.Columns {
			var inColumn norms.Tally
			var share norms.Share
			n := 0
			for _, r := range c.Rows {
				inColumn.Links += r.Cells[i].Links
				inColumn.PossiblyCited += r.Cells[i].PossiblyCited
				inColumn.Contested += r.Cells[i].Contested
				share.Count(r.Cells[i].State, 1)
				if r.Cells[i].State == norms.Cited {
					n++
				}
			}
			if inColumn.Links != col.Links {
				t.Errorf("%s %q holds %+v, its total says %+v", by, col.Key, inColumn, col.Tally)
			}
			if d := cmp.Diff(share, col.Share); d != "" {
				t.Errorf("%s %q: %s", by, col.Key, d)
			}
			links, cited = links+col.Links, cited+n
		}
		if c.All.Links != links || links != 22 || c.All.Share.Denominator != cited || cited != 7 {
			t.Errorf("by %s: %d links of %d, %+v of %d cited", by, c.All.Links, links, c.All.Share, cited)
		}
	}
}

// A citation that may mean several principles is one citation in every total.
func TestCitationsAreCountedOnceInTotals(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	ambiguous := read[norms.List[norms.CitationRow]](t)(s.Citations(t.Context(), norms.CitationFilter{Resolution: "ambiguous", Agreement: "gcsc"}, norms.Page{}))
	for _, by := range norms.CoverageBys {
		c := covered(t, s, norms.CoverageFilter{By: by, Agreements: []string{"gcsc"}}, norms.Page{})
		cells := 0
		for _, r := range c.Rows {
			cells += r.PossiblyCited
		}
		i := slices.IndexFunc(c.Columns, func(c norms.CoverageColumn) bool { return c.PossiblyCited > 0 })
		if c.All.PossiblyCited != ambiguous.Total || c.Columns[i].PossiblyCited != ambiguous.Total || cells <= ambiguous.Total {
			t.Errorf("by %s: %d in all, %d in the column, %d in the rows; %d citations are ambiguous",
				by, c.All.PossiblyCited, c.Columns[i].PossiblyCited, cells, ambiguous.Total)
		}
	}
}

func TestOnlyThePrivateSectorHasEvidence(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	c := covered(t, s, norms.CoverageFilter{By: norms.ByStakeholderGroup}, norms.Page{})
	var with, all []string
	for _, col := range c.Columns {
		all = append(all, col.Key)
		if col.Links > 0 {
			with = append(with, col.Key)
		}
	}
	if fmt.Sprint(with) != "[private_sector]" || len(all) != len(norms.StakeholderGroups) {
		t.Errorf("links in %v of %v", with, all)
	}
}

func TestCoverageOfAnEdition(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	c := covered(t, s, norms.CoverageFilter{Agreements: []string{"gcsc"}, Edition: "singapore-2018"}, norms.Page{})
	if got := cell(t, c, "gcsc@singapore-2018/5", "microsoft").PossiblyCited; len(c.Rows) != 6 || got != 2 {
		t.Errorf("%d principles, the fifth possibly cited %d times", len(c.Rows), got)
	}
}

// Only supporting links count; those of others stand beside. Who has evidence
// comes first, and who has neither that nor an adherence takes no column.
func TestWhatACellCounts(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	by := editor(t, pool)
	organization := func(slug, name string) norms.PutOrganization {
		return norms.PutOrganization{Slug: slug, Name: name, Kind: "body"}
	}
	link := func(origin norms.Origin, asserter string, relation norms.LinkRelation) norms.PutLink {
		return norms.PutLink{Initiative: "microsoft-cvd-policy", Principle: "paris-call/8", Relation: relation, Origin: origin, Asserter: asserter, Rationale: "A test."}
	}
	apply(t, s, by, organization("idle", "Idle"), organization("watch", "Watch"), organization("ally", "Ally"),
		norms.PutAdherence{Organization: "ally", Agreement: "paris-call", Relation: "supported", Source: "microsoft-bpf-2019"},
		link("curator", "", "supports"), link("third_party", "watch", "supports"), link("third_party", "ally", "contrary"))
	c := covered(t, s, norms.CoverageFilter{Agreements: []string{"paris-call"}}, norms.Page{})
	want := norms.CoverageCell{State: norms.NotReviewed, Tally: norms.Tally{CuratorLinks: 1, ThirdPartyLinks: 1}}
	if d := cmp.Diff(want, cell(t, c, "paris-call/8", "microsoft")); d != "" {
		t.Error(d)
	}
	var columns []string
	for _, col := range c.Columns {
		columns = append(columns, col.Key)
	}
	if fmt.Sprint(columns) != "[microsoft ally cybersecurity-tech-accord]" || c.LeftOut != 2 {
		t.Errorf("columns %v, %d left out", columns, c.LeftOut)
	}
}

// The pages of a coverage hold each column once, and the same totals.
func TestCoverageColumnsPageByPage(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	var edits []norms.Edit
	for i := range 5 {
		slug := fmt.Sprintf("many-%d", i)
		edits = append(edits, norms.PutOrganization{Slug: slug, Name: fmt.Sprintf("Many %d", i%2), Kind: "body"},
			norms.PutAdherence{Organization: slug, Agreement: "paris-call", Relation: "supported", Source: "microsoft-bpf-2019"})
	}
	apply(t, s, editor(t, pool), edits...)
	whole := covered(t, s, norms.CoverageFilter{}, norms.Page{})
	var names, all []string
	for p := (norms.Page{Limit: 3}); ; {
		c := covered(t, s, norms.CoverageFilter{}, p)
		for _, col := range c.Columns {
			names = append(names, col.Key)
		}
		if d := cmp.Diff(whole.All, c.All); d != "" || c.Total != whole.Total {
			t.Errorf("totals differ from page to page: %s", d)
		}
		if c.Next == nil {
			break
		}
		p.Cursor = *c.Next
	}
	for _, col := range whole.Columns {
		all = append(all, col.Key)
	}
	if d := cmp.Diff(all, names); d != "" || len(all) != 7 {
		t.Errorf("%d columns: %s", len(all), d)
	}
	_, err := s.Coverage(t.Context(), norms.CoverageFilter{By: norms.ByOrganization}, norms.Page{Cursor: "x"})
	wantKind(t, "a cursor that is none", err, norms.Malformed)
}
