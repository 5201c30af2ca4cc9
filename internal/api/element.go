package api

import (
	"context"

	"normmap/internal/norms"
	"normmap/internal/store"
)

type elementFilter struct {
	Paging
	Space       space `query:"space" doc:"Only readings of agreements made there."`
	LegalNature force `query:"legal_nature" doc:"Only readings of agreements of this legal nature, or of those that are binding or not."`
}

func (a *api) readElements() {
	listed(a, "elements", "Elements with their readings in the agreements", func(ctx context.Context, s *store.Store, in *elementFilter) (norms.List[norms.ElementRow], error) {
		return s.Elements(ctx, norms.ElementFilter{Space: string(in.Space), LegalNature: string(in.LegalNature)}, in.page())
	})
}
