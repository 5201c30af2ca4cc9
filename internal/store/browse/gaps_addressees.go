package browse

// othersAddressed are the principles of current editions that speak to others
// than a stakeholder group, by the rule, which comes as pairs of an addressee and
// a group; where a word has no rule, nothing is said. What a person decided
// stands before it.
var othersAddressed = `
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
    ),` + citedElsewhere

// ruled says whether a principle p and an organization o are apart, where a
// ruling d may be.
func ruled(principle, group string) string {
	return `coalesce(d.outside, exists (select from others h where h.principle_id = ` + principle + ` and h.stakeholder_group = ` + group + `))`
}

// placeInKeys writes the numbers in keys with a fixed width. A key tells links
// from candidates, and has the principle and the organization of a link, or the
// citation and the place of a candidate.
const placeInKeys = `'FM0000000000'`

// citedElsewhere goes on with what unresolved citations of others may mean. They
// are few beside all citations, and each is looked up: offset 0 keeps the database
// from reading tables as a whole to join them.
var citedElsewhere = `
    meant as materialized (
      select c.id as citation, k.id, k.position, k.principle_id, k.reason, r.text as reference, t.initiative_id, coalesce(d.rationale, '') as ruling
      from citation c
      cross join lateral (
        select k.id, k.position, k.principle_id, k.reason from citation_candidate k where k.citation_id = c.id offset 0
      ) k
      join principle p on p.id = k.principle_id
      join edition e on e.id = p.edition_id
      cross join lateral (select r.text, r.line_id from reference r where r.id = c.reference_id offset 0) r
      cross join lateral (select t.initiative_id from citation_line t where t.id = r.line_id offset 0) t
      cross join lateral (
        select o.id, o.stakeholder_group from initiative i join organization o on o.id = i.organization_id where i.id = t.initiative_id offset 0
      ) o
      left join addressee_ruling d on d.principle_id = k.principle_id and d.organization_id = o.id
      where e.current and ` + unresolved + ` and ` + ruled("k.principle_id", "o.stakeholder_group") + `
    )`

// addresseeRows looks at links, principle by principle, and at what unresolved
// citations may mean. Each pair of a principle and an organization that it finds
// has a link, so no more pairs are looked at than rows are shown, and of each only
// what the organization did.
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
        cross join lateral (select i.id from initiative i where i.organization_id = q.organization_id offset 0) i
        cross join lateral (
          select l.id, l.initiative_id, l.principle_id from link l
          where l.initiative_id = i.id and l.principle_id = q.principle_id and ` + Counts + ` offset 0
        ) l
        union all
        select '1/' || to_char(m.citation, ` + placeInKeys + `) || '/' || to_char(m.position, ` + placeInKeys + `), m.id,
          m.initiative_id, m.principle_id, m.ruling, 0, m.citation, m.reference, m.reason
        from meant m) w
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
    ) + (select count(*) from meant)`
