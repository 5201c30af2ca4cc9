package browse

// othersAddressed are the groups to which principles of current editions do not
// speak, by the rule, which comes as pairs of an addressee and a group, and of
// which something is on record for them; where a word has no rule, nothing is
// said. What a person decided stands before it, so principles of which somebody
// decided that are looked at, too.
const othersAddressed = `
    with apart as materialized (
      select p.addressees, k."group"
      from (select distinct addressees from principle where addressees <> '{}' and addressees <@ @addressees::text[]) p
      cross join (select distinct "group" from unnest(@groups::text[]) as fit ("group")) k
      where not exists (select from unnest(@addressees::text[], @groups::text[]) as fit (addressee, "group")
        where fit.addressee = any (p.addressees) and fit."group" = k."group")
    ),
    others as materialized (
      select p.id as principle_id, array_agg(g.stakeholder_group) as groups, sum(g.links) as links, sum(g.possibly_cited) as possibly_cited
      from principle p
      join edition e on e.id = p.edition_id
      join apart a on a.addressees = p.addressees
      join group_tally g on g.about = 'principle' and g.about_id = p.id and g.stakeholder_group = a."group"
      where e.current and g.links + g.possibly_cited > 0
      group by p.id
    ),
    spoken as materialized (
      select principle_id, max(groups) as groups, sum(links) as links, sum(possibly_cited) as possibly_cited
      from (
        select principle_id, groups, links, possibly_cited from others
        union all
        select d.principle_id, null, d.more * t.links, d.more * t.possibly_cited
        from (
          select d.principle_id, d.organization_id,
            d.outside::int - exists (select from others k join organization o on o.stakeholder_group = any (k.groups)
              where k.principle_id = d.principle_id and o.id = d.organization_id)::int as more
          from addressee_ruling d
          join principle p on p.id = d.principle_id
          join edition e on e.id = p.edition_id
          where e.current) d
        join organization_tally t on t.organization_id = d.organization_id and t.about = 'principle' and t.about_id = d.principle_id
        where d.more <> 0) x
      group by principle_id
    )`

// A key tells links from what citations may mean, and has the principle, and the
// organization of a link or the citation. placeInKeys writes these numbers with
// a fixed width.
const placeInKeys = `'FM0000000000'`

// spokenOf are the principles on the page: how many rows each has is known, and
// as many as fill it are looked at, beginning with that of the key @after_key.
func spokenOf(kind, rows string) string {
	return `(
          select principle_id, groups
          from (
            select principle_id, groups, place, sum(case when place > left(@after_key::text, 12) then ` + rows + ` else 0 end)
              over (order by principle_id rows between unbounded preceding and 1 preceding) as before
            from (select principle_id, groups, ` + rows + `, '` + kind + `/' || to_char(principle_id, ` + placeInKeys + `) as place from spoken where ` + rows + ` > 0) k
            where place >= left(@after_key::text, 12)) k
          where coalesce(before, 0) < @limit) k`
}

// decidedOn looks up what was decided on a principle k and an organization;
// apartFrom says whether it is of those to which the principle does not speak.
func decidedOn(organization string) string {
	return `
          left join lateral (
            select d.outside, d.rationale from addressee_ruling d where d.principle_id = k.principle_id and d.organization_id = ` + organization + ` limit 1
          ) d on true`
}

func apartFrom(group string) string {
	return `coalesce(d.outside, ` + group + ` = any (k.groups), false)`
}

