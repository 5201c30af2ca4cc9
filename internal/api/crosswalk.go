package api

import (
	"context"

	"normmap/internal/norms"
	"normmap/internal/store"
)

// Pairs are the parameters of lists of pairs. It is exported for huma, which
// looks into exported fields only.
type Pairs struct {
	Agreement []slug `query:"agreement,explode" doc:"Only pairs with a principle of this agreement; given twice, those between the two, read from the first."`
	Principle ref    `query:"principle" doc:"Only pairs with this principle, read from it; one agreement is then that of the other principle."`
}

func (p Pairs) filter() norms.PairFilter {
	f := norms.PairFilter{Principle: string(p.Principle)}
	for _, a := range p.Agreement {
		f.Agreements = append(f.Agreements, string(a))
	}
	return f
}

type crosswalkFilter struct {
	Paging
	Pairs
	Relation crosswalkRelation `query:"relation" doc:"Only those of this relation, as they are read."`
	Origin   crosswalkOrigin   `query:"origin" doc:"Only those that this sort of asserter asserts."`
}

type cocitationFilter struct {
	Paging
	Pairs
}

func (a *api) readCrosswalk() {
	listed(a, "crosswalk", "How principles of different texts stand to each other", func(ctx context.Context, s *store.Store, in *crosswalkFilter) (norms.List[norms.CrosswalkRow], error) {
		f := norms.CrosswalkFilter{PairFilter: in.filter(), Relation: string(in.Relation), Origin: string(in.Origin)}
		if err := f.Check(); err != nil {
			return norms.List[norms.CrosswalkRow]{}, err
		}
		return s.Crosswalk(ctx, f, in.page())
	})
	listed(a, "cocitations", "Principles that contributors cite together, computed", func(ctx context.Context, s *store.Store, in *cocitationFilter) (norms.List[norms.CocitationRow], error) {
		f := in.filter()
		if err := f.Check(); err != nil {
			return norms.List[norms.CocitationRow]{}, err
		}
		return s.Cocitations(ctx, f, in.page())
	})
}
