package api

import (
	"context"

	"normmap/internal/norms"
	"normmap/internal/store"
)

type sourceFilter struct {
	Paging
	Kind sourceKind `query:"kind" doc:"Only documents of this kind."`
	Q    string     `query:"q" doc:"Words to look for in the title."`
}

func (a *api) readSources() {
	listed(a, "sources", "Sources", func(ctx context.Context, s *store.Store, in *sourceFilter) (norms.List[norms.SourceRow], error) {
		return s.Sources(ctx, norms.SourceFilter{Kind: string(in.Kind), Q: in.Q}, in.page())
	})
}
