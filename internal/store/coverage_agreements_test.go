package store_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// What stands for an agreement is what its principles hold together, in every
// choice; the control has other cells.
func TestAgreementsAddUpTheirPrinciples(t *testing.T) {
	t.Parallel()
	s, _ := seeded(t)
	for name, f := range map[string]norms.CoverageFilter{
		"organizations":      {By: norms.ByOrganization},
		"groups":             {By: norms.ByStakeholderGroup},
		"one group":          {By: norms.ByStakeholderGroup, StakeholderGroup: "private_sector"},
		"those of a group":   {By: norms.ByOrganization, StakeholderGroup: "private_sector"},
		"one organization":   {By: norms.ByOrganization, Organization: "microsoft"},
		"several agreements": {By: norms.ByOrganization, Agreements: []string{"gcsc", "paris-call"}},
	} {
		whole := covered(t, s, f, norms.Page{})
		folded := read[norms.Coverage](t)(s.CoverageUpTo(t.Context(), f, norms.Page{}, 5))
		if len(folded.Folded) == 0 || len(folded.Rows) != 0 || cmp.Diff(whole.Columns, folded.Columns, cmp.FilterPath(isShare, cmp.Ignore())) != "" {
			t.Fatalf("%s: %d agreements, %d principles", name, len(folded.Folded), len(folded.Rows))
		}
		want, got := addedUp(whole), map[string]norms.AgreementCoverage{}
		for _, a := range folded.Folded {
			a.ID, a.Title, a.RepealedOn = 0, "", ""
			got[a.Agreement] = a
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
	one := read[norms.Coverage](t)(s.CoverageUpTo(t.Context(), norms.CoverageFilter{By: norms.ByOrganization, Agreements: []string{"paris-call"}}, norms.Page{}, 5))
	if len(one.Rows) != 9 || len(one.Folded) != 0 {
		t.Errorf("of one agreement there are %d principles and %d agreements", len(one.Rows), len(one.Folded))
	}
}

// Agreements add up in the past as they do now.
func TestAgreementsAddUpInThePast(t *testing.T) {
	t.Parallel()
	s, pool := seeded(t)
	past, err := postgres.OpenPast(t.Context(), pool.Config().ConnString())
	must(t, err)
	t.Cleanup(past.Close)
	then := s.WithPast(past).AsOf(1)
	for name, f := range map[string]norms.CoverageFilter{
		"organizations":    {By: norms.ByOrganization},
		"groups":           {By: norms.ByStakeholderGroup},
		"one organization": {By: norms.ByOrganization, Organization: "microsoft"},
	} {
		now := read[norms.Coverage](t)(s.CoverageUpTo(t.Context(), f, norms.Page{}, 5))
		before := read[norms.Coverage](t)(then.CoverageUpTo(t.Context(), f, norms.Page{}, 5))
		if d := cmp.Diff(now, before); d != "" || len(now.Folded) < 5 {
			t.Errorf("%s, with %d agreements: %s", name, len(now.Folded), d)
		}
	}
}

// isShare holds for what is counted from the cells that are shown.
func isShare(p cmp.Path) bool { return p.Last().String() == ".Share" }

// addedUp adds the rows and cells of a coverage up by agreement.
func addedUp(c norms.Coverage) map[string]norms.AgreementCoverage {
	out := map[string]norms.AgreementCoverage{}
	for _, r := range c.Rows {
		a, known := out[r.Agreement]
		if !known {
			a = norms.AgreementCoverage{Agreement: r.Agreement, Cells: make([]norms.AgreementCell, len(c.Columns))}
		}
		a.Principles++
		addTo(&a.AgreementCell, r.Tally)
		for i, cell := range r.Cells {
			addTo(&a.Cells[i], cell.Tally)
		}
		out[r.Agreement] = a
	}
	return out
}

func addTo(c *norms.AgreementCell, t norms.Tally) {
	c.Links, c.CuratorLinks, c.ThirdPartyLinks = c.Links+t.Links, c.CuratorLinks+t.CuratorLinks, c.ThirdPartyLinks+t.ThirdPartyLinks
	if t.Links > 0 {
		c.Cited++
	}
	if t.Contested > 0 {
		c.Contested++
	}
}
