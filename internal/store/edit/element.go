package edit

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

type elementData struct {
	Slug    string `db:"slug"`
	Number  int    `db:"number"`
	Title   string `db:"title"`
	Summary string `db:"summary"`
}

var elementTable = newTable[elementData]("element")

func (w *writing) putElement(ctx context.Context, e norms.PutElement) (bool, error) {
	return w.wrote(put(ctx, w, elementTable, wish[elementData]{
		thing: norms.Thing{Kind: "element", Key: e.Slug, Name: e.Title},
		where: "slug = @slug", key: pgx.StrictNamedArgs{"slug": e.Slug}, seen: e.Version, refused: "slug",
		data: elementData{e.Slug, e.Number, e.Title, e.Summary},
	}))
}

type readingData struct {
	ElementID      int64            `db:"element_id"`
	AgreementID    int64            `db:"agreement_id"`
	EditionID      *int64           `db:"edition_id"`
	Reading        norms.Reading    `db:"reading"`
	Note           string           `db:"note"`
	Assessor       norms.Assessor   `db:"assessor"`
	OrganizationID *int64           `db:"organization_id"`
	AccountID      *int64           `db:"account_id"`
	SourceID       *int64           `db:"source_id"`
	Place          string           `db:"place"`
	Confidence     norms.Confidence `db:"confidence"`
}

var readingTable = newTable[readingData]("element_reading")

// readingKey is the natural key of a reading: what, where, by whom.
const readingKey = `element_id = @element and agreement_id = @agreement and assessor = @assessor
  and organization_id is not distinct from @organization and account_id is not distinct from @account`

func (w *writing) putElementReading(ctx context.Context, e norms.PutElementReading) (bool, error) {
	r, err := w.reading(ctx, e)
	if err != nil {
		return false, err
	}
	return w.wrote(put(ctx, w, readingTable, wish[readingData]{
		thing: norms.Thing{Kind: "element_reading", Key: e.Element, Name: "the reading of " + e.Element + " in " + e.Agreement},
		where: readingKey,
		key: pgx.StrictNamedArgs{"element": r.ElementID, "agreement": r.AgreementID, "assessor": r.Assessor,
			"organization": r.OrganizationID, "account": r.AccountID},
		seen: e.Version, refused: "reading", data: r,
	}))
}

// reading finds what an edit names. Whoever reads for themselves is the one
// who writes it, and files are nobody.
func (w *writing) reading(ctx context.Context, e norms.PutElementReading) (readingData, error) {
	r := readingData{Reading: e.Reading, Note: e.Note, Assessor: e.Assessor, Place: e.Place, Confidence: e.Confidence}
	if e.Assessor == "account" {
		if w.by.Seeds {
			return r, norms.Field("assessor", "no person reads in a file; write curator or organization")
		}
		r.AccountID = w.author()
	}
	var err error
	if r.ElementID, err = w.id(ctx, "element", "element", e.Element); err != nil {
		return r, err
	}
	if r.AgreementID, err = w.id(ctx, "agreement", "agreement", e.Agreement); err != nil {
		return r, err
	}
	if e.Edition != "" {
		if r.EditionID, err = w.optionalID(ctx, "edition", "edition", e.Agreement+"/"+e.Edition); err != nil {
			return r, err
		}
	}
	if r.OrganizationID, err = w.optionalID(ctx, "organization", "organization", e.Organization); err != nil {
		return r, err
	}
	if err = w.speaksFor(ctx, r.OrganizationID, e.Organization); err != nil {
		return r, err
	}
	r.SourceID, err = w.optionalID(ctx, "source", "source", e.Source)
	return r, err
}

// speaksFor refuses a reading in the name of an organization by anybody whose
// account is not bound to it. The seeds record what organizations published.
func (w *writing) speaksFor(ctx context.Context, organization *int64, slug string) error {
	if organization == nil || w.by.Seeds {
		return nil
	}
	const q = "select exists (select from account where id = @author and organization_id = @organization)"
	var bound bool
	err := w.db.QueryRow(ctx, q, pgx.StrictNamedArgs{"author": w.author(), "organization": *organization}).Scan(&bound)
	if err != nil {
		return postgres.Failure(err)
	}
	if !bound {
		return norms.Field("assessor", "only an account that is bound to %s reads in its name; an administrator can bind one", slug)
	}
	return nil
}
