package browse

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/naming"
	"normmap/internal/store/postgres"
)

const adherenceColumns = `d.id, o.slug as organization, o.name as organization_name, a.slug as agreement, a.short_title as agreement_title,
  coalesce(e.slug, '') as edition, d.relation, coalesce(v.slug, '') as via, coalesce(v.name, '') as via_name, d.founding, d.since,
  s.slug as source, s.title as source_title, d.place, d.note, f.links, d.version,
  (select count(*) from citation c join reference r on r.id = c.reference_id join citation_line t on t.id = r.line_id
   join initiative ci on ci.id = t.initiative_id
   where ci.organization_id = d.organization_id and r.agreement_id = d.agreement_id and ` + unresolved + `) as unresolved`

// adherenceJoins adds what the organization itself does for the agreement's
// current editions.
const adherenceJoins = `
join organization o on o.id = d.organization_id
join agreement a on a.id = d.agreement_id
join source s on s.id = d.source_id
left join edition e on e.id = d.edition_id
left join organization v on v.id = d.via_id
cross join lateral (
  select coalesce(sum(u.links), 0) as links from organization_tally u
  where u.organization_id = d.organization_id and u.about = 'agreement' and u.about_id = d.agreement_id
) f`

// byRelation puts adherences in the order of the closed list of relations,
// given as @relations.
const byRelation = `array_position(@relations::text[], d.relation)`

// adherencesPart is the list of the adherences d that a condition lets through,
// by a key of them, their organization ao and their agreement aa.
func adherencesPart(condition, key string) string {
	return partOf(`(select count(*) from adherence d where `+condition+`)`, `
      select `+adherenceColumns+`, chosen.key
      from `+afterPart(`
        select d.id, concat_ws('/', `+key+`) as key
        from adherence d
        join organization ao on ao.id = d.organization_id
        join agreement aa on aa.id = d.agreement_id
        where `+condition, "adherences")+`
      join adherence d on d.id = chosen.id`+adherenceJoins)
}

const adherencesOfOrganization = `
select ` + adherenceColumns + ` from adherence d` + adherenceJoins + `
where d.organization_id = @organization
order by lower(a.short_title), ` + byRelation + `, d.since, d.id`

const adherenceMatching = `
with matching as not materialized (
  select d.id, concat_ws('/', lower(a.short_title), to_char(` + byRelation + `, 'FM00'), lower(o.name), d.since) as key
  from adherence d
  join organization o on o.id = d.organization_id
  join agreement a on a.id = d.agreement_id
  where (@organization = '' or o.slug = @organization)
    and (@agreement = '' or a.slug = @agreement)
    and (@relation = '' or d.relation = @relation)
)`

const adherenceRows = `select ` + adherenceColumns + postgres.FromChosen + `join adherence d on d.id = chosen.id` + adherenceJoins + postgres.ByPlace

// Adherences lists adherences by agreement, relation and organization.
func (s *Store) Adherences(ctx context.Context, f norms.AdherenceFilter, p norms.Page) (norms.List[norms.AdherenceRow], error) {
	args := pgx.StrictNamedArgs{"organization": f.Organization, "agreement": f.Agreement, "relation": f.Relation,
		"relations": norms.AdherenceRelations}
	return naming.List[norms.AdherenceRow](ctx, s.names, "the adherences", postgres.Listing{Matching: adherenceMatching, Rows: adherenceRows}, args, p, f.Names()...)
}

const adherenceLastSeen = `select max(until_rev) from history.adherence where id = @id`

// Adherence reads one adherence. It is Gone when it was withdrawn.
func (s *Store) Adherence(ctx context.Context, id int64) (norms.AdherenceRow, error) {
	return naming.ByID[norms.AdherenceRow](ctx, s.names, "adherence", id, adherenceRows, adherenceLastSeen)
}
