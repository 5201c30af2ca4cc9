package edit

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
)

type adherenceData struct {
	OrganizationID int64                   `db:"organization_id"`
	AgreementID    int64                   `db:"agreement_id"`
	EditionID      *int64                  `db:"edition_id"`
	Relation       norms.AdherenceRelation `db:"relation"`
	ViaID          *int64                  `db:"via_id"`
	Founding       bool                    `db:"founding"`
	Since          norms.Date              `db:"since"`
	SourceID       int64                   `db:"source_id"`
	Place          string                  `db:"place"`
	Note           string                  `db:"note"`
}

var adherenceTable = newTable[adherenceData]("adherence")

const idIs = "id = @id"

const adherenceKey = `organization_id = @organization and agreement_id = @agreement and relation = @relation
  and via_id is not distinct from @via and since = @since and edition_id is not distinct from @edition`

func (d adherenceData) key() pgx.StrictNamedArgs {
	return pgx.StrictNamedArgs{"organization": d.OrganizationID, "agreement": d.AgreementID, "relation": d.Relation,
		"via": d.ViaID, "since": d.Since, "edition": d.EditionID}
}

func (w *writing) putAdherence(ctx context.Context, e norms.PutAdherence) (bool, error) {
	data, err := w.adherenceData(ctx, e)
	if err != nil {
		return false, err
	}
	want := wish[adherenceData]{
		thing: norms.Thing{Kind: "adherence", ID: e.ID, Key: e.Organization, Name: e.Organization + " " + string(e.Relation) + " " + e.Agreement},
		where: adherenceKey, key: data.key(), data: data, seen: e.Version, refused: "relation",
	}
	if e.ID != 0 {
		want.where, want.key = idIs, pgx.StrictNamedArgs{"id": e.ID}
	}
	return w.wrote(put(ctx, w, adherenceTable, want))
}

func (w *writing) adherenceData(ctx context.Context, e norms.PutAdherence) (d adherenceData, err error) {
	d = adherenceData{Relation: e.Relation, Founding: e.Founding, Since: e.Since, Place: e.Place, Note: e.Note}
	if d.OrganizationID, err = w.id(ctx, "organization", "organization", e.Organization); err != nil {
		return d, err
	}
	if d.AgreementID, err = w.id(ctx, "agreement", "agreement", e.Agreement); err != nil {
		return d, err
	}
	if d.EditionID, err = w.optionalID(ctx, "edition", "edition", editionOf(e)); err != nil {
		return d, err
	}
	if d.ViaID, err = w.optionalID(ctx, "via", "organization", e.Via); err != nil {
		return d, err
	}
	d.SourceID, err = w.id(ctx, "source", "source", e.Source)
	return d, err
}

// editionOf names the edition that an adherence is to; "" for the whole agreement.
func editionOf(e norms.PutAdherence) string {
	if e.Edition == "" {
		return ""
	}
	return e.Agreement + "/" + e.Edition
}

func (w *writing) withdrawAdherence(ctx context.Context, e norms.WithdrawAdherence) (bool, error) {
	found, err := adherenceTable.find(ctx, w.db, idIs, pgx.StrictNamedArgs{"id": e.ID})
	if err != nil {
		return false, err
	}
	if err := withdrawable(found, e.ID, e.Version, "adherence"); err != nil {
		return false, err
	}
	return w.wrote(e.ID, true, w.remove(ctx, "adherence", e.ID))
}

// withdrawable says why a row cannot be withdrawn by someone who saw version.
func withdrawable[R any](found *row[R], id, version int64, kind string) error {
	switch {
	case found == nil:
		return norms.Errorf(norms.Gone, "%s %d is not recorded (any more)", kind, id)
	case found.Version != version:
		return stale(norms.Thing{Kind: kind, ID: id, Name: "the " + kind}, found.Data)
	}
	return nil
}
