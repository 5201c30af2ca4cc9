package api

import (
	"context"

	"normmap/internal/norms"
	"normmap/internal/store"
)

type initiativeFilter struct {
	Paging
	Organization slug             `query:"organization" doc:"Only those that this organization carries out."`
	Agreement    slug             `query:"agreement" doc:"Only those linked to a principle of this agreement."`
	Principle    ref              `query:"principle" doc:"Only those linked to this principle."`
	Status       initiativeStatus `query:"status" doc:"Only those that are this far."`
	Q            string           `query:"q" doc:"Words to look for in title and summary."`
}

func (a *api) readInitiatives() {
	listed(a, "initiatives", "Initiatives", func(ctx context.Context, s *store.Store, in *initiativeFilter) (norms.List[norms.InitiativeRow], error) {
		f := norms.InitiativeFilter{Organization: string(in.Organization), Agreement: string(in.Agreement),
			Principle: string(in.Principle), Status: string(in.Status), Q: in.Q}
		return s.Initiatives(ctx, f, in.page())
	})
}
