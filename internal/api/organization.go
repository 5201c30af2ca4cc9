package api

import (
	"context"

	"normmap/internal/norms"
	"normmap/internal/store"
)

type organizationFilter struct {
	Paging
	StakeholderGroup stakeholderGroup `query:"stakeholder_group" doc:"Only of this stakeholder group."`
	Agreement        slug             `query:"agreement" doc:"Only those recorded as standing in some relation to this agreement."`
	Q                string           `query:"q" doc:"Words to look for in the name."`
}

func (a *api) readOrganizations() {
	listed(a, "organizations", "Organizations", func(ctx context.Context, s *store.Store, in *organizationFilter) (norms.List[norms.OrganizationRow], error) {
		f := norms.OrganizationFilter{StakeholderGroup: string(in.StakeholderGroup), Agreement: string(in.Agreement), Q: in.Q}
		return s.Organizations(ctx, f, in.page())
	})
}
