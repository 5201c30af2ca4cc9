package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
)

const linkColumns = `l.id, i.slug as initiative, i.title as initiative_title, o.slug as organization, o.name as organization_name,
  n.ref as principle, n.title as principle_title, n.name as principle_name,
  n.agreement, n.current, l.relation, l.property, l.origin, coalesce(x.slug, '') as asserter, coalesce(x.name, '') as asserter_name,
  l.strength, l.rationale, coalesce(c.id, 0) as citation, coalesce(c.reference, '') as reference,
  coalesce(c.source, '') as source, coalesce(c.source_title, '') as source_title, l.version`

// linkJoins finds, too, the first citation on which a contributor's link
// rests.
const linkJoins = `
join initiative i on i.id = l.initiative_id
join organization o on o.id = i.organization_id
join principle_name n on n.id = l.principle_id
join edition e on e.id = n.edition_id
left join organization x on x.id = l.asserter_id
left join lateral (
  select k.id, r.text as reference, s.slug as source, s.title as source_title
  from citation k
  join reference r on r.id = k.reference_id
  join citation_line t on t.id = r.line_id
  join source s on s.id = t.source_id
  where k.link_id = l.id
  order by k.id
  limit 1
) c on true`

// The origins sort as words in the order in which they are shown:
// contributor, curator, third_party.
const linksToPrinciple = `
select ` + linkColumns + ` from link l` + linkJoins + `
where l.principle_id = @principle
order by l.origin, lower(o.name), i.position, lower(i.title), l.id`

const linksOfInitiative = `
select ` + linkColumns + ` from link l` + linkJoins + `
where l.initiative_id = @initiative
order by l.origin, lower(n.agreement_title), e.position, n.position, l.id`

const linkMatching = `
with matching as (
  select l.id, '' as key
  from link l
  join initiative i on i.id = l.initiative_id
  join organization o on o.id = i.organization_id
  where ` + ofRef + `
    and (@initiative = '' or i.slug = @initiative)
    and (@organization = '' or o.slug = @organization)
    and (@agreement = '' or exists (select from principle_name n where n.id = l.principle_id and n.agreement = @agreement))
    and (@origin = '' or l.origin = @origin)
    and (@relation = '' or l.relation = @relation)
)`

const linkRows = `select ` + linkColumns + fromChosen + `join link l on l.id = chosen.id` + linkJoins + byPlace

// Links lists live links, the oldest first. The organization of the filter is
// the one that carries the initiative out.
func (s *Store) Links(ctx context.Context, f norms.LinkFilter, p norms.Page) (norms.List[norms.LinkRow], error) {
	args := pgx.StrictNamedArgs{"initiative": f.Initiative, "organization": f.Organization, "agreement": f.Agreement,
		"origin": f.Origin, "relation": f.Relation}
	addRef(args, f.Principle)
	return list[norms.LinkRow](ctx, s, "the links", linkMatching, linkRows, args, p, f.Names()...)
}

const linkLastSeen = `select max(until_rev) from history.link where id = @id`

// Link reads one link. It is Gone when it was withdrawn.
func (s *Store) Link(ctx context.Context, id int64) (norms.LinkRow, error) {
	return byID[norms.LinkRow](ctx, s, "link", id, linkRows, linkLastSeen)
}
