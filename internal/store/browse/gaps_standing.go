package browse

// standings counts the pairs of an organization and an agreement by which it
// stands, those of which one carried out evidence for the other, and those that
// are both.
const standings = `
    with counted as materialized (
      select coalesce(sum(signed), 0) as signed, coalesce(sum(met), 0) as met,
        (select coalesce(sum(evident), 0) from group_tally where about = 'agreement') as evident
      from adherence_group_tally
      where agreement_id > 0
    )`

// standingsOf are the next pairs of one standing, organization by organization
// in the order of their names: no more of them are read than it takes, and none
// where those before fill the page. A pair has the aliases o and p. Keys are a
// standing, the name of the organization and that of the agreement; rows are
// sorted by these and not by the key, which a database that does not sort letter
// by letter would put in another order.
func standingsOf(standing, pairs, before string) string {
	return `
      select '` + standing + `' as standing, lower(o.name) as name, lower(a.short_title) as title, (o.id << 31) + a.id as id,
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
      limit @limit` + before
}

const (
	signedOnly = `
        select t.agreement_id, 0 as links, 0 as initiatives
        from adherence_tally t
        where t.organization_id = o.id and t.signed and not t.evident and t.agreement_id > 0`
	evidentOnly = `
        select t.about_id as agreement_id, t.links, t.initiatives
        from organization_tally t
        where t.organization_id = o.id and t.about = 'agreement' and t.links > 0 and not exists (
          select from adherence_tally d where d.organization_id = o.id and d.agreement_id = t.about_id and d.signed)`
	signedAndEvident = `
        select d.agreement_id, t.links, t.initiatives
        from adherence_tally d
        join organization_tally t on t.organization_id = d.organization_id and t.about = 'agreement' and t.about_id = d.agreement_id
        where d.organization_id = o.id and d.signed and d.evident and d.agreement_id > 0`
)

// standingRows are the pairs, the gaps first.
var standingRows = `
    select o.slug as organization, o.name as organization_name, o.stakeholder_group, a.slug as agreement, a.short_title as agreement_title,
      array(select r.relation from unnest(@relations::text[]) with ordinality as r (relation, place)
        where r.relation in (select d.relation from adherence d where d.organization_id = o.id and d.agreement_id = a.id)
        order by r.place) as relations, q.links, q.initiatives, q.key, q.id, q.place
    from (
      with signed as materialized (` + standingsOf("0", signedOnly, "") + `
      ), evident as materialized (` + standingsOf("1", evidentOnly, " - (select count(*) from signed)") + `
      ), met as materialized (` + standingsOf("2", signedAndEvident, " - (select count(*) from signed) - (select count(*) from evident)") + `
      )
      select standing || chr(31) || name || chr(31) || title as key, id, organization_id, agreement_id, links, initiatives,
        row_number() over (order by standing, name, title, id) as place
      from (select standing, name, title, id, organization_id, agreement_id, links, initiatives from signed
        union all select standing, name, title, id, organization_id, agreement_id, links, initiatives from evident
        union all select standing, name, title, id, organization_id, agreement_id, links, initiatives from met) u) q
    join organization o on o.id = q.organization_id
    join agreement a on a.id = q.agreement_id`
