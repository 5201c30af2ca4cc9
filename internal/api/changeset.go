package api

import (
	"context"

	"normmap/internal/norms"
	"normmap/internal/store"
)

type changeFilter struct {
	Paging
	Thing string `query:"thing" example:"agreement/paris-call" doc:"Only those that touched this agreement, organization, initiative, source, element or principle, or what belongs to it: its kind, a slash and its name in addresses."`
	Kind  string `query:"kind" example:"link" doc:"Only those that wrote rows of this kind."`
	By    string `query:"by" doc:"Only those made under this name."`
	Since string `query:"since" doc:"Only those after this revision, day or instant, written like as_of."`
	Until string `query:"until" doc:"Only those up to this revision, day or instant."`
}

func (a *api) readChanges() {
	listed(a, "changes", "The changesets of the record, the newest first", func(ctx context.Context, s *store.Store, in *changeFilter) (norms.List[norms.ChangesetRow], error) {
		f := norms.ChangeFilter{Thing: in.Thing, Kind: in.Kind, By: in.By, Since: in.Since, Until: in.Until}
		l, err := s.ChangesWhere(ctx, f, in.page())
		return l.List, err
	})
}
