package api

import (
	"context"

	"normmap/internal/norms"
)

func (a *api) readChanges() {
	listed(a, "changes", "Every changeset of the record, the newest first", func(ctx context.Context, in *Paging) (norms.List[norms.ChangesetRow], error) {
		return a.Store.Changes(ctx, in.page())
	})
}
