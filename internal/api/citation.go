package api

import (
	"context"

	"normmap/internal/norms"
	"normmap/internal/store"
)

type citationFilter struct {
	Paging
	Resolution resolution `query:"resolution" doc:"Only those taken to mean this; unresolved: the three that wait for a decision."`
	Agreement  slug       `query:"agreement" doc:"Only of this agreement."`
	Source     slug       `query:"source" doc:"Only those that this source prints."`
	Initiative slug       `query:"initiative" doc:"Only those printed about this initiative."`
}

func (a *api) readCitations() {
	listed(a, "citations", "Cited labels and what each was taken to mean", func(ctx context.Context, s *store.Store, in *citationFilter) (norms.List[norms.CitationRow], error) {
		f := norms.CitationFilter{Resolution: string(in.Resolution), Agreement: string(in.Agreement),
			Source: string(in.Source), Initiative: string(in.Initiative)}
		return s.Citations(ctx, f, in.page())
	})
}
