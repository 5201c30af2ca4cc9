package api

import (
	"context"

	"normmap/internal/norms"
)

func (a *api) readAgreements() {
	listed(a, "agreements", "All agreements", func(ctx context.Context, in *Paging) (norms.List[norms.AgreementRow], error) {
		return a.Store.Agreements(ctx, in.page())
	})
	one(a, "agreements", "get-agreement", "One agreement with its editions, principles, numberings and adherences", a.Store.Agreement)
}
