package edit

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

type statementData struct {
	Kind           norms.StatementKind `db:"kind"`
	Title          string              `db:"title"`
	ElementID      *int64              `db:"element_id"`
	AgreementID    *int64              `db:"agreement_id"`
	PrincipleID    *int64              `db:"principle_id"`
	OrganizationID int64               `db:"organization_id"`
	Question       *int                `db:"question"`
	Stance         norms.Stance        `db:"stance"`
	Summary        string              `db:"summary"`
	Quote          string              `db:"quote"`
	SourceID       int64               `db:"source_id"`
	Place          string              `db:"place"`
}

var statementTable = newTable[statementData]("statement")

// statementKey is the natural key of a statement: who says where what of what.
const statementKey = `source_id = @source and organization_id = @organization and title = @title
  and element_id is not distinct from @element and agreement_id is not distinct from @agreement and principle_id is not distinct from @principle`

func (d statementData) key() pgx.StrictNamedArgs {
	return pgx.StrictNamedArgs{"source": d.SourceID, "organization": d.OrganizationID, "title": d.Title,
		"element": d.ElementID, "agreement": d.AgreementID, "principle": d.PrincipleID}
}

func (w *writing) putStatement(ctx context.Context, e norms.PutStatement) (bool, error) {
	data, err := w.statementData(ctx, e)
	if err != nil {
		return false, err
	}
	if err := w.quoted(ctx, e, data.SourceID); err != nil {
		return false, err
	}
	want := wish[statementData]{
		thing: norms.Thing{Kind: "statement", ID: e.ID, Name: "the statement “" + e.Title + "”"},
		where: statementKey, key: data.key(), data: data, seen: e.Version, refused: "title",
	}
	if e.ID != 0 {
		want.where, want.key = idIs, pgx.StrictNamedArgs{"id": e.ID}
	}
	return w.wrote(put(ctx, w, statementTable, want))
}

func (w *writing) statementData(ctx context.Context, e norms.PutStatement) (d statementData, err error) {
	d = statementData{Kind: e.Kind, Title: e.Title, Stance: e.Stance, Summary: e.Summary, Quote: e.Quote, Place: e.Place}
	if e.Question != 0 {
		d.Question = &e.Question
	}
	if d.ElementID, err = w.optionalID(ctx, "element", "element", e.Element); err != nil {
		return d, err
	}
	if d.AgreementID, err = w.optionalID(ctx, "agreement", "agreement", e.Agreement); err != nil {
		return d, err
	}
	if e.Principle != "" {
		id, err := w.principle(ctx, "principle", e.Principle)
		if err != nil {
			return d, err
		}
		d.PrincipleID = &id
	}
	if d.OrganizationID, err = w.id(ctx, "organization", "organization", e.Organization); err != nil {
		return d, err
	}
	d.SourceID, err = w.id(ctx, "source", "source", e.Source)
	return d, err
}

const quoteMissing = `select exists (select from source where id = @source and strpos(body, @quote) = 0)`

// quoted refuses words that the source's text, where it is held, does not
// have: a quotation is letter for letter.
func (w *writing) quoted(ctx context.Context, e norms.PutStatement, source int64) error {
	if e.Quote == "" {
		return nil
	}
	var missing bool
	if err := w.db.QueryRow(ctx, quoteMissing, pgx.StrictNamedArgs{"source": source, "quote": e.Quote}).Scan(&missing); err != nil {
		return postgres.Failure(err)
	}
	if missing {
		return norms.Field("quote", "does not stand in the source's text like this; copy it letter for letter")
	}
	return nil
}