// addresseeLinks looks at links, principle by principle and organization by
// organization. How many each pair has is known, so no more pairs are looked at
// than it takes to fill the page.
var addresseeLinks = `
        select q.key, l.id, l.initiative_id, q.principle_id, q.ruling, l.id as link, 0::bigint as citation, '' as reference, '' as reason
        from (
          select k.principle_id, t.organization_id, t.ruling, t.key, sum(case when t.key > @after_key::text then t.links else 0 end)
            over (order by k.principle_id, t.organization_id rows between unbounded preceding and 1 preceding) as before
          from ` + spokenOf("0", "links") + `
          cross join lateral (
            select t.organization_id, t.links, coalesce(d.rationale, '') as ruling,
              '0/' || to_char(k.principle_id, ` + placeInKeys + `) || '/' || to_char(t.organization_id, ` + placeInKeys + `) as key
            from organization_tally t` + decidedOn("t.organization_id") + `
            where t.about = 'principle' and t.about_id = k.principle_id and t.links > 0 and ` + apartFrom("t.stakeholder_group") + `
              and '0/' || to_char(k.principle_id, ` + placeInKeys + `) || '/' || to_char(t.organization_id, ` + placeInKeys + `) >= @after_key::text
            order by t.organization_id
            limit @limit::bigint + 1) t
          order by k.principle_id, t.organization_id
          limit @limit::bigint + 1) q
        cross join lateral (select i.id from initiative i where i.organization_id = q.organization_id offset 0) i
        cross join lateral (
          select l.id, l.initiative_id from link l
          where l.initiative_id = i.id and l.principle_id = q.principle_id and ` + Counts + ` offset 0
        ) l
        where coalesce(q.before, 0) < @limit and (q.key, l.id) > (@after_key::text, @after_id::bigint)
        order by q.key, l.id
        limit @limit`

// addresseeCitations goes on with what unresolved citations of others may mean,
// principle by principle as well, where the links leave room on the page.
var addresseeCitations = `
        select '1/' || to_char(k.principle_id, ` + placeInKeys + `) || '/' || to_char(c.citation, ` + placeInKeys + `) as key, c.candidate as id,
          c.initiative_id, k.principle_id, c.ruling, 0 as link, c.citation, c.reference, c.reason
        from ` + spokenOf("1", "possibly_cited") + `
        cross join lateral (
          select u.id as candidate, v.citation_id as citation, u.reason, r.text as reference, t.initiative_id, coalesce(d.rationale, '') as ruling
          from possible_citation v
          cross join lateral (
            select u.id, u.reason from citation_candidate u where u.citation_id = v.citation_id and u.principle_id = k.principle_id limit 1
          ) u
          cross join lateral (
            select r.text, r.line_id from citation c join reference r on r.id = c.reference_id where c.id = v.citation_id limit 1
          ) r
          cross join lateral (select t.initiative_id from citation_line t where t.id = r.line_id limit 1) t
          cross join lateral (
            select i.organization_id, o.stakeholder_group from initiative i join organization o on o.id = i.organization_id where i.id = t.initiative_id limit 1
          ) o` + decidedOn("o.organization_id") + `
          where v.principle_id = k.principle_id and ` + apartFrom("o.stakeholder_group") + `
            and '1/' || to_char(k.principle_id, ` + placeInKeys + `) || '/' || to_char(v.citation_id, ` + placeInKeys + `) > @after_key::text
          order by v.citation_id
          limit @limit) c
        order by k.principle_id, c.citation
        limit @limit - (select count(*) from linked)`

var addresseeRows = `
    select i.slug as initiative, i.title as initiative_title, o.slug as organization, o.name as organization_name, o.stakeholder_group,
      n.ref as principle, n.name as principle_name, n.title as principle_title, p.addressees, v.ruling, v.link, v.citation, v.reference, v.reason,
      v.key, v.id
    from (
      with linked as materialized (` + addresseeLinks + `
      ), citing as materialized (` + addresseeCitations + `
      )
      select key, id, initiative_id, principle_id, ruling, link, citation, reference, reason from linked
      union all
      select key, id, initiative_id, principle_id, ruling, link, citation, reference, reason from citing) v
    join initiative i on i.id = v.initiative_id
    join organization o on o.id = i.organization_id
    join principle p on p.id = v.principle_id
    join principle_name n on n.id = p.id`

// addresseeTotal counts links, and what citations may mean: one that may mean
// several principles has a row for each.
const addresseeTotal = `(select coalesce(sum(links + possibly_cited), 0) from spoken)`
