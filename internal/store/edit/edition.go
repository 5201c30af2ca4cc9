package edit

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

type editionData struct {
	AgreementID int64      `db:"agreement_id"`
	Slug        string     `db:"slug"`
	Title       string     `db:"title"`
	Programme   string     `db:"programme"`
	Noun        norms.Noun `db:"noun"`
	PublishedOn norms.Date `db:"published_on"`
	Current     bool       `db:"current"`
	URL         string     `db:"url"`
	Summary     string     `db:"summary"`
	Position    int        `db:"position"`
}

var editionTable = newTable[editionData]("edition")

func (w *writing) putEdition(ctx context.Context, e norms.PutEdition) (bool, error) {
	agreement, err := w.id(ctx, "agreement", "agreement", e.Agreement)
	if err != nil {
		return false, err
	}
	if _, err := w.db.Exec(ctx, moreTime); err != nil { // another current edition moves all that counts
		return false, postgres.Failure(err)
	}
	return w.wrote(put(ctx, w, editionTable, wish[editionData]{
		thing: norms.Thing{Kind: "edition", Key: e.Agreement + "/" + e.Slug, Name: e.Title},
		where: "agreement_id = @agreement and slug = @slug", key: pgx.StrictNamedArgs{"agreement": agreement, "slug": e.Slug},
		seen: e.Version, refused: "slug",
		data: editionData{
			AgreementID: agreement, Slug: e.Slug, Title: e.Title, Programme: e.Programme, Noun: e.Noun, PublishedOn: e.PublishedOn,
			Current: e.Current, URL: e.URL, Summary: e.Summary, Position: e.Position,
		},
	}))
}

type principleData struct {
	EditionID     int64            `db:"edition_id"`
	Label         string           `db:"label"`
	Number        string           `db:"number"`
	OurNumbering  bool             `db:"our_numbering"`
	Position      int              `db:"position"`
	Title         string           `db:"title"`
	Summary       string           `db:"summary"`
	Addressees    []string         `db:"addressees"`
	Obligation    norms.Obligation `db:"obligation"`
	Applicability string           `db:"applicability"`
}

// principleKey is the natural key of a principle.
const principleKey = "edition_id = @edition and label = @label"

var principleTable = newTable[principleData]("principle")

func (w *writing) putPrinciple(ctx context.Context, e norms.PutPrinciple) (bool, error) {
	edition, err := w.id(ctx, "edition", "edition", e.Agreement+"/"+e.Edition)
	if err != nil {
		return false, err
	}
	addressees := make([]string, len(e.Addressees))
	for i, a := range e.Addressees {
		addressees[i] = string(a)
	}
	label := norms.LabelSlug(e.Number)
	return w.wrote(put(ctx, w, principleTable, wish[principleData]{
		thing: norms.Thing{Kind: "principle", Key: e.Agreement + "@" + e.Edition + "/" + label, Name: e.Title},
		where: principleKey, key: pgx.StrictNamedArgs{"edition": edition, "label": label},
		seen: e.Version, refused: "number",
		data: principleData{
			EditionID: edition, Label: label, Number: e.Number, OurNumbering: e.OurNumbering, Position: e.Position, Title: e.Title,
			Summary: e.Summary, Addressees: addressees, Obligation: e.Obligation, Applicability: e.Applicability,
		},
	}))
}
