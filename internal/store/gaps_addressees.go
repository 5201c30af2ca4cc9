package store

// othersAddressed are the principles of current editions that speak to others
// than a stakeholder group, by the rule, which comes as pairs of an addressee and
// a group; where a word has no rule, nothing is said. What a person decided
// stands before it.
const othersAddressed = `
    with others as materialized (
      select p.id as principle_id, k.stakeholder_group
      from principle p
      join edition e on e.id = p.edition_id
      cross join (select distinct "group" as stakeholder_group from unnest(@groups::text[]) as fit ("group")) k
      where e.current and p.addressees <> '{}' and p.addressees <@ @addressees::text[]
        and not exists (select from unnest(@addressees::text[], @groups::text[]) as fit (addressee, "group")
          where fit.addressee = any (p.addressees) and fit."group" = k.stakeholder_group)
    ),
    spoken as materialized (
      select distinct o.principle_id
      from others o
      join group_tally g on g.about = 'principle' and g.about_id = o.principle_id and g.stakeholder_group = o.stakeholder_group
      where g.links > 0
      union
      select d.principle_id
      from addressee_ruling d
      join principle p on p.id = d.principle_id
      join edition e on e.id = p.edition_id
      where d.outside and e.current
    )`

// ruled says whether a principle p and an organization o are apart, where a
// ruling d may be.
func ruled(principle, group string) string {
	return `coalesce(d.outside, exists (select from others h where h.principle_id = ` + principle + ` and h.stakeholder_group = ` + group + `))`
}

// placeInKeys writes the numbers in keys with a fixed width. A key tells links
// from candidates, and has the principle and the organization of a link, or the
// citation and the place of a candidate.
const placeInKeys = `'FM0000000000'`

// addresseeRows looks at links, principle by principle, and at what unresolved
// citations may mean. Each pair of a principle and an organization that it finds
// has a link, so no more pairs are looked at than rows are shown.
var addresseeRows = `
    select i.slug as initiative, i.title as initiative_title, o.slug as organization, o.name as organization_name, o.stakeholder_group,
      n.ref as principle, n.name as principle_name, n.title as principle_title, p.addressees, v.ruling, v.link, v.citation, v.reference, v.reason,
      v.key, v.id
    from (
      select key, id, initiative_id, principle_id, ruling, link, citation, reference, reason from (
        select '0/' || q.place as key, l.id, l.initiative_id, l.principle_id, q.ruling, l.id as link, 0::bigint as citation,
          '' as reference, '' as reason
        from (
          select t.organization_id, t.about_id as principle_id, coalesce(d.rationale, '') as ruling,
            to_char(t.about_id, ` + placeInKeys + `) || '/' || to_char(t.organization_id, ` + placeInKeys + `) as place
          from spoken k
          join organization_tally t on t.about = 'principle' and t.about_id = k.principle_id and t.links > 0
          left join addressee_ruling d on d.principle_id = t.about_id and d.organization_id = t.organization_id
          where ` + ruled("t.about_id", "t.stakeholder_group") + `
            and '0/' || to_char(k.principle_id, ` + placeInKeys + `) >= left(@after_key::text, 12)
            and '0/' || to_char(t.about_id, ` + placeInKeys + `) || '/' || to_char(t.organization_id, ` + placeInKeys + `) >= @after_key::text
          order by k.principle_id, t.organization_id
          limit @limit::bigint + 1) q
        join initiative i on i.organization_id = q.organization_id
        join link l on l.initiative_id = i.id and l.principle_id = q.principle_id and ` + counts + `
        union all
        select '1/' || to_char(c.id, ` + placeInKeys + `) || '/' || to_char(k.position, ` + placeInKeys + `), k.id,
          i.id, k.principle_id, coalesce(d.rationale, ''), 0, c.id, r.text, k.reason
        from citation c
        join citation_candidate k on k.citation_id = c.id
        join reference r on r.id = c.reference_id
        join citation_line t on t.id = r.line_id
        join initiative i on i.id = t.initiative_id
        join organization o on o.id = i.organization_id
        join principle p on p.id = k.principle_id
        join edition e on e.id = p.edition_id
        left join addressee_ruling d on d.principle_id = k.principle_id and d.organization_id = o.id
        where e.current and ` + unresolved + ` and ` + ruled("k.principle_id", "o.stakeholder_group") + `) w
      where ` + fromKey + `
      limit @limit) v
    join initiative i on i.id = v.initiative_id
    join organization o on o.id = i.organization_id
    join principle p on p.id = v.principle_id
    join principle_name n on n.id = p.id`

// addresseeTotal counts links, and what citations may mean: one that may mean
// several principles has a row for each.
var addresseeTotal = `(
      select coalesce(sum(g.links), 0)
      from others o
      join group_tally g on g.about = 'principle' and g.about_id = o.principle_id and g.stakeholder_group = o.stakeholder_group
    ) + (
      select coalesce(sum(case when d.outside then t.links else 0 end
        - case when exists (select from others h where h.principle_id = t.about_id and h.stakeholder_group = t.stakeholder_group) then t.links else 0 end), 0)
      from addressee_ruling d
      join principle p on p.id = d.principle_id
      join edition e on e.id = p.edition_id
      join organization_tally t on t.organization_id = d.organization_id and t.about = 'principle' and t.about_id = d.principle_id
      where e.current
    ) + (
      select count(*)
      from citation c
      join citation_candidate k on k.citation_id = c.id
      join reference r on r.id = c.reference_id
      join citation_line t on t.id = r.line_id
      join initiative i on i.id = t.initiative_id
      join organization o on o.id = i.organization_id
      join principle p on p.id = k.principle_id
      join edition e on e.id = p.edition_id
      left join addressee_ruling d on d.principle_id = k.principle_id and d.organization_id = o.id
      where e.current and ` + unresolved + ` and ` + ruled("k.principle_id", "o.stakeholder_group") + `)`
