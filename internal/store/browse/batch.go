package browse

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

const initiativesAsEdits = `
select i.version, i.slug, i.title, i.summary, i.kind, coalesce(u.slug, '') as parent, o.slug as organization, b.slug as reported_by,
  i.heading, i.position, i.status, i.status_note, i.started_on, i.ended_on, i.due_on, i.url, coalesce(s.slug, '') as source, i.place,
  (select coalesce(json_agg(json_build_object('name', w.name, 'organization', coalesce(x.slug, '')) order by w.id), '[]')
   from initiative_partner w left join organization x on x.id = w.organization_id
   where w.initiative_id = i.id) as partners
from unnest(@slugs::text[]) with ordinality as chosen (slug, turn)
join initiative i on i.slug = chosen.slug` + initiativeJoins + `
join organization b on b.id = i.reported_by_id
left join source s on s.id = i.source_id
order by chosen.turn`

// InitiativesAsEdits reads initiatives as the edits that would leave them as
// they are. Those that are not recorded are left out, here as in the others.
func (s *Store) InitiativesAsEdits(ctx context.Context, slugs []string) ([]norms.PutInitiative, error) {
	return postgres.Collect[norms.PutInitiative](ctx, s.db, "initiatives for a batch", initiativesAsEdits, pgx.StrictNamedArgs{"slugs": slugs})
}

const organizationsAsEdits = `
select o.version, o.slug, o.name, o.kind, o.stakeholder_group, coalesce(a.slug, '') as agreement, o.url, o.summary
from unnest(@slugs::text[]) with ordinality as chosen (slug, turn)
join organization o on o.slug = chosen.slug
left join agreement a on a.id = o.agreement_id
order by chosen.turn`

// OrganizationsAsEdits is as for initiatives.
func (s *Store) OrganizationsAsEdits(ctx context.Context, slugs []string) ([]norms.PutOrganization, error) {
	return postgres.Collect[norms.PutOrganization](ctx, s.db, "organizations for a batch", organizationsAsEdits, pgx.StrictNamedArgs{"slugs": slugs})
}

const titledThings = `
select t.kind, t.slug, t.title, t.version
from unnest(@slugs::text[]) with ordinality as chosen (slug, turn)
join (
  select 'agreement' as kind, slug, title, version from agreement
  union all select 'element', slug, title, version from element
  union all select 'source', slug, title, version from source
) t on t.kind = @kind and t.slug = chosen.slug
order by chosen.turn`

// TitledThing is a thing as a batch that only withdraws it needs it.
type TitledThing struct {
	Kind, Slug, Title string
	Version           int64
}

// TitledThings reads agreements, elements or sources.
func (s *Store) TitledThings(ctx context.Context, kind string, slugs []string) ([]TitledThing, error) {
	return postgres.Collect[TitledThing](ctx, s.db, kind+"s for a batch", titledThings, pgx.StrictNamedArgs{"kind": kind, "slugs": slugs})
}

// LinksByID reads links.
func (s *Store) LinksByID(ctx context.Context, ids []int64) ([]norms.LinkRow, error) {
	return postgres.Collect[norms.LinkRow](ctx, s.db, "links for a batch", linkRows, pgx.StrictNamedArgs{"ids": ids})
}

// AdherencesByID reads adherences.
func (s *Store) AdherencesByID(ctx context.Context, ids []int64) ([]norms.AdherenceRow, error) {
	return postgres.Collect[norms.AdherenceRow](ctx, s.db, "adherences for a batch", adherenceRows, pgx.StrictNamedArgs{"ids": ids})
}

// CitationsByID reads citations.
func (s *Store) CitationsByID(ctx context.Context, ids []int64) ([]norms.CitationRow, error) {
	return postgres.Collect[norms.CitationRow](ctx, s.db, "citations for a batch", citationRows, pgx.StrictNamedArgs{"ids": ids})
}

// StatementsByID reads statements.
func (s *Store) StatementsByID(ctx context.Context, ids []int64) ([]norms.StatementRow, error) {
	return postgres.Collect[norms.StatementRow](ctx, s.db, "statements for a batch", statementRows, pgx.StrictNamedArgs{"ids": ids})
}

// CrosswalkByID reads rows of the crosswalk as they are recorded.
func (s *Store) CrosswalkByID(ctx context.Context, ids []int64) ([]norms.CrosswalkRow, error) {
	return postgres.Collect[norms.CrosswalkRow](ctx, s.db, "rows of the crosswalk for a batch", crosswalkRow, pgx.StrictNamedArgs{"ids": ids})
}
