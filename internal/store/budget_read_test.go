package store_test

import (
	"testing"
	"time"

	"normmap/internal/norms"
)

// pageBudget leaves two of a page's six statements to who asks and to the
// revision.
const pageBudget = 4

func TestStatementsAPage(t *testing.T) {
	t.Parallel()
	_, pool := seeded(t)
	s, c := counted(t, pool)
	ctx, page := t.Context(), norms.Page{}
	for name, read := range map[string]func() error{
		"start":      func() error { _, err := s.Start(ctx); return err },
		"agreements": func() error { _, err := s.Agreements(ctx, page); return err },
		"agreement":  func() error { _, err := s.Agreement(ctx, "gcsc"); return err },
		"edition":    func() error { _, err := s.Edition(ctx, "gcsc", "final-2019"); return err },
		"principle": func() error {
			_, err := s.Principle(ctx, norms.Ref{Agreement: "paris-call", Label: "1"}, norms.Page{})
			return err
		},
		"organizations": func() error { _, err := s.Organizations(ctx, norms.OrganizationFilter{}, page); return err },
		"organization":  func() error { _, err := s.Organization(ctx, "microsoft"); return err },
		"initiatives":   func() error { _, err := s.Initiatives(ctx, norms.InitiativeFilter{}, page); return err },
		"initiative":    func() error { _, err := s.Initiative(ctx, "microsoft-cvd-policy"); return err },
		"sources":       func() error { _, err := s.Sources(ctx, norms.SourceFilter{}, page); return err },
		"source":        func() error { _, err := s.Source(ctx, "microsoft-bpf-2019"); return err },
		"elements":      func() error { _, err := s.Elements(ctx, norms.ElementFilter{}, page); return err },
		"element":       func() error { _, err := s.Element(ctx, "human-rights"); return err },
		"statements":    func() error { _, err := s.Statements(ctx, norms.StatementFilter{}, page); return err },
		"crosswalk":     func() error { _, err := s.Crosswalk(ctx, norms.CrosswalkFilter{}, page); return err },
		"cocitations":   func() error { _, err := s.Cocitations(ctx, norms.PairFilter{}, page); return err },
		"gaps":          func() error { _, err := s.Gaps(ctx, time.Now(), "", norms.Page{}); return err },
		"changes":       func() error { _, err := s.Changes(ctx, page); return err },
		"changes between": func() error {
			f := norms.ChangeFilter{Thing: "agreement/paris-call", Since: "2001-01-01", Kind: "principle"}
			if _, err := s.ChangesWhere(ctx, f, page); err != nil {
				return err
			}
			_, err := s.Difference(ctx, f, page)
			return err
		},
		"happenings": func() error { _, err := s.Happenings(ctx, norms.HappeningFilter{Since: "2019"}); return err },
		"changeset":  func() error { _, err := s.Changeset(ctx, 1, norms.Page{}); return err },
		"history":    func() error { _, err := s.History(ctx, "initiative", "microsoft-cvd-policy", norms.Page{}); return err },
		"links":      func() error { _, err := s.Links(ctx, norms.LinkFilter{Assessment: "unassessed"}, page); return err },
		"link":       func() error { _, err := s.AssessedLink(ctx, 1); return err },
		"not there":  func() error { _, _ = s.Initiative(ctx, "nothing"); return nil },
		"coverage": func() error {
			_, err := s.Coverage(ctx, norms.CoverageFilter{By: norms.ByOrganization}, page)
			return err
		},
	} {
		before := c.n.Load()
		if err := read(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if n := c.n.Load() - before; n == 0 || n > pageBudget {
			t.Errorf("%s takes %d statements, want 1 to %d", name, n, pageBudget)
		}
	}
}
