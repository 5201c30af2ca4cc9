package edit

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"normmap/internal/citation"
	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

type numberingData struct {
	AgreementID int64                `db:"agreement_id"`
	Slug        string               `db:"slug"`
	Title       string               `db:"title"`
	Basis       norms.NumberingBasis `db:"basis"`
	From        norms.Date           `db:"valid_from"`
	To          norms.Date           `db:"valid_to"`
	Position    int                  `db:"position"`
	SourceID    *int64               `db:"source_id"`
	Note        string               `db:"note"`
}

var numberingTable = newTable[numberingData]("numbering")

type labelRow struct {
	Label       string `db:"label"`
	PrincipleID int64  `db:"principle_id"`
}

// putNumbering writes a numbering with its labels. Citations that are already
// recorded are not resolved anew: that is a person's decision.
func (w *writing) putNumbering(ctx context.Context, e norms.PutNumbering) (bool, error) {
	agreement, err := w.id(ctx, "agreement", "agreement", e.Agreement)
	if err != nil {
		return false, err
	}
	source, err := w.optionalID(ctx, "source", "source", e.Source)
	if err != nil {
		return false, err
	}
	want := make([]labelRow, len(e.Labels))
	for i, l := range e.Labels {
		p, err := w.principle(ctx, fmt.Sprintf("labels[%d].principle", i), l.Principle)
		if err != nil {
			return false, err
		}
		want[i] = labelRow{l.Label, p}
	}
	have, err := w.numberingLabels(ctx, agreement, e.Slug)
	if err != nil {
		return false, err
	}
	added, removed := difference(want, have)
	id, changed, err := put(ctx, w, numberingTable, wish[numberingData]{
		thing: norms.Thing{Kind: "numbering", Key: e.Agreement + "/" + e.Slug, Name: e.Title},
		where: "agreement_id = @agreement and slug = @slug", key: pgx.StrictNamedArgs{"agreement": agreement, "slug": e.Slug},
		seen: e.Version, refused: "slug", force: len(added)+len(removed) > 0,
		data: numberingData{agreement, e.Slug, e.Title, e.Basis, e.From, e.To, e.Position, source, e.Note},
	})
	if err != nil || !changed {
		return w.wrote(id, false, err)
	}
	return w.wrote(id, true, w.putLabels(ctx, id, added, removed))
}

func (w *writing) numberingLabels(ctx context.Context, agreement int64, slug string) ([]labelRow, error) {
	const q = `
select l.label, l.principle_id
from numbering_label l
join numbering n on n.id = l.numbering_id
where n.agreement_id = @agreement and n.slug = @slug
order by l.id`
	rows, err := w.db.Query(ctx, q, pgx.StrictNamedArgs{"agreement": agreement, "slug": slug})
	if err != nil {
		return nil, postgres.Failure(err)
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByName[labelRow])
	return list, postgres.Failure(err)
}

func (w *writing) putLabels(ctx context.Context, numbering int64, added, removed []labelRow) error {
	const (
		drop = "delete from numbering_label where numbering_id = @numbering and label_key = @key"
		put  = "insert into numbering_label (numbering_id, label, label_key, principle_id) values (@numbering, @label, @key, @principle)"
	)
	for _, l := range removed {
		if _, err := w.db.Exec(ctx, drop, pgx.StrictNamedArgs{"numbering": numbering, "key": citation.Normalize(l.Label)}); err != nil {
			return postgres.Failure(err)
		}
	}
	for _, l := range added {
		args := pgx.StrictNamedArgs{"numbering": numbering, "label": l.Label, "key": citation.Normalize(l.Label), "principle": l.PrincipleID}
		if _, err := w.db.Exec(ctx, put, args); err != nil {
			return postgres.Failure(err)
		}
	}
	return nil
}
