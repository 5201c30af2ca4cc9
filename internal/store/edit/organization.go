package edit

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
)

type organizationData struct {
	Slug             string                 `db:"slug"`
	Name             string                 `db:"name"`
	Kind             norms.OrganizationKind `db:"kind"`
	StakeholderGroup norms.StakeholderGroup `db:"stakeholder_group"`
	AgreementID      *int64                 `db:"agreement_id"`
	URL              string                 `db:"url"`
	Summary          string                 `db:"summary"`
}

var organizationTable = newTable[organizationData]("organization")

func (w *writing) putOrganization(ctx context.Context, e norms.PutOrganization) (bool, error) {
	agreement, err := w.optionalID(ctx, "agreement", "agreement", e.Agreement)
	if err != nil {
		return false, err
	}
	return w.wrote(put(ctx, w, organizationTable, wish[organizationData]{
		thing: norms.Thing{Kind: "organization", Key: e.Slug, Name: e.Name},
		where: slugIs, key: pgx.StrictNamedArgs{"slug": e.Slug}, seen: e.Version, refused: "slug",
		data: organizationData{e.Slug, e.Name, e.Kind, e.StakeholderGroup, agreement, e.URL, e.Summary},
	}))
}
