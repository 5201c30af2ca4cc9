package api

import (
	"context"

	"normmap/internal/norms"
	"normmap/internal/store"
)

type adherenceFilter struct {
	Paging
	Organization slug              `query:"organization" doc:"Only this organization's."`
	Agreement    slug              `query:"agreement" doc:"Only to this agreement."`
	Relation     adherenceRelation `query:"relation" doc:"Only those of this relation."`
}

func (a *api) readAdherences() {
	listed(a, "adherences", "How organizations stand to agreements", func(ctx context.Context, s *store.Store, in *adherenceFilter) (norms.List[norms.AdherenceRow], error) {
		f := norms.AdherenceFilter{Organization: string(in.Organization), Agreement: string(in.Agreement), Relation: string(in.Relation)}
		return s.Adherences(ctx, f, in.page())
	})
}
