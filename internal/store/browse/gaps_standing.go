package browse

// standings counts the pairs of an organization and an agreement by which it
// stands, those of which one carried out evidence for the other, and those that
// are both.
const standings = `
    with signatures as materialized (
      select distinct organization_id, agreement_id from adherence where relation = any (@commits)
    ),
    counted as materialized (
      select count(*) as signed, count(*) filter (where m.met) as met,
        (select coalesce(sum(evident), 0) from group_tally where about = 'agreement') as evident
      from signatures d
      cross join lateral (
        select exists (
          select from organization_tally t
          where t.organization_id = d.organization_id and t.about = 'agreement' and t.about_id = d.agreement_id and t.links > 0 limit 1) as met
        offset 0
      ) m
    )`

// standingsOf are the next pairs of one standing, organization by organization
// in the order of their names: no more of them are read than it takes. A pair
// has the aliases o and p. Keys are a standing, the name of the organization and
// that of the agreement; rows are sorted by these and not by the key, which a
// database that does not sort letter by letter would put in another order.
func standingsOf(standing, pairs string) string {
	return `
      (select '` + standing + `' as standing, lower(o.name) as name, lower(a.short_title) as title, (o.id << 31) + a.id as id,
        o.id as organization_id, a.id as agreement_id, p.links, p.initiatives
      from organization o
      cross join lateral (` + pairs + `
        offset 0
      ) p
      join agreement a on a.id = p.agreement_id
      where '` + standing + `' >= split_part(@after_key::text, chr(31), 1)
        and lower(o.name) >= case when split_part(@after_key::text, chr(31), 1) = '` + standing + `' then split_part(@after_key::text, chr(31), 2) else '' end
        and ('` + standing + `', lower(o.name), lower(a.short_title), (o.id << 31) + a.id)
          > (split_part(@after_key::text, chr(31), 1), split_part(@after_key::text, chr(31), 2), split_part(@after_key::text, chr(31), 3), @after_id::bigint)
      order by lower(o.name), lower(a.short_title), (o.id << 31) + a.id
      limit @limit)`
}

const (
	signedOnly = `
        select distinct d.agreement_id, 0 as links, 0 as initiatives
        from adherence d
        where d.organization_id = o.id and d.relation = any (@commits) and not exists (
          select from organization_tally t where t.organization_id = o.id and t.about = 'agreement' and t.about_id = d.agreement_id and t.links > 0)`
	evident = `
        select t.about_id as agreement_id, t.links, t.initiatives
        from organization_tally t
        where t.organization_id = o.id and t.about = 'agreement' and t.links > 0 and `
	hasSigned = `exists (
          select from adherence d where d.organization_id = o.id and d.agreement_id = t.about_id and d.relation = any (@commits))`
)

// standingRows are the pairs, the gaps first.
var standingRows = `
    select o.slug as organization, o.name as organization_name, o.stakeholder_group, a.slug as agreement, a.short_title as agreement_title,
      array(select r.relation from unnest(@relations::text[]) with ordinality as r (relation, place)
        where r.relation in (select d.relation from adherence d where d.organization_id = o.id and d.agreement_id = a.id)
        order by r.place) as relations, q.links, q.initiatives, q.key, q.id, q.place
    from (
      select standing || chr(31) || name || chr(31) || title as key, id, organization_id, agreement_id, links, initiatives,
        row_number() over (order by standing, name, title, id) as place
      from (` + standingsOf("0", signedOnly) + `
      union all` + standingsOf("1", evident+"not "+hasSigned) + `
      union all` + standingsOf("2", evident+hasSigned) + `
      order by standing, name, title, id
      limit @limit) u) q
    join organization o on o.id = q.organization_id
    join agreement a on a.id = q.agreement_id`
