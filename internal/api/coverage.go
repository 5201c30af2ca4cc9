package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"normmap/internal/norms"
	"normmap/internal/store"
)

type coverageFilter struct {
	Paging
	By               coverageBy       `query:"by" default:"organization" doc:"What the columns are."`
	Agreement        []slug           `query:"agreement,explode" doc:"Only principles of these agreements; may be given several times."`
	Edition          slug             `query:"edition" doc:"Of the one agreement that is given, this edition; without it, current editions."`
	Organization     slug             `query:"organization" doc:"Only what this organization carries out."`
	StakeholderGroup stakeholderGroup `query:"stakeholder_group" doc:"Only what organizations of this stakeholder group carry out."`
}

func (a *api) readCoverage() {
	register(a, huma.Operation{
		OperationID: "list-coverage", Method: http.MethodGet, Path: "/coverage", Tags: []string{"coverage"},
		Summary: "Principles against organizations or stakeholder groups",
		Description: "A matrix of one page of columns: each row is a principle with a cell for every column, in the columns' order. " +
			"Links are contributors' own, of relation supports. The first state that applies holds: contested, cited, " +
			"reviewed_none_found, outside_addressee, not_reviewed. A denominator counts the first three, and rows and totals speak of all columns. " +
			"reviewed_none_found and not_reviewed do not mean not done.",
		Errors: []int{http.StatusMovedPermanently},
	}, a.coverage)
}

func (a *api) coverage(ctx context.Context, in *coverageFilter) (*remembered[norms.Coverage], error) {
	f := norms.CoverageFilter{By: norms.CoverageBy(in.By), Edition: string(in.Edition), Organization: string(in.Organization),
		StakeholderGroup: string(in.StakeholderGroup)}
	for _, s := range in.Agreement {
		f.Agreements = append(f.Agreements, string(s))
	}
	if err := f.Check(); err != nil {
		return nil, err
	}
	return reading(ctx, a, in.past(), func(s *store.Store) (norms.Coverage, error) { return s.Coverage(ctx, f, in.page()) })
}
