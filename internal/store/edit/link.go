package edit

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
)

type linkData struct {
	InitiativeID int64              `db:"initiative_id"`
	PrincipleID  int64              `db:"principle_id"`
	Relation     norms.LinkRelation `db:"relation"`
	Property     norms.LinkProperty `db:"property"`
	Origin       norms.Origin       `db:"origin"`
	AsserterID   *int64             `db:"asserter_id"`
	Rationale    string             `db:"rationale"`
	Strength     norms.Strength     `db:"strength"`
}

var linkTable = newTable[linkData]("link")

const linkKey = "initiative_id = @initiative and principle_id = @principle and origin = @origin and asserter_id is not distinct from @asserter"

func (d linkData) key() pgx.StrictNamedArgs {
	return pgx.StrictNamedArgs{"initiative": d.InitiativeID, "principle": d.PrincipleID, "origin": d.Origin, "asserter": d.AsserterID}
}

// place is the natural key of a link, to be compared.
func (d linkData) place() linkPlace {
	p := linkPlace{d.InitiativeID, d.PrincipleID, d.Origin, 0}
	if d.AsserterID != nil {
		p.asserter = *d.AsserterID
	}
	return p
}

type linkPlace struct {
	initiative, principle int64
	origin                norms.Origin
	asserter              int64
}

func (w *writing) putLink(ctx context.Context, e norms.PutLink) (bool, error) {
	data, err := w.linkData(ctx, e)
	if err != nil {
		return false, err
	}
	if e.Origin == "third_party" {
		if err := w.isThirdParty(ctx, "asserter", data.InitiativeID, data.AsserterID); err != nil {
			return false, err
		}
	}
	want := wish[linkData]{
		thing: norms.Thing{Kind: "link", ID: e.ID, Name: "the link from " + e.Initiative + " to " + e.Principle},
		where: linkKey, key: data.key(), data: data, seen: e.Version, refused: "principle", last: e.ID == 0,
	}
	if e.ID != 0 {
		if err := w.notContributors(ctx, e.ID); err != nil {
			return false, err
		}
		want.where, want.key = idIs, pgx.StrictNamedArgs{"id": e.ID}
	}
	return w.wrote(put(ctx, w, linkTable, want))
}

func (w *writing) linkData(ctx context.Context, e norms.PutLink) (d linkData, err error) {
	d = linkData{Relation: e.Relation, Property: e.Property, Origin: e.Origin, Rationale: e.Rationale, Strength: e.Strength}
	if d.InitiativeID, err = w.id(ctx, "initiative", "initiative", e.Initiative); err != nil {
		return d, err
	}
	if d.PrincipleID, err = w.principle(ctx, "principle", e.Principle); err != nil {
		return d, err
	}
	d.AsserterID, err = w.optionalID(ctx, "asserter", "organization", e.Asserter)
	return d, err
}

func (w *writing) notContributors(ctx context.Context, id int64) error {
	found, err := find(ctx, w, linkTable, idIs, pgx.StrictNamedArgs{"id": id})
	if err == nil && found != nil && found.Data.Origin == "contributor" {
		return norms.OnlyByCitation()
	}
	return err
}

func (w *writing) withdrawLink(ctx context.Context, e norms.WithdrawLink) (bool, error) {
	found, err := linkTable.find(ctx, w.db, idIs, pgx.StrictNamedArgs{"id": e.ID})
	if err != nil {
		return false, err
	}
	if found != nil && found.Data.Origin == "contributor" {
		return false, norms.OnlyByCitation()
	}
	if err := withdrawable(found, e.ID, e.Version, "link"); err != nil {
		return false, err
	}
	return w.wrote(e.ID, true, w.remove(ctx, "link", e.ID))
}
