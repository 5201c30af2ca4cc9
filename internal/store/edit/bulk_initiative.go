package edit

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

func (w *writing) aheadOfInitiatives(ctx context.Context, edits []norms.PutInitiative) (int, error) {
	asked := namesAsked{}
	for _, e := range edits {
		asked.add("organization", e.Organization, e.ReportedBy)
		asked.add("source", e.Source)
		asked.add("initiative", e.Parent)
		for _, p := range e.Partners {
			asked.add("organization", p.Organization)
		}
	}
	if err := w.know(ctx, asked); err != nil {
		return 0, err
	}
	var keys []pgx.StrictNamedArgs
	parents := map[string]bool{}
	for _, e := range edits {
		if !w.knowsAll(e) || w.run.seen[e.Parent] || parents[e.Slug] || w.run.again(e.Slug) {
			break
		}
		if e.Parent != "" {
			parents[e.Parent] = true
		}
		keys = append(keys, pgx.StrictNamedArgs{"slug": e.Slug})
	}
	if err := w.knowFamily(ctx, edits[:len(keys)]); err != nil {
		return 0, err
	}
	return len(keys), look(ctx, w, initiativeTable, slugIs, edits, keys)
}

// knowsAll says whether all that an initiative names was found.
func (w *writing) knowsAll(e norms.PutInitiative) bool {
	for _, p := range e.Partners {
		if !w.knows("organization", p.Organization) {
			return false
		}
	}
	return w.knows("organization", e.Organization, e.ReportedBy) && w.knows("source", e.Source) && w.knows("initiative", e.Parent)
}

const (
	whichAreParts = "select slug as name, id from initiative where slug = any (@names) and parent_id is not null order by id"
	whichAreWhole = "select slug as name, id from initiative p where slug = any (@names) and exists (select from initiative c where c.parent_id = p.id) order by id"
	partnersOf    = `
select i.slug as initiative, p.name, coalesce(o.slug, '') as organization
from initiative_partner p
join initiative i on i.id = p.initiative_id
left join organization o on o.id = p.organization_id
where i.slug = any (@names)
order by p.id`
)

// knowFamily looks up which of the parents are parts, and of the initiatives
// themselves which have parts, and who their partners are.
func (w *writing) knowFamily(ctx context.Context, edits []norms.PutInitiative) error {
	slugs, parents := []string{}, []string{}
	for _, e := range edits {
		slugs = append(slugs, e.Slug)
		if e.Parent != "" {
			parents = append(parents, e.Parent)
		}
	}
	f := &family{parts: map[int64]bool{}, wholes: map[string]bool{}, partners: map[string][]norms.Partner{}}
	parts, err := postgres.Collect[namedID](ctx, w.db, "which initiatives are parts", whichAreParts, pgx.StrictNamedArgs{"names": parents})
	if err != nil {
		return err
	}
	for _, p := range parts {
		f.parts[p.ID] = true
	}
	wholes, err := postgres.Collect[namedID](ctx, w.db, "which initiatives have parts", whichAreWhole, pgx.StrictNamedArgs{"names": slugs})
	if err != nil {
		return err
	}
	for _, p := range wholes {
		f.wholes[p.Name] = true
	}
	type partnerRow struct {
		Initiative string
		norms.Partner
	}
	partners, err := postgres.Collect[partnerRow](ctx, w.db, "the partners of initiatives", partnersOf, pgx.StrictNamedArgs{"names": slugs})
	for _, p := range partners {
		f.partners[p.Initiative] = append(f.partners[p.Initiative], p.Partner)
	}
	w.run.family = f
	return err
}
