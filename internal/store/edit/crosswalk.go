package edit

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
)

type crosswalkData struct {
	SubjectID     int64                   `db:"subject_id"`
	Relation      norms.CrosswalkRelation `db:"relation"`
	ObjectID      int64                   `db:"object_id"`
	RationaleKind norms.RationaleKind     `db:"rationale_kind"`
	Rationale     string                  `db:"rationale"`
	Origin        norms.Origin            `db:"origin"`
	AsserterID    *int64                  `db:"asserter_id"`
	SourceID      *int64                  `db:"source_id"`
	Place         string                  `db:"place"`
	Confidence    norms.Confidence        `db:"confidence"`
}

var crosswalkTable = newTable[crosswalkData]("crosswalk")

// crosswalkKey is the natural key of a row: the pair, either way round, and
// who compares it.
const crosswalkKey = `least(subject_id, object_id) = @low and greatest(subject_id, object_id) = @high and asserter_id is not distinct from @asserter`

func (d crosswalkData) key() pgx.StrictNamedArgs {
	return pgx.StrictNamedArgs{"low": min(d.SubjectID, d.ObjectID), "high": max(d.SubjectID, d.ObjectID), "asserter": d.AsserterID}
}

func (w *writing) putCrosswalk(ctx context.Context, e norms.PutCrosswalk) (bool, error) {
	data, err := w.crosswalkData(ctx, e)
	if err != nil {
		return false, err
	}
	want := wish[crosswalkData]{
		thing: norms.Thing{Kind: "crosswalk", ID: e.ID, Name: "the comparison of " + e.Subject + " with " + e.Object},
		where: crosswalkKey, key: data.key(), data: data, seen: e.Version, refused: "object",
	}
	if e.ID != 0 {
		want.where, want.key = idIs, pgx.StrictNamedArgs{"id": e.ID}
	}
	return w.wrote(put(ctx, w, crosswalkTable, want))
}

func (w *writing) crosswalkData(ctx context.Context, e norms.PutCrosswalk) (d crosswalkData, err error) {
	d = crosswalkData{Relation: e.Relation, RationaleKind: e.RationaleKind, Rationale: e.Rationale, Origin: e.Origin,
		Place: e.Place, Confidence: e.Confidence}
	if d.SubjectID, err = w.principle(ctx, "subject", e.Subject); err != nil {
		return d, err
	}
	if d.ObjectID, err = w.principle(ctx, "object", e.Object); err != nil {
		return d, err
	}
	if d.SubjectID == d.ObjectID { // named with its edition and without
		return d, norms.Field("object", "is the same principle; a principle is not compared with itself")
	}
	if d.AsserterID, err = w.optionalID(ctx, "asserter", "organization", e.Asserter); err != nil {
		return d, err
	}
	d.SourceID, err = w.optionalID(ctx, "source", "source", e.Source)
	return d, err
}
