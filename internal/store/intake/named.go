package intake

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// things finds organizations, initiatives and sources by their slugs, and by
// their names without regard to case and accents.
const things = `
select 'organization' as kind, t.slug, t.name as title from unnest(@organizations::text[]) n (name) join organization t on t.slug = n.name
union
select 'organization', t.slug, t.name from unnest(@organizations::text[]) n (name) join organization t on search_plain(t.name) = search_plain(n.name)
union
select 'initiative', t.slug, t.title from unnest(@initiatives::text[]) n (name) join initiative t on t.slug = n.name
union
select 'initiative', t.slug, t.title from unnest(@initiatives::text[]) n (name) join initiative t on search_plain(t.title) = search_plain(n.name)
union
select 'source', t.slug, t.title from unnest(@sources::text[]) n (name) join source t on t.slug = n.name
union
select 'source', t.slug, t.title from unnest(@sources::text[]) n (name) join source t on search_plain(t.title) = search_plain(n.name)
order by 1, 2`

// Called lists the organizations, initiatives and sources that have one of
// these names or slugs; names are given by kind.
func (s *Store) Called(ctx context.Context, names map[string][]string) ([]norms.Choice, error) {
	return postgres.Collect[norms.Choice](ctx, s.db, "what a table names", things, pgx.StrictNamedArgs{
		"organizations": list(names["organization"]), "initiatives": list(names["initiative"]), "sources": list(names["source"])})
}

// list is never null: nothing is in it, not anything.
func list[T any](all []T) []T {
	if all == nil {
		return []T{}
	}
	return all
}

const agreementsAsEdits = `
select a.version, a.slug, a.title, a.short_title, array(select x.alias from agreement_alias x where x.agreement_id = a.id order by x.id) as aliases,
  a.legal_nature, a.space, a.convener, a.url, a.summary
from agreement a
where a.slug = any (@slugs)
order by a.id`

// AgreementsAsEdits reads agreements as the edits that would leave them as they
// are. Those that are not recorded are left out.
func (s *Store) AgreementsAsEdits(ctx context.Context, slugs []string) ([]norms.PutAgreement, error) {
	return postgres.Collect[norms.PutAgreement](ctx, s.db, "agreements for a table", agreementsAsEdits, pgx.StrictNamedArgs{"slugs": list(slugs)})
}

const adherencesAsEdits = `
select h.id, h.version, o.slug as organization, a.slug as agreement, coalesce(e.slug, '') as edition, h.relation, coalesce(v.slug, '') as via,
  h.founding, h.since, s.slug as source, h.place, h.note
from adherence h
join organization o on o.id = h.organization_id
join agreement a on a.id = h.agreement_id
left join edition e on e.id = h.edition_id
left join organization v on v.id = h.via_id
join source s on s.id = h.source_id
where h.id in (
  select unnest(@ids::bigint[])
  union select x.id from adherence x join organization y on y.id = x.organization_id where y.slug = any (@organizations))
order by h.id`

// AdherencesAsEdits reads adherences by their numbers, and those of
// organizations.
func (s *Store) AdherencesAsEdits(ctx context.Context, ids []int64, organizations []string) ([]norms.PutAdherence, error) {
	return postgres.Collect[norms.PutAdherence](ctx, s.db, "adherences for a table", adherencesAsEdits,
		pgx.StrictNamedArgs{"ids": list(ids), "organizations": list(organizations)})
}

const linksAsEdits = `
select l.id, l.version, i.slug as initiative, n.ref as principle, l.relation, l.property, l.origin, coalesce(o.slug, '') as asserter, l.rationale, l.strength
from link l
join initiative i on i.id = l.initiative_id
join principle_name n on n.id = l.principle_id
left join organization o on o.id = l.asserter_id
where l.id in (
  select unnest(@ids::bigint[])
  union select x.id from link x join initiative y on y.id = x.initiative_id where y.slug = any (@initiatives))
order by l.id`

// LinksAsEdits reads links by their numbers, and those of initiatives.
func (s *Store) LinksAsEdits(ctx context.Context, ids []int64, initiatives []string) ([]norms.PutLink, error) {
	return postgres.Collect[norms.PutLink](ctx, s.db, "links for a table", linksAsEdits, pgx.StrictNamedArgs{"ids": list(ids), "initiatives": list(initiatives)})
}

const sourcesAsEdits = `
select s.version, s.slug, s.title, s.kind, s.publisher, coalesce(o.slug, '') as organization, s.published_on, s.retrieved_on, s.url, s.archive_url,
  s.sha256, s.language, s.call, s.exhaustiveness, s.note
from source s
left join organization o on o.id = s.organization_id
where s.slug = any (@slugs)
order by s.id`

// SourcesAsEdits reads sources, too.
func (s *Store) SourcesAsEdits(ctx context.Context, slugs []string) ([]norms.PutSource, error) {
	return postgres.Collect[norms.PutSource](ctx, s.db, "sources for a table", sourcesAsEdits, pgx.StrictNamedArgs{"slugs": list(slugs)})
}

const linesOf = `
select s.slug as source, i.slug as initiative, t.text
from citation_line t
join initiative i on i.id = t.initiative_id
join source s on s.id = t.source_id
where i.slug = any (@initiatives) and s.slug = any (@sources)
order by t.id`

// Line is a line as a source prints it, that cites for an initiative.
type Line struct{ Source, Initiative, Text string }

// LinesOf reads the printed lines of sources that cite for initiatives.
func (s *Store) LinesOf(ctx context.Context, sources, initiatives []string) ([]Line, error) {
	return postgres.Collect[Line](ctx, s.db, "lines for a table", linesOf, pgx.StrictNamedArgs{"sources": list(sources), "initiatives": list(initiatives)})
}
