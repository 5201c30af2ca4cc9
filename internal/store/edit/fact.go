package edit

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

type factData struct {
	Kind        norms.EntityKind `db:"kind"`
	Entity      string           `db:"entity"`
	Field       string           `db:"field"`
	SourceID    *int64           `db:"source_id"`
	Place       string           `db:"place"`
	Confidence  norms.Confidence `db:"confidence"`
	RetrievedOn norms.Date       `db:"retrieved_on"`
	Note        string           `db:"note"`
}

var factTable = newTable[factData]("fact_source")

func (w *writing) putFact(ctx context.Context, e norms.PutFact) (bool, error) {
	source, err := w.optionalID(ctx, "source", "source", e.Source)
	if err != nil {
		return false, err
	}
	if err := w.factEntity(ctx, e); err != nil {
		return false, err
	}
	return w.wrote(put(ctx, w, factTable, wish[factData]{
		thing: norms.Thing{Kind: "fact_source", Key: e.Entity, Name: "the fact source of " + e.Entity + " " + e.Field},
		where: "kind = @kind and entity = @entity and field = @field",
		key:   pgx.StrictNamedArgs{"kind": e.Kind, "entity": e.Entity, "field": e.Field},
		seen:  e.Version, refused: "field",
		data: factData{e.Kind, e.Entity, e.Field, source, e.Place, e.Confidence, e.RetrievedOn, e.Note},
	}))
}

// factEntity refuses a fact about something that is not recorded.
func (w *writing) factEntity(ctx context.Context, e norms.PutFact) error {
	var err error
	switch e.Kind {
	case "adherence": // organization/agreement: both ends must be there
		err = w.adherencePair(ctx, e.Entity)
	case "principle":
		_, err = w.principle(ctx, "entity", e.Entity)
	default:
		_, err = w.id(ctx, "entity", string(e.Kind), e.Entity)
	}
	return err
}

func (w *writing) adherencePair(ctx context.Context, pair string) error {
	const q = "select exists (select from adherence ad join organization o on o.id = ad.organization_id join agreement a on a.id = ad.agreement_id where o.slug || '/' || a.slug = $1)"
	var there bool
	if err := w.db.QueryRow(ctx, q, pair).Scan(&there); err != nil {
		return postgres.Failure(err)
	}
	if !there {
		return norms.Field("entity", "no adherence %q (organization/agreement) is recorded", pair)
	}
	return nil
}
