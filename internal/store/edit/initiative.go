package edit

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

type initiativeData struct {
	Slug           string               `db:"slug"`
	Title          string               `db:"title"`
	Summary        string               `db:"summary"`
	Kind           norms.InitiativeKind `db:"kind"`
	ParentID       *int64               `db:"parent_id"`
	OrganizationID int64                `db:"organization_id"`
	ReportedByID   int64                `db:"reported_by_id"`
	Heading        string               `db:"heading"`
	Position       int                  `db:"position"`
	Status         norms.Status         `db:"status"`
	StatusNote     string               `db:"status_note"`
	StartedOn      norms.Date           `db:"started_on"`
	EndedOn        norms.Date           `db:"ended_on"`
	DueOn          norms.Date           `db:"due_on"`
	URL            string               `db:"url"`
	SourceID       *int64               `db:"source_id"`
	Place          string               `db:"place"`
}

type partnerData struct {
	InitiativeID   int64  `db:"initiative_id"`
	Name           string `db:"name"`
	OrganizationID *int64 `db:"organization_id"`
}

var (
	initiativeTable = newTable[initiativeData]("initiative")
	partnerTable    = newPart[partnerData]("initiative_partner")
)

func (w *writing) putInitiative(ctx context.Context, e norms.PutInitiative) (bool, error) {
	data, err := w.initiativeData(ctx, e)
	if err != nil {
		return false, err
	}
	have, err := w.partners(ctx, e.Slug)
	if err != nil {
		return false, err
	}
	added, removed := difference(e.Partners, have)
	id, changed, err := put(ctx, w, initiativeTable, wish[initiativeData]{
		thing: norms.Thing{Kind: "initiative", Key: e.Slug, Name: e.Title},
		where: slugIs, key: pgx.StrictNamedArgs{"slug": e.Slug}, seen: e.Version, refused: "slug",
		data: data, force: len(added)+len(removed) > 0,
	})
	if err != nil || !changed {
		return w.wrote(id, false, err)
	}
	if err := w.claimsStillHold(ctx, id); err != nil {
		return false, err
	}
	return w.wrote(id, true, w.putPartners(ctx, id, added, removed))
}

func (w *writing) initiativeData(ctx context.Context, e norms.PutInitiative) (d initiativeData, err error) {
	d = initiativeData{
		Slug: e.Slug, Title: e.Title, Summary: e.Summary, Kind: e.Kind, Heading: e.Heading, Position: e.Position, Status: e.Status,
		StatusNote: e.StatusNote, StartedOn: e.StartedOn, EndedOn: e.EndedOn, DueOn: e.DueOn, URL: e.URL, Place: e.Place,
	}
	if d.ParentID, err = w.parent(ctx, e); err != nil {
		return d, err
	}
	if d.OrganizationID, err = w.id(ctx, "organization", "organization", e.Organization); err != nil {
		return d, err
	}
	if d.ReportedByID, err = w.id(ctx, "reported_by", "organization", e.ReportedBy); err != nil {
		return d, err
	}
	d.SourceID, err = w.optionalID(ctx, "source", "source", e.Source)
	return d, err
}

// parent refuses chains: a part has no parts of its own.
func (w *writing) parent(ctx context.Context, e norms.PutInitiative) (*int64, error) {
	id, err := w.optionalID(ctx, "parent", "initiative", e.Parent)
	if id == nil || err != nil {
		return nil, err
	}
	deep, err := w.deep(ctx, *id, e.Slug)
	if err != nil {
		return nil, err
	}
	if deep {
		return nil, norms.Field("parent", "parts have no parts of their own: choose an initiative that is no part, and none that has parts itself")
	}
	return id, nil
}

// deep says whether a parent is itself a part, or the initiative has parts.
func (w *writing) deep(ctx context.Context, parent int64, slug string) (deep bool, err error) {
	if w.run != nil && w.run.family != nil {
		return w.run.family.parts[parent] || w.run.family.wholes[slug], nil
	}
	const q = "select exists (select from initiative where id = @id and parent_id is not null) or exists (select from initiative c join initiative p on p.id = c.parent_id where p.slug = @slug)"
	err = w.db.QueryRow(ctx, q, pgx.StrictNamedArgs{"id": parent, "slug": slug}).Scan(&deep)
	return deep, postgres.Failure(err)
}

// claimsStillHold looks at an initiative that was changed; nobody claims
// anything of a new one.
func (w *writing) claimsStillHold(ctx context.Context, id int64) error {
	if w.run == nil {
		return w.claimsHold(ctx, id)
	}
	if !w.run.isNew(initiativeTable.name, id) {
		w.run.changed = append(w.run.changed, id)
	}
	return nil
}

func (w *writing) partners(ctx context.Context, initiative string) ([]norms.Partner, error) {
	if w.run != nil && w.run.family != nil {
		return w.run.family.partners[initiative], nil
	}
	const q = `
select p.name, coalesce(o.slug, '') as organization
from initiative_partner p
join initiative i on i.id = p.initiative_id
left join organization o on o.id = p.organization_id
where i.slug = $1
order by p.id`
	rows, err := w.db.Query(ctx, q, initiative)
	if err != nil {
		return nil, postgres.Failure(err)
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByName[norms.Partner])
	return list, postgres.Failure(err)
}

func (w *writing) putPartners(ctx context.Context, initiative int64, added, removed []norms.Partner) error {
	for _, p := range removed {
		if _, err := w.db.Exec(ctx, "delete from initiative_partner where initiative_id = $1 and name = $2", initiative, p.Name); err != nil {
			return postgres.Failure(err)
		}
	}
	for i, p := range added {
		organization, err := w.optionalID(ctx, fmt.Sprintf("partners[%d].organization", i), "organization", p.Organization)
		if err != nil {
			return err
		}
		if _, err := insert(ctx, w, partnerTable, partnerData{initiative, p.Name, organization}); err != nil {
			return err
		}
	}
	return nil
}
