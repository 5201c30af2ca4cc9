package api

import (
	"context"

	"normmap/internal/norms"
	"normmap/internal/store"
)

func (a *api) readAgreements() {
	listed(a, "agreements", "All agreements", func(ctx context.Context, s *store.Store, in *Paging) (norms.List[norms.AgreementRow], error) {
		return s.Agreements(ctx, in.page())
	})
}
