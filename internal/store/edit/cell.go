package edit

import (
	"context"
	"fmt"
	"maps"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/browse"
	"normmap/internal/store/postgres"
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
	if err := w.mayReview(ctx, e, key); err != nil {
		return false, err
	}
	return w.wrote(put(ctx, w, cellReviewTable, wish[cellReviewData]{
		thing: norms.Thing{Kind: "cell_review", ID: e.ID, Key: e.Principle, Name: "the review of " + e.Organization + " for " + e.Principle},
		where: cellIs, key: key, seen: e.Version, refused: "principle",
		data: cellReviewData{principle, organization, *reviewer, e.ReviewedOn, e.Note},
	}))
}

// reviewedAgain is whether a review of a cell has another date than the one on
// record, if any; how many counted links the cell has; and the latest date that
// it is anywhere on Earth when the changeset is made.
const reviewedAgain = `
select not exists (select from cell_review where ` + cellIs + ` and reviewed_on = @on),
  (select count(*) from link l join initiative i on i.id = l.initiative_id
   where l.principle_id = @principle and i.organization_id = @organization and ` + browse.Counts + `),
  (select to_char(at at time zone 'utc' + interval '14 hours', 'YYYY-MM-DD') from changeset where id = @rev)`

// mayReview refuses a review that cannot be true: of a day to come, or where
// something is on record. The words of an earlier one may be put right.
func (w *writing) mayReview(ctx context.Context, e norms.PutCellReview, key pgx.StrictNamedArgs) error {
	args := maps.Clone(key)
	args["on"], args["rev"] = e.ReviewedOn, w.rev
	var again bool
	var links int
	var today norms.Date
	if err := w.db.QueryRow(ctx, reviewedAgain, args).Scan(&again, &links, &today); err != nil {
		return fmt.Errorf("looking for what a review did not find: %w", postgres.Failure(err))
	}
	if e.ReviewedOn > today { // a month sorts before its days
		return norms.Field("reviewed_on", "is still to come: give the day on which it was looked for")
	}
	if again && links > 0 {
		return norms.Errorf(norms.Conflict, "a review says that nothing was found, and evidence is on record here: links that count, %d. Nothing was saved", links)
	}
	return nil
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
