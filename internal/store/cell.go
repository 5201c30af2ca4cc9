package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
)

type cellReviewData struct {
	PrincipleID    int64      `db:"principle_id"`
	OrganizationID int64      `db:"organization_id"`
	AccountID      int64      `db:"account_id"`
	ReviewedOn     norms.Date `db:"reviewed_on"`
	Note           string     `db:"note"`
}

type rulingData struct {
	PrincipleID    int64  `db:"principle_id"`
	OrganizationID int64  `db:"organization_id"`
	Outside        bool   `db:"outside"`
	Rationale      string `db:"rationale"`
}

var (
	cellReviewTable = newTable[cellReviewData]("cell_review")
	rulingTable     = newTable[rulingData]("addressee_ruling")
)

const cellIs = "principle_id = @principle and organization_id = @organization"

// cellKey finds the principle and the organization that an edit names.
func (w *writing) cellKey(ctx context.Context, ref, organization string) (pgx.StrictNamedArgs, int64, int64, error) {
	p, err := w.principle(ctx, "principle", ref)
	if err != nil {
		return nil, 0, 0, err
	}
	o, err := w.id(ctx, "organization", "organization", organization)
	return pgx.StrictNamedArgs{"principle": p, "organization": o}, p, o, err
}

func (w *writing) putCellReview(ctx context.Context, e norms.PutCellReview) (bool, error) {
	key, principle, organization, err := w.cellKey(ctx, e.Principle, e.Organization)
	if err != nil {
		return false, err
	}
	reviewer := w.author()
	if reviewer == nil {
		return false, norms.Field("reviewed_on", "no person reviews in a file; leave the review out")
	}
	return w.wrote(put(ctx, w, cellReviewTable, wish[cellReviewData]{
		thing: norms.Thing{Kind: "cell_review", ID: e.ID, Key: e.Principle, Name: "the review of " + e.Organization + " for " + e.Principle},
		where: cellIs, key: key, seen: e.Version, refused: "principle",
		data: cellReviewData{principle, organization, *reviewer, e.ReviewedOn, e.Note},
	}))
}

func (w *writing) withdrawCellReview(ctx context.Context, e norms.WithdrawCellReview) (bool, error) {
	found, err := cellReviewTable.find(ctx, w.db, idIs, pgx.StrictNamedArgs{"id": e.ID})
	if err == nil {
		err = withdrawable(found, e.ID, e.Version, "review")
	}
	if err != nil {
		return false, err
	}
	return w.wrote(e.ID, true, cellReviewTable.drop(ctx, w.db, e.ID))
}

func (w *writing) putAddresseeRuling(ctx context.Context, e norms.PutAddresseeRuling) (bool, error) {
	key, principle, organization, err := w.cellKey(ctx, e.Principle, e.Organization)
	if err != nil {
		return false, err
	}
	return w.wrote(put(ctx, w, rulingTable, wish[rulingData]{
		thing: norms.Thing{Kind: "addressee_ruling", ID: e.ID, Key: e.Principle, Name: "the ruling on " + e.Organization + " for " + e.Principle},
		where: cellIs, key: key, seen: e.Version, refused: "principle",
		data: rulingData{principle, organization, e.Outside, e.Rationale},
	}))
}

func (w *writing) withdrawAddresseeRuling(ctx context.Context, e norms.WithdrawAddresseeRuling) (bool, error) {
	found, err := rulingTable.find(ctx, w.db, idIs, pgx.StrictNamedArgs{"id": e.ID})
	if err == nil {
		err = withdrawable(found, e.ID, e.Version, "ruling")
	}
	if err != nil {
		return false, err
	}
	return w.wrote(e.ID, true, rulingTable.drop(ctx, w.db, e.ID))
}
